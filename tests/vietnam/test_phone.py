import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnam.phone import InvalidPhone, Reason, format_phone, is_mobile, mask_phone, parse_phone

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "vietnam.json").read_text(encoding="utf-8")
)
mobiles = st.from_regex(r"\+84[35789][0-9]{8}", fullmatch=True)
landlines = st.from_regex(r"\+842[0-9]{9}", fullmatch=True)


@pytest.mark.parametrize("case", VECTORS["phone"], ids=lambda case: case["input"])
def test_vectors_are_read_as_published(case: dict[str, str | None]) -> None:
    text = str(case["input"])
    if case["e164"] is None:
        with pytest.raises(InvalidPhone):
            parse_phone(text)
    else:
        assert parse_phone(text) == case["e164"]


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "84912345678",
        "+84912345678",
        "+84 (0) 912 345 678",
        "0084 912 345 678",
        "\u00a00912\u00a0345\u00a0678",
    ],
)
def test_one_person_has_one_number_however_it_is_typed(typed: str) -> None:
    assert parse_phone(typed) == "+84912345678"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        (" - ", Reason.EMPTY),
        ("0912 345 67x", Reason.CHARACTERS),
        ("٠٩١٢٣٤٥٦٧٨", Reason.CHARACTERS),
        ("09+12345678", Reason.CHARACTERS),
        ("091234567", Reason.LENGTH),
        ("09123456789", Reason.LENGTH),
        ("0271387912", Reason.LENGTH),
        ("0612345678", Reason.PREFIX),
        ("912345678", Reason.PREFIX),
        ("+1 212 555 0100", Reason.PREFIX),
        ("+84", Reason.PREFIX),
    ],
)
def test_a_wrong_number_says_why(typed: str, reason: Reason) -> None:
    with pytest.raises(InvalidPhone) as caught:
        parse_phone(typed)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    ("e164", "formatted", "masked"),
    [
        ("+84912345678", "0912 345 678", "0912 ••• 678"),
        ("+842713879123", "0271 3879 123", "0271 •••• 123"),
        ("+842438251234", "024 3825 1234", "024 •••• 1234"),
    ],
)
def test_numbers_are_shown_as_people_write_them(e164: str, formatted: str, masked: str) -> None:
    assert format_phone(e164) == formatted
    assert mask_phone(e164) == masked


@given(mobiles | landlines)
def test_a_formatted_number_reads_back(e164: str) -> None:
    assert parse_phone(format_phone(e164)) == parse_phone(e164) == e164


def test_text_messages_go_to_mobiles_only() -> None:
    assert is_mobile("+84912345678")
    assert not is_mobile("+842713879123")


def test_only_stored_numbers_can_be_formatted() -> None:
    with pytest.raises(InvalidPhone):
        format_phone("0912345678")
