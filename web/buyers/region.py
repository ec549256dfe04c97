"""The province's own words, read once from data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "data" / "region.toml"


@dataclass(frozen=True, slots=True)
class Region:
    """Brand, region and contacts in one language."""

    name: str
    region: str
    operator: str
    support_phone: str
    support_hours: str
    months: tuple[tuple[str, str], ...]  # headline and search words, January first


@cache
def region(lang: str) -> Region:
    """The words in `lang` ("vi" or "en")."""
    data: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Region(
        name=data[f"name_{lang}"],
        region=data[f"region_{lang}"],
        operator=data[f"operator_{lang}"],
        support_phone=data["support_phone"],
        support_hours=data[f"support_hours_{lang}"],
        months=tuple((month[lang], month["search"]) for month in data["months"]),
    )
