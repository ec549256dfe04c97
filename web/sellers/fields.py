"""Form fields for people who type "185.000", "185k" or "½": read generously, refuse clearly."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.services.stock import MAX_ON_HAND
from core.money import MAX_PRICE_VND
from vietnam.money import InvalidAmount, Reason, format_vnd, parse_vnd
from vietnam.text import nfc

MIN_PRICE_VND = 500
MAX_GRAMS = 10_000_000

_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]{1,3})?")

PRICE_SENTENCES = {
    Reason.EMPTY: _("Please enter the price."),
    Reason.FORMAT: _("Write the price in digits, like 185.000."),
    Reason.DECIMALS: _("Write the price in whole đồng, like 185.500."),
    Reason.NEGATIVE: _("A price can't be below zero."),
}
PRICE_RANGE = _("Please enter a price from %(low)s to %(high)s.")
COUNT_EMPTY = _("Please enter a number.")
COUNT_RANGE = _("Please enter a whole number from %(low)s to %(high)s.")
GRAMS_RANGE = _("Please enter a weight from 1 g to 10.000 kg.")


def dotted(number: int) -> str:
    """1000000 -> 1.000.000"""
    return f"{number:,}".replace(",", ".")


def typing_attrs(mode: str, **more: str) -> dict[str, str]:
    """Attributes of an input that opens the right keyboard and keeps browsers from guessing."""
    return {"inputmode": mode, "autocomplete": "off", **more}


class Words(forms.CharField):
    """One line of text in NFC, spaces tidied."""

    def to_python(self, value: Any) -> str:
        return " ".join(nfc(super().to_python(value) or "").split())


class Paragraphs(forms.CharField):
    """Several lines of text in NFC."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "").replace("\r\n", "\n").strip()


class Price(forms.CharField):
    """Whole đồng within what a variant may cost."""

    widget = forms.TextInput(attrs=typing_attrs("numeric", **{"data-echo": "vnd"}))

    def __init__(self, **options: Any) -> None:
        options["required"] = False  # empty is said in our own words, by `clean`
        super().__init__(**options)

    def clean(self, value: Any) -> int:
        try:
            amount = parse_vnd(str(value or ""))
        except InvalidAmount as wrong:
            raise self._refusal(wrong.reason) from wrong
        if not MIN_PRICE_VND <= amount <= MAX_PRICE_VND:
            raise self._refusal(Reason.TOO_BIG)
        return amount

    def _refusal(self, reason: Reason) -> ValidationError:
        params = {"low": format_vnd(MIN_PRICE_VND), "high": format_vnd(MAX_PRICE_VND)}
        return ValidationError(PRICE_SENTENCES.get(reason, PRICE_RANGE), reason.value, params)


class Count(forms.CharField):
    """A whole number of pieces."""

    widget = forms.TextInput(attrs=typing_attrs("numeric"))

    def __init__(self, *, low: int = 0, high: int = MAX_ON_HAND, **options: Any) -> None:
        options["required"] = False
        super().__init__(**options)
        self.low, self.high = low, high

    def clean(self, value: Any) -> int:
        bare = re.sub(r"\s", "", str(value or ""))
        if not bare:
            raise ValidationError(COUNT_EMPTY, "empty")
        number = int(re.sub("[.,]", "", bare[:20])) if _WHOLE.fullmatch(bare) else -1
        if not self.low <= number <= self.high:
            params = {"low": dotted(self.low), "high": dotted(self.high)}
            raise ValidationError(COUNT_RANGE, "range", params)
        return number


class Weight(forms.CharField):
    """A weight as typed; `grams` turns it into whole grams with its unit."""

    widget = forms.TextInput(attrs=typing_attrs("decimal"))

    def clean(self, value: Any) -> float:
        bare = re.sub(r"\s", "", str(value or ""))
        if not bare:
            raise ValidationError(COUNT_EMPTY, "empty")
        if not _DECIMAL.fullmatch(bare[:20]):
            raise ValidationError(GRAMS_RANGE, "range")
        return float(bare.replace(",", "."))


def grams(weight: float, unit: str) -> int:
    """Whole grams of "0,5 kg" or "500 g"; raises ValidationError outside 1 g … 10 tonnes."""
    whole = round(weight * (1000 if unit == "kg" else 1))
    if not 1 <= whole <= MAX_GRAMS:
        raise ValidationError(GRAMS_RANGE, "range")
    return whole
