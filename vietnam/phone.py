"""Vietnamese phone numbers: stored as E.164, so that 0912… and +84 912… are the same person."""

import re
from enum import StrEnum

_SPACING = re.compile(r"[\s.\-()\u2010-\u2015]+")
_COUNTRY = re.compile(r"(?:\+84|0084|84)0?(?=[1-9])")
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_E164 = re.compile(r"\+84([35789][0-9]{8}|2[0-9]{9})")
_HIDDEN = "•"


class Reason(StrEnum):
    EMPTY = "empty"
    CHARACTERS = "characters"
    LENGTH = "length"
    PREFIX = "prefix"


class InvalidPhone(ValueError):
    """Not a Vietnamese phone number; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def parse_phone(text: str) -> str:
    """The E.164 form of a mobile (03, 05, 07, 08, 09) or landline (02x) number.

    Accepts 0…, +84…, 84… and 0084…, with spaces, dots, dashes and brackets. Raises InvalidPhone.
    """
    bare = _SPACING.sub("", text)
    if not bare:
        raise InvalidPhone(Reason.EMPTY)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise InvalidPhone(Reason.CHARACTERS)
    national = _COUNTRY.sub("0", bare, count=1) if _COUNTRY.match(bare) else bare
    if _MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national):
        return f"+84{national[1:]}"
    raise InvalidPhone(_problem(national))


def is_mobile(e164: str) -> bool:
    """Whether text messages can reach the number."""
    return not _national(e164).startswith("02")


def format_phone(e164: str) -> str:
    """How people write the number at home: "0912 345 678", "0271 3879 123", "024 3825 1234"."""
    return " ".join(_groups(e164))


def mask_phone(e164: str) -> str:
    """Enough to recognise one's own number, too little to call it: "0912 ••• 678"."""
    first, middle, last = _groups(e164)
    return f"{first} {_HIDDEN * len(middle)} {last}"


def _problem(national: str) -> Reason:
    if not re.match(r"0[235789]", national):
        return Reason.PREFIX
    return Reason.LENGTH


def _national(e164: str) -> str:
    shape = _E164.fullmatch(e164)
    if shape is None:
        raise InvalidPhone(Reason.PREFIX)
    return f"0{shape.group(1)}"


def _groups(e164: str) -> tuple[str, str, str]:
    number = _national(e164)
    if not number.startswith("02"):
        return number[:4], number[4:7], number[7:]
    # Hà Nội (024) and Hồ Chí Minh City (028) have short area codes and long local numbers.
    area = 3 if number[2] in "48" else 4
    return number[:area], number[area : area + 4], number[area + 4 :]
