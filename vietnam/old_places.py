"""Addresses from before 1 July 2025, when districts ended: what became of the old ward.

People go on writing "Phường Bến Nghé, Quận 1". One whose ward was divided must choose: only they
know on which side of the line they live. The list is read once, on first use.
"""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from vietnam.text import fold, sort_key

_DATA = Path(__file__).resolve().parent / "data" / "old_wards.csv.gz"
MOST_FOUND = 12
_LONGEST_QUERY = 200
_LONGEST_NAME = 6  # words

_WARD_KINDS = ("phuong", "xa", "thi tran")
_DISTRICT_KINDS = ("quan", "huyen", "thi xa", "thanh pho")
_PROVINCE_KINDS = ("tinh", "thanh pho")
_SHORT = {
    "p": "phuong",
    "x": "xa",
    "tt": "thi tran",
    "q": "quan",
    "h": "huyen",
    "tx": "thi xa",
    "tp": "thanh pho",
    "t": "tinh",
    "hcm": "ho chi minh",
    "tphcm": "ho chi minh",
    "sg": "ho chi minh",
    "hn": "ha noi",
}
_GLUED = re.compile(r"\b(p|q|phuong|quan)(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class OldWard:
    """A ward, commune or town as it was; `successors` are codes of today, the likeliest first."""

    ward: str
    district: str
    province: str
    successors: tuple[str, ...]

    @property
    def is_divided(self) -> bool:
        return len(self.successors) > 1

    @property
    def full_name(self) -> str:
        """ "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"; old names have no English form."""
        return ", ".join(part for part in (self.ward, self.district, self.province) if part)


@dataclass(frozen=True, slots=True)
class _Known:
    """An old ward with the folded words that it is found by."""

    unit: OldWard
    ward: str
    ward_short: str
    district: str
    province: str


@lru_cache(maxsize=128)
def find_old(text: str) -> tuple[OldWard, ...]:
    """Old wards that a written address may mean: those that most of it speaks for, at most 12.

    Forgives missing marks, missing kinds ("bến nghé q1") and the usual short forms. Empty when no
    ward is named.
    """
    words = _expanded(text[:_LONGEST_QUERY])
    found = {id(one): one for name in _runs(words.split()) for one in _by_name().get(name, ())}
    marks = {key: _mark(one, f" {words} ") for key, one in found.items()}
    best = max(marks.values(), default=(0, 0, 0))
    units = [one.unit for key, one in found.items() if marks[key] == best]
    return tuple(sorted(units, key=lambda unit: sort_key(unit.full_name))[:MOST_FOUND])


def _expanded(text: str) -> str:
    folded = _GLUED.sub(r"\1 \2", fold(text))
    return " ".join(_SHORT.get(word, word) for word in folded.split())


def _runs(words: list[str]) -> Iterator[str]:
    for length in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _mark(one: _Known, said: str) -> tuple[int, int, int]:
    """How much speaks for it: its district and province behind its name, its kind, its length."""
    behind = said[said.index(f" {one.ward_short} ") + len(one.ward_short) + 1 :]
    places = 2 * (f" {one.district} " in behind) + (f" {one.province} " in behind)
    return places, int(f" {one.ward} " in said), len(one.ward_short.split())


@cache
def _by_name() -> dict[str, list[_Known]]:
    names: dict[str, list[_Known]] = {}
    for one in _all():
        names.setdefault(one.ward_short, []).append(one)
    return names


def _all() -> Iterator[_Known]:
    text = gzip.decompress(_DATA.read_bytes()).decode()
    for row in csv.DictReader(text.splitlines()):
        unit = OldWard(
            row["ward"], row["district"], row["province"], tuple(row["successors"].split("+"))
        )
        # An island district had no wards: it is looked for by its own name.
        ward = _expanded(unit.ward or unit.district)
        yield _Known(
            unit,
            ward,
            _short(ward, (*_WARD_KINDS, "huyen")),
            _short(_expanded(unit.district), _DISTRICT_KINDS),
            _short(_expanded(unit.province), _PROVINCE_KINDS),
        )


def _short(name: str, kinds: tuple[str, ...]) -> str:
    """The name without its kind; a number keeps it: "quan 1"."""
    for kind in kinds:
        bare = name.removeprefix(f"{kind} ")
        if bare != name:
            return name if bare.isdigit() else bare
    return name
