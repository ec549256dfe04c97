"""Measured values of the demo's goods: within what their grade allows, the same for each seed."""

import random
from decimal import ROUND_HALF_UP, Decimal

from catalog.grades import Limit, Measure, find_grade

Row = dict[str, str]


def rows_of(grade: str, *, number: int) -> list[Row]:
    """A value for each property of the grade; `number` tells one product from another."""
    found = find_grade(grade)
    chance = random.Random(f"{grade} {number}")  # noqa: S311 no secret
    return [_row(limit, chance) for limit in found.limits] if found else []


def is_limit(value: str) -> bool:
    """Whether a row of the demo's data only repeats a limit, which the grade's table now says."""
    return any(sign in value for sign in "≤≥±")


def _row(limit: Limit, chance: random.Random) -> Row:
    value = _value(limit, chance)
    measured = limit.property
    said = Measure(value, value).said(measured.unit, "vi")
    return {"key": measured.key, "vi": measured.vi, "en": measured.en, "value": said}


def _value(limit: Limit, chance: random.Random) -> Decimal:
    if limit.low is not None and limit.high is not None:
        return Decimal(chance.randint(int(limit.low), int(limit.high)))
    if limit.high is not None:
        finer = 1 if limit.high < 20 else 0
        return _round(float(limit.high) * chance.uniform(0.5, 0.92), limit.high, finer)
    low = limit.low or Decimal(0)
    return max(low, _round(float(low) * chance.uniform(1.01, 1.06), low, 0))


def _round(number: float, like: Decimal, finer: int) -> Decimal:
    """With as many decimals as the limit has, and `finer` more."""
    exponent = like.as_tuple().exponent
    decimals = (-exponent if isinstance(exponent, int) and exponent < 0 else 0) + finer
    return Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
