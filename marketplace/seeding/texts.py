"""The demo's words and numbers, read from `data/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
GOODS_FILES = ("cashew", "pepper", "rubber", "honey_coffee", "fruit", "dried_special")

Pair = tuple[str, str]  # Vietnamese, English


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A sale unit; `factor` applies to the price of a kilogram."""

    code: str
    vi: str
    en: str
    grams: int
    factor: float


@dataclass(frozen=True, slots=True)
class Grade:
    code: str
    factor: float
    note: str


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of goods that several vendors offer, each a little differently."""

    key: str
    category: str
    motifs: tuple[str, ...]
    name: Pair
    title: str
    share: int
    has_place: bool
    qualities: tuple[Pair, ...]
    grades: tuple[Grade, ...]
    price_kg: tuple[int, int]
    units: tuple[UnitKind, ...]
    badges: tuple[str, ...]
    summaries: tuple[Pair, ...]
    about: tuple[Pair, ...]
    specs: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A category of the demo's tree, in order; `parent` is a slug or empty."""

    slug: str
    name: Pair
    commodity: str
    grades: tuple[str, ...]
    parent: str


@cache
def goods() -> tuple[Good, ...]:
    return tuple(_good(raw) for name in GOODS_FILES for raw in read(name)["goods"])


@cache
def nodes() -> tuple[Node, ...]:
    """The category tree, parents before children."""
    found: list[Node] = []
    for raw in read("categories")["node"]:
        found.append(_node(raw, commodity=raw["commodity"], parent=""))
        found += [
            _node(below, commodity=raw["commodity"], parent=raw["slug"])
            for below in raw.get("below", ())
        ]
    return tuple(found)


@cache
def read(name: str) -> Mapping[str, Any]:
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def commodity_of(category_slug: str) -> str:
    return next(node.commodity for node in nodes() if node.slug == category_slug)


def pairs(raw: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((vi, en) for vi, en in raw)


def _node(raw: Mapping[str, Any], *, commodity: str, parent: str) -> Node:
    vi, en = raw["name"]
    return Node(raw["slug"], (vi, en), commodity, tuple(raw.get("grades", ())), parent)


def _good(raw: Mapping[str, Any]) -> Good:
    low, high = raw["price_kg"]
    vi, en = raw["name"]
    return Good(
        key=raw["key"],
        category=raw["category"],
        motifs=tuple(raw["motifs"]),
        name=(vi, en),
        title=raw["title"],
        share=raw["share"],
        has_place=raw["place"],
        qualities=pairs(raw["qualities"]),
        grades=tuple(Grade(*grade) for grade in raw.get("grades", [["", 1.0, ""]])),
        price_kg=(low, high),
        units=tuple(_units()[code] for code in raw["units"]),
        badges=tuple(raw["badges"]),
        summaries=pairs(raw["summary"]),
        about=pairs(raw["about"]),
        specs=tuple((vi, en, value) for vi, en, value in raw["specs"]),
    )


@cache
def _units() -> Mapping[str, UnitKind]:
    rows = read("units")["units"]
    return {code: UnitKind(code, *values) for code, values in rows.items()}
