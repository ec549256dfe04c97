"""Grades of goods: what each promises, in limits that can be checked (`data/grades.toml`)."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "data" / "grades.toml"
_NUMBER = re.compile(r"\d[\d.,]*")
_RANGE = re.compile(r"(\d[\d.,]*)\s*(?:-|–|—|\.\.|đến|to)\s*(\d[\d.,]*)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
# From here on "1.200" is twelve hundred; below it is one and a fifth.
_LARGE = 100


@dataclass(frozen=True, slots=True)
class Property:
    """What is measured, and in what."""

    key: str
    vi: str
    en: str
    unit: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value, or from where to where it lies."""

    low: Decimal
    high: Decimal

    def said(self, unit: str, lang: str) -> str:
        """ "4,8 %" (4.8% in English), "300–320"."""
        first, last = _said(self.low, lang), _said(self.high, lang)
        return _with_unit(first if first == last else f"{first}–{last}", unit, lang)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a grade allows of one property; at least one end is set."""

    property: Property
    low: Decimal | None
    high: Decimal | None

    def holds(self, measure: Measure) -> bool:
        return not self.is_below(measure) and not self.is_above(measure)

    def is_below(self, measure: Measure) -> bool:
        return self.low is not None and measure.low < self.low

    def is_above(self, measure: Measure) -> bool:
        return self.high is not None and measure.high > self.high

    def said(self, lang: str) -> str:
        """ "≤ 5 %", "≥ 550 g/l", "300–320"."""
        if self.low is None or self.high is None:
            sign, number = ("≤", self.high) if self.low is None else ("≥", self.low)
            assert number is not None  # noqa: S101 the file is checked when it is read
            return _with_unit(f"{sign} {_said(number, lang)}", self.property.unit, lang)
        return Measure(self.low, self.high).said(self.property.unit, lang)

    def read(self, text: str) -> Measure | None:
        """The value in what somebody typed ("4,8", "≤ 5 %", "300–320"); None without a number."""
        is_large = max(self.low or 0, self.high or 0) >= _LARGE
        if found := _RANGE.search(text):
            low, high = (_number(part, is_large=is_large) for part in found.groups())
        elif found := _NUMBER.search(text):
            low = high = _number(found.group(), is_large=is_large)
        else:
            return None
        return Measure(min(low, high), max(low, high))


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade, in plain words and in limits."""

    code: str
    commodity: str
    plain_vi: str
    plain_en: str
    source_vi: str
    source_en: str
    limits: tuple[Limit, ...]

    def limit(self, key: str) -> Limit | None:
        return next((limit for limit in self.limits if limit.property.key == key), None)


@cache
def all_grades() -> Mapping[str, Grade]:
    """Every grade of the file by its code."""
    with FILE.open("rb") as file:
        raw = tomllib.load(file)
    properties = {row["key"]: Property(**row) for row in raw["property"]}
    rows: dict[str, dict[str, Any]] = {}
    for row in raw["grade"]:
        rows[row["code"]] = _like(row, rows)
    return {code: _grade(row, properties) for code, row in rows.items()}


def find_grade(code: str) -> Grade | None:
    """The grade of this code; None for one that promises nothing that we could check."""
    return all_grades().get(code)


def _like(row: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The row over the one that it resembles."""
    base = known[row["like"]] if "like" in row else {"limits": {}}
    return {**base, **row, "limits": {**base["limits"], **row.get("limits", {})}}


def _grade(row: Mapping[str, Any], properties: Mapping[str, Property]) -> Grade:
    source = row["source"]
    return Grade(
        code=row["code"],
        commodity=row["commodity"],
        plain_vi=row["plain_vi"],
        plain_en=row["plain_en"],
        source_vi=source,
        source_en=row.get("source_en", source),
        limits=tuple(_limits(row["limits"], properties)),
    )


def _limits(raw: Mapping[str, str], properties: Mapping[str, Property]) -> Iterable[Limit]:
    for key, text in raw.items():
        low, high = (Decimal(end.replace(",", ".")) if end else None for end in text.split(".."))
        if low is None and high is None:
            raise ValueError(key)
        yield Limit(properties[key], low, high)


def _number(text: str, *, is_large: bool) -> Decimal:
    text = text.rstrip(".,")
    if is_large and _THOUSANDS.fullmatch(text):
        return Decimal(re.sub(r"[.,]", "", text))
    whole, _point, part = text.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{part}" if whole else part)


def _said(number: Decimal, lang: str) -> str:
    text = f"{number.normalize():f}"
    return text if lang == "en" else text.replace(".", ",")


def _with_unit(text: str, unit: str, lang: str) -> str:
    if not unit:
        return text
    return f"{text}%" if unit == "%" and lang == "en" else f"{text} {unit}"
