"""Counts in two languages: what is read is what the page's language means, or nothing."""

import pytest
from django.utils.translation import override

from core.numbers import grouped, is_unsure, read_parts, read_whole
from web.templatetags.market import dong, dotted


def test_counts_are_grouped_in_the_pages_language() -> None:
    with override("vi"):
        assert (grouped(999), grouped(9_999), dotted(1_000_000)) == ("999", "9.999", "1.000.000")
    with override("en"):
        assert (grouped(999), grouped(9_999), dotted(1_000_000)) == ("999", "9,999", "1,000,000")
        assert dong(185_000) == "185.000"


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("1000", 1000, 1000),
        (" 1 000 ", 1000, 1000),
        ("1.000", 1000, None),
        ("1,000", None, 1000),
        ("1.000.000", 1_000_000, None),
        ("1,000,000", None, 1_000_000),
        ("1.5", None, None),
        ("1,5", None, None),
        ("0.500", None, None),
        ("1.0000", None, None),
        ("1,000.000", None, None),
        ("-1", None, None),
        ("", None, None),
        ("１０", None, None),
        ("9" * 21, None, None),
    ],
)
def test_a_whole_number_is_never_guessed(typed: str, vi: int | None, en: int | None) -> None:
    with override("vi"):
        assert read_whole(typed) == vi
    with override("en"):
        assert read_whole(typed) == en


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("0,5", 0.5, 0.5),
        ("0.5", 0.5, 0.5),
        ("0.125", 0.125, 0.125),
        ("2,125", 2.125, 2125.0),
        ("2.125", 2125.0, 2.125),
        ("1.000.000", 1_000_000.0, None),
        ("1,2345", None, None),
        ("1e3", None, None),
        ("nan", None, None),
    ],
)
def test_parts_are_read_as_the_language_writes_them(
    typed: str, vi: float | None, en: float | None
) -> None:
    with override("vi"):
        assert read_parts(typed) == vi
    with override("en"):
        assert read_parts(typed) == en


@pytest.mark.parametrize(("typed", "vi", "en"), [("2.125", True, False), ("2,125", False, True)])
def test_what_could_be_thousands_or_parts_is_unsure(typed: str, *, vi: bool, en: bool) -> None:
    with override("vi"):
        assert (is_unsure(typed), is_unsure("0.125"), is_unsure("1.000.000")) == (vi, False, False)
    with override("en"):
        assert is_unsure(typed) is en
