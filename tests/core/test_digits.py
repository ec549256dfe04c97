"""Whole numbers from outside: a number or None, whatever is sent."""

import pytest

from core.digits import parse_digits


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("042", 42),
        ("9" * 18, 10**18 - 1),
        ("", None),
        ("9" * 19, None),
        ("9" * 5000, None),  # `int` would raise
        ("²", None),  # a digit for `str.isdigit` only
        ("٣", None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
    ],
)
def test_only_short_ascii_digits_are_a_number(text: str, number: int | None) -> None:
    assert parse_digits(text) == number


def test_a_place_may_hold_fewer_digits() -> None:
    assert parse_digits("9999", longest=4) == 9999
    assert parse_digits("10000", longest=4) is None
