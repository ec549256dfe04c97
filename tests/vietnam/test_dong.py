import json
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnam.money import InvalidAmount, Reason, amount_in_words, format_vnd, parse_vnd

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "vietnam.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "case", VECTORS["amount_in_words"]["cases"], ids=lambda case: str(case["amount"])
)
def test_amounts_are_spelled_as_published(case: dict[str, object]) -> None:
    assert amount_in_words(int(str(case["amount"]))) == case["words"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (10, "Mười đồng"),
        (35, "Ba mươi lăm đồng"),
        (110_000, "Một trăm mười nghìn đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (1_234_567, "Một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (2_500_000_000, "Hai tỷ năm trăm triệu đồng"),
        (1_001_000_000_000, "Một nghìn không trăm lẻ một tỷ đồng"),
        (-15_000, "Âm mười lăm nghìn đồng"),
    ],
)
def test_amounts_are_spelled_as_people_say_them(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_different_amounts_are_spelled_differently(one: int, other: int) -> None:
    assert (amount_in_words(one) == amount_in_words(other)) is (one == other)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0\u00a0₫"),
        (999, "999\u00a0₫"),
        (1_234_567, "1.234.567\u00a0₫"),
        (-20_000, "-20.000\u00a0₫"),
    ],
)
def test_amounts_are_written_with_dots_and_a_fixed_space(amount: int, text: str) -> None:
    assert format_vnd(amount) == text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("185000", 185_000),
        ("185.000", 185_000),
        ("185,000", 185_000),
        ("185 000", 185_000),
        (" 185.000 đ ", 185_000),
        ("185.000 VNĐ", 185_000),
        ("185k", 185_000),
        ("185K", 185_000),
        ("185 nghìn", 185_000),
        ("185 ngàn đồng", 185_000),
        ("1,5 triệu", 1_500_000),
        ("1.25tr", 1_250_000),
        ("1.234.567 ₫", 1_234_567),
        (unicodedata.normalize("NFD", "185 nghìn đồng"), 185_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: int) -> None:
    assert parse_vnd(typed) == amount


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("₫", Reason.EMPTY),
        ("185.5", Reason.DECIMALS),
        ("185,50", Reason.DECIMALS),
        ("1.234,5", Reason.DECIMALS),
        ("-1", Reason.NEGATIVE),
        ("−1", Reason.NEGATIVE),
        ("1.2345", Reason.FORMAT),
        ("1.234,567", Reason.FORMAT),
        ("1.500k", Reason.FORMAT),
        ("mười nghìn", Reason.FORMAT),
        ("1e6", Reason.FORMAT),
        ("١٨٥", Reason.FORMAT),
        ("1000000000000001", Reason.TOO_BIG),
        ("9" * 5_000, Reason.TOO_BIG),
    ],
)
def test_what_is_no_amount_of_whole_dong_is_refused(typed: str, reason: Reason) -> None:
    with pytest.raises(InvalidAmount) as caught:
        parse_vnd(typed)
    assert caught.value.reason is reason


@given(st.integers(0, 10**15))
def test_a_formatted_amount_reads_back(amount: int) -> None:
    assert parse_vnd(format_vnd(amount)) == parse_vnd(str(amount)) == amount


@given(st.text(alphabet="0123456789.,-k đtr₫ệu\u00a0", max_size=30))
def test_anything_typed_is_an_amount_or_refused(typed: str) -> None:
    amount = 0
    with suppress(InvalidAmount):
        amount = parse_vnd(typed)
    assert 0 <= amount <= 10**15
