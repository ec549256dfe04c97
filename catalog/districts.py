"""Former districts and other spellings of wards: nobody forgets a name overnight."""

import tomllib
from functools import cache

from catalog.words import DATA


def former_districts(ward_code: str) -> tuple[str, ...]:
    """The district that a ward belonged to until July 2025."""
    return tuple(name for name, codes in wards_of_districts().items() if ward_code in codes)


def other_spellings(ward_code: str) -> tuple[str, ...]:
    """How else people write the ward's name."""
    return tuple(_data()["spellings"].get(ward_code, ()))


@cache
def wards_of_districts() -> dict[str, tuple[str, ...]]:
    """Former district -> codes of today's wards and communes there."""
    return {name: tuple(codes) for name, codes in _data()["districts"].items()}


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / "districts.toml").read_text(encoding="utf-8"))
