import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vietnam.tax_code import InvalidTaxCode, Kind, Reason, TaxCode, check_digit, check_tax_code

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "vietnam.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", VECTORS["mst"], ids=lambda case: case["input"])
def test_published_codes_pass_and_broken_ones_do_not(case: dict[str, object]) -> None:
    text = str(case["input"])
    if case["valid"]:
        assert check_tax_code(text).value == text
    else:
        with pytest.raises(InvalidTaxCode):
            check_tax_code(text)


@pytest.mark.parametrize("case", VECTORS["tax_id_kind"]["cases"], ids=lambda case: case["kind"])
def test_the_kind_follows_from_the_shape(case: dict[str, str]) -> None:
    if case["kind"] == "invalid":
        with pytest.raises(InvalidTaxCode):
            check_tax_code(case["input"])
    else:
        assert check_tax_code(case["input"]).kind == case["kind"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" 0100 233 488 ", TaxCode("0100233488", Kind.ENTERPRISE)),
        ("0100.233.488", TaxCode("0100233488", Kind.ENTERPRISE)),
        ("0314409058002", TaxCode("0314409058-002", Kind.BRANCH)),
        ("0314409058 – 002", TaxCode("0314409058-002", Kind.BRANCH)),
        ("079 199 012 345", TaxCode("079199012345", Kind.PERSONAL)),
    ],
)
def test_people_may_write_it_with_spaces_and_dashes(typed: str, code: TaxCode) -> None:
    assert check_tax_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("01002334A8", Reason.CHARACTERS),
        ("٠١٠٠٢٣٣٤٨٨", Reason.CHARACTERS),
        ("0314409058-", Reason.CHARACTERS),
        ("12345", Reason.LENGTH),
        ("01002334881", Reason.LENGTH),
        ("0314409058-02", Reason.LENGTH),
        ("079199012345-001", Reason.LENGTH),
        ("0100233489", Reason.CHECK_DIGIT),
        ("0100000000", Reason.SERIAL),
        ("0314409058-000", Reason.BRANCH),
        ("000199012345", Reason.PERSONAL),
        ("9" * 10_000, Reason.LENGTH),
    ],
)
def test_the_reason_says_what_is_wrong(typed: str, reason: Reason) -> None:
    with pytest.raises(InvalidTaxCode) as caught:
        check_tax_code(typed)
    assert caught.value.reason is reason


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_a_single_wrong_digit_is_caught(first_nine: str, place: int, change: int) -> None:
    digit = check_digit(first_nine)
    assume(len(digit) == 1 and first_nine[2:] != "0000000")
    code = first_nine + digit
    assert check_tax_code(code).value == code
    wrong = code[:place] + str((int(code[place]) + change) % 10) + code[place + 1 :]
    with pytest.raises(InvalidTaxCode):
        check_tax_code(wrong)
