"""Provinces and wards of Vietnam since 1 July 2025, when districts ended.

The list is read once, on first use. Units keep their code when they change kind: a ward then has
two rows, and `on` chooses the one of that day. Without `on` the newest row known is meant.
"""

import csv
import gzip
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from vietnam.text import sort_key

REGION_PROVINCE = "75"
# The former Bình Phước: its units kept a closed range of codes when it joined Đồng Nai.
_REGION_CODES = ("25195", "25450")

_DATA = Path(__file__).resolve().parent / "data"
_TWO_LEVELS_SINCE = date(2025, 7, 1)
_EARTH_RADIUS_KM = 6371.0088
# Bounded, because codes and days come from outside.
_KEPT = 128

Lang = Literal["vi", "en"]
_KIND_NAMES: dict[Lang, dict[str, str]] = {
    "vi": {
        "xa": "Xã",
        "phuong": "Phường",
        "dac_khu": "Đặc khu",
        "tinh": "Tỉnh",
        "thanh_pho": "Thành phố",
    },
    "en": {
        "xa": "commune",
        "phuong": "ward",
        "dac_khu": "special zone",
        "tinh": "province",
        "thanh_pho": "city",
    },
}


@dataclass(frozen=True, slots=True)
class Province:
    code: str
    name: str
    kind: str  # tinh | thanh_pho


@dataclass(frozen=True, slots=True)
class Ward:
    """One unit of the lower level, of one kind, from `valid_from` until before `valid_to`."""

    code: str
    name: str
    kind: str  # xa | phuong | dac_khu
    province_code: str
    lat: float
    lon: float
    valid_from: date
    valid_to: date | None

    def is_valid(self, on: date | None) -> bool:
        if on is None:
            return self.valid_to is None
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class _Change:
    level: str
    code: str
    kind: str
    valid_from: date


@lru_cache(maxsize=_KEPT)
def provinces(on: date | None = None) -> tuple[Province, ...]:
    """All 34, for a picker: the region's own first, then in Vietnamese alphabetical order."""
    found = (
        Province(row["code"], row["name"], _province_kind(row, on))
        for row in _rows("provinces.csv.gz")
    )
    return tuple(sorted(found, key=lambda it: (it.code != REGION_PROVINCE, sort_key(it.name))))


def find_province(code: str, on: date | None = None) -> Province | None:
    return next((province for province in provinces(on) if province.code == code), None)


@lru_cache(maxsize=_KEPT)
def wards(province_code: str, on: date | None = None) -> tuple[Ward, ...]:
    """A province's units in Vietnamese alphabetical order; empty for an unknown code."""
    found = (ward for ward in _by_province().get(province_code, ()) if ward.is_valid(on))
    return tuple(sorted(found, key=lambda ward: (sort_key(ward.name), ward.code)))


def find_ward(code: str, on: date | None = None) -> Ward | None:
    return next((ward for ward in _by_code().get(code, ()) if ward.is_valid(on)), None)


@lru_cache(maxsize=_KEPT)
def region_wards(on: date | None = None) -> tuple[Ward, ...]:
    """The 40 units of the former Bình Phước, in Vietnamese alphabetical order."""
    first, last = _REGION_CODES
    return tuple(ward for ward in wards(REGION_PROVINCE, on) if first <= ward.code <= last)


def full_name(unit: Ward | Province, lang: Lang) -> str:
    """ "Xã Bù Đăng" or "Bù Đăng commune"; names keep their marks in English too."""
    kind = _KIND_NAMES[lang][unit.kind]
    return f"{kind} {unit.name}" if lang == "vi" else f"{unit.name} {kind}"


def distance_km(a: Ward, b: Ward) -> float:
    """Great-circle distance between the middles of two units; roads are longer."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _province_kind(row: dict[str, str], on: date | None) -> str:
    kind = row["kind"]
    for change in _changes("province", row["code"]):
        if on is None or change.valid_from <= on:
            kind = change.kind
    return kind


@cache
def _by_code() -> dict[str, tuple[Ward, ...]]:
    return {row["code"]: tuple(_ward_history(row)) for row in _rows("wards.csv.gz")}


@cache
def _by_province() -> dict[str, list[Ward]]:
    grouped: dict[str, list[Ward]] = {}
    for history in _by_code().values():
        grouped.setdefault(history[0].province_code, []).extend(history)
    return grouped


def _ward_history(row: dict[str, str]) -> Iterator[Ward]:
    ward = Ward(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        province_code=row["province"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        valid_from=_TWO_LEVELS_SINCE,
        valid_to=None,
    )
    for change in _changes("ward", ward.code):
        yield replace(ward, valid_to=change.valid_from)
        ward = replace(ward, kind=change.kind, valid_from=change.valid_from)
    yield ward


def _changes(level: str, code: str) -> tuple[_Change, ...]:
    return _all_changes().get((level, code), ())


@cache
def _all_changes() -> dict[tuple[str, str], tuple[_Change, ...]]:
    changes = [
        _Change(row["level"], row["code"], row["kind"], date.fromisoformat(row["valid_from"]))
        for row in csv.DictReader(_lines((_DATA / "changes.csv").read_bytes()))
    ]
    grouped: dict[tuple[str, str], tuple[_Change, ...]] = {}
    for change in sorted(changes, key=lambda it: it.valid_from):
        key = (change.level, change.code)
        grouped[key] = (*grouped.get(key, ()), change)
    return grouped


def _rows(name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(_lines(gzip.decompress((_DATA / name).read_bytes())))


def _lines(data: bytes) -> list[str]:
    return data.decode().splitlines()
