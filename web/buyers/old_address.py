"""An address from before July 2025, as people still write it: which ward is it now?"""

from dataclasses import dataclass

from vietnam import places
from vietnam.old_places import OldWard, find_old
from web.buyers import links


@dataclass(frozen=True, slots=True)
class Now:
    """A ward of today that an old one became, whole or in part."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class Was:
    """An old ward with what became of it."""

    name: str
    now: tuple[Now, ...]

    @property
    def is_divided(self) -> bool:
        return len(self.now) > 1


@dataclass(frozen=True, slots=True)
class LookUp:
    """What was typed, and the old wards that it may mean; `ward` where there is no doubt."""

    typed: str = ""
    found: tuple[Was, ...] = ()

    @property
    def ward(self) -> str:
        """The one ward that everything found leads to; empty while somebody must choose."""
        codes = {now.code for was in self.found for now in was.now}
        return codes.pop() if len(codes) == 1 else ""


def look_up(typed: str) -> LookUp:
    """Old wards named in the text, with their wards of today in the page's language."""
    return LookUp(typed[:200].strip(), tuple(_was(one) for one in find_old(typed)))


def _was(unit: OldWard) -> Was:
    found = (places.find_ward(code) for code in unit.successors)
    return Was(unit.full_name, tuple(_now(ward) for ward in found if ward is not None))


def _now(ward: places.Ward) -> Now:
    lang = links.language()
    province = places.find_province(ward.province_code)
    return Now(
        ward.code,
        places.full_name(ward, lang),
        places.full_name(province, lang) if province else "",
    )
