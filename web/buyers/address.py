"""Province and ward to choose from; works by sending the form, quicker with JavaScript."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vietnam import places
from web.buyers import links
from web.buyers.markup import escape
from web.public import public_page


@dataclass(frozen=True, slots=True)
class Picked:
    """A province and perhaps a ward in it; what doesn't exist is empty."""

    province: str = ""
    ward: str = ""

    @property
    def provinces(self) -> SafeString:
        return _provinces(links.language(), self.province)

    @property
    def wards(self) -> SafeString:
        return ward_options(links.language(), self.province, self.ward)

    @property
    def name(self) -> str:
        """ "Phường Bến Thành" in the page's language."""
        found = places.find_ward(self.ward) if self.ward else None
        return places.full_name(found, links.language()) if found else ""


def picked(province: str, ward: str = "") -> Picked:
    """What was chosen, checked: a ward of another province falls away."""
    if ward and not province:
        found = places.find_ward(ward)
        province = found.province_code if found else ""
    if not places.find_province(province):
        return Picked()
    unit = places.find_ward(ward) if ward else None
    fits = unit is not None and unit.province_code == province and unit.valid_to is None
    return Picked(province, ward if fits else "")


@public_page
def ward_list(request: HttpRequest) -> HttpResponse:
    """The options of the ward field, for one province."""
    chosen = picked(request.GET.get("tinh", ""))
    return HttpResponse(ward_options(links.language(), chosen.province, ""))


@lru_cache(maxsize=128)
def _provinces(lang: places.Lang, chosen: str) -> SafeString:
    first = _first(_("Choose province or city"))
    items = "".join(
        f'<option value="{one.code}"{_selected(one.code == chosen)}>'
        f"{escape(places.full_name(one, lang) if lang == 'en' else one.name)}</option>"
        for one in places.provinces()
    )
    return mark_safe(first + items)  # noqa: S308


@lru_cache(maxsize=128)
def _ward_items(lang: places.Lang, province: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, places.full_name(one, lang)) for one in places.wards(province))


def ward_options(lang: places.Lang, province: str, chosen: str) -> SafeString:
    """Option elements of a province's wards in alphabetical order."""
    if not province:
        return mark_safe(_first(_("Choose the province first")))  # noqa: S308
    first = _first(_("Choose ward or commune"))
    items = "".join(
        f'<option value="{code}"{_selected(code == chosen)}>{escape(name)}</option>'
        for code, name in _ward_items(lang, province)
    )
    return mark_safe(first + items)  # noqa: S308


def _first(words: str) -> str:
    return f'<option value="">{escape(words)}</option>'


def _selected(chosen: bool) -> str:  # noqa: FBT001 an attribute's own condition
    return " selected" if chosen else ""
