"""Đồng in figures and in words; retail amounts are whole đồng, always an int."""

import re
from enum import StrEnum

from vietnam.text import nfc

_NBSP = "\u00a0"
_LARGEST = 10**15
_LONGEST = 40
_CURRENCY = re.compile(r"(?:₫|đ|đồng|vnđ|vnd)$")
_UNITS = {
    "k": 1_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "tr": 1_000_000,
    "triệu": 1_000_000,
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
}
_WITH_UNIT = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?(k|nghìn|ngàn|tr|triệu|tỷ|tỉ)")
_PLAIN = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_DECIMALS = re.compile(r"[0-9.,]+[.,][0-9]{1,2}")

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))


class Reason(StrEnum):
    EMPTY = "empty"
    FORMAT = "format"
    DECIMALS = "decimals"
    NEGATIVE = "negative"
    TOO_BIG = "too_big"


class InvalidAmount(ValueError):
    """Not an amount in whole đồng; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def grouped_vnd(amount: int) -> str:
    """ "1.234.567": what stands in a field for money."""
    return f"{amount:,}".replace(",", ".")


def format_vnd(amount: int) -> str:
    """ "1.234.567 ₫" with a no-break space before the sign, as CLDR writes it for Vietnam."""
    return f"{grouped_vnd(amount)}{_NBSP}₫"


def parse_vnd(text: str) -> int:
    """The amount somebody typed: 185000, 185.000, 185,000, 185 000, 185k, 185 nghìn, 1,5 triệu.

    Raises InvalidAmount for parts of a đồng, negatives, and what could be read in two ways.
    """
    bare = _CURRENCY.sub("", re.sub(r"\s+", "", nfc(text).lower()))
    if not bare:
        raise InvalidAmount(Reason.EMPTY)
    if bare[0] in "-\u2212\u2013(":
        raise InvalidAmount(Reason.NEGATIVE)
    if len(bare) > _LONGEST or (amount := _read(bare)) > _LARGEST:
        raise InvalidAmount(Reason.TOO_BIG)
    return amount


def amount_in_words(amount: int) -> str:
    """The amount as invoices and contracts spell it: "Hai mươi mốt nghìn đồng"."""
    sign = "âm " if amount < 0 else ""
    words = f"{sign}{_spell(abs(amount))} đồng"
    return words[0].upper() + words[1:]


def _read(bare: str) -> int:
    with_unit = _WITH_UNIT.fullmatch(bare)
    if with_unit is not None:
        whole, part, unit = with_unit.groups(default="")
        scaled = int(part) * _UNITS[unit] // 10 ** len(part) if part else 0
        return int(whole) * _UNITS[unit] + scaled
    if _PLAIN.fullmatch(bare):
        return int(re.sub("[.,]", "", bare))
    raise InvalidAmount(Reason.DECIMALS if _DECIMALS.fullmatch(bare) else Reason.FORMAT)


def _spell(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    rest = number
    for size, name in _SCALES:
        count, rest = divmod(rest, size)
        if count:
            spelled = _spell(count) if count > 999 else _spell_group(count, full=bool(words))
            words.append(f"{spelled} {name}")
    if rest:
        words.append(_spell_group(rest, full=bool(words)))
    return " ".join(words)


def _spell_group(number: int, *, full: bool) -> str:
    """One to 999; a group after a larger one names its missing hundreds ("không trăm lẻ năm")."""
    hundreds, below = divmod(number, 100)
    words: list[str] = []
    if hundreds or full:
        words.append(f"{_DIGITS[hundreds]} trăm")
    if below:
        words.append(_spell_below_hundred(below, after_hundreds=bool(words)))
    return " ".join(words)


def _spell_below_hundred(number: int, *, after_hundreds: bool) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return f"lẻ {_DIGITS[units]}" if after_hundreds else _DIGITS[units]
    words = ["mười" if tens == 1 else f"{_DIGITS[tens]} mươi"]
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return " ".join(words)
