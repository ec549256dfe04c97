"""Vietnamese tax codes: enterprises (10 digits), branches (10-3), persons and households (12).

Since 1 July 2025 the personal identification number is the tax code of individuals and household
businesses (Circular 86/2024/TT-BTC); it carries no check digit.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SPACING = re.compile(r"[\s.]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SHAPE = re.compile(r"([0-9]+)(?:-([0-9]+))?")


class Kind(StrEnum):
    ENTERPRISE = "enterprise10"
    BRANCH = "branch13"
    PERSONAL = "personal12"


class Reason(StrEnum):
    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    SERIAL = "serial"
    CHECK_DIGIT = "check_digit"
    BRANCH = "branch"
    PERSONAL = "personal"


class InvalidTaxCode(ValueError):
    """Not a tax code; `reason` says which part is wrong."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class TaxCode:
    value: str
    kind: Kind


def check_tax_code(value: str) -> TaxCode:
    """The tax code in its one written form (a branch as `0123456789-001`).

    Forgives spaces, dots, long dashes and a missing dash before a branch. Raises InvalidTaxCode.
    """
    main, branch = _split(value)
    if branch is None and len(main) == 12:
        return _personal(main)
    if len(main) != 10 or (branch is not None and len(branch) != 3):
        raise InvalidTaxCode(Reason.LENGTH)
    if main[2:9] == "0000000":
        raise InvalidTaxCode(Reason.SERIAL)
    if check_digit(main[:9]) != main[9]:
        raise InvalidTaxCode(Reason.CHECK_DIGIT)
    if branch is None:
        return TaxCode(main, Kind.ENTERPRISE)
    if branch == "000":
        raise InvalidTaxCode(Reason.BRANCH)
    return TaxCode(f"{main}-{branch}", Kind.BRANCH)


def check_digit(first_nine: str) -> str:
    """The tenth digit; "10" where none fits, because such codes are never given out."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True))
    return str(10 - total % 11)


def _split(value: str) -> tuple[str, str | None]:
    bare = _DASHES.sub("-", _SPACING.sub("", value))
    if not bare:
        raise InvalidTaxCode(Reason.EMPTY)
    shape = _SHAPE.fullmatch(bare)
    if shape is None:
        raise InvalidTaxCode(Reason.CHARACTERS)
    main, branch = shape.group(1), shape.group(2)
    if branch is None and len(main) == 13:
        return main[:10], main[10:]
    return main, branch


def _personal(number: str) -> TaxCode:
    # The first three digits are the place of birth: 001-096 a province, above that a country.
    if number.startswith("000"):
        raise InvalidTaxCode(Reason.PERSONAL)
    return TaxCode(number, Kind.PERSONAL)
