"""Form fields for people who type "185.000", "185k" or "½": read generously, refuse clearly."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.services.stock import MAX_ON_HAND
from core.money import MAX_PRICE_VND
from core.numbers import grouped, is_unsure, read_parts, read_whole
from vietnam.money import InvalidAmount, Reason, format_vnd, parse_vnd
from vietnam.text import nfc

MIN_PRICE_VND = 500
MAX_GRAMS = 10_000_000

PRICE_SENTENCES = {
    Reason.EMPTY: _("Please enter the price."),
    Reason.FORMAT: _("Write the price in digits, like 185.000."),
    Reason.DECIMALS: _("Write the price in whole đồng, like 185.500."),
    Reason.NEGATIVE: _("A price can't be below zero."),
}
PRICE_RANGE = _("Please enter a price from %(low)s to %(high)s.")
COUNT_EMPTY = _("Please enter a number.")
COUNT_RANGE = _("Please enter a whole number from %(low)s to %(high)s.")
GRAMS_RANGE = _("Please enter a weight from 1 g to %(high)s kg.")
GRAMS_UNSURE = _(
    "This can be read as thousands or as parts of a kilogram. Write thousands without a sign "
    "between them, like 1200, and parts like %(part)s."
)


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
        typed = str(value or "").strip()
        if not typed:
            raise ValidationError(COUNT_EMPTY, "empty")
        number = read_whole(typed)
        if number is None or not self.low <= number <= self.high:
            params = {"low": grouped(self.low), "high": grouped(self.high)}
            raise ValidationError(COUNT_RANGE, "range", params)
        return number


class Weight(forms.CharField):
    """A weight as typed; `grams` turns it into whole grams with its unit."""

    widget = forms.TextInput(attrs=typing_attrs("decimal"))

    def clean(self, value: Any) -> float:
        typed = str(value or "").strip()
        if not typed:
            raise ValidationError(COUNT_EMPTY, "empty")
        weight = read_parts(typed)
        if weight is None:
            raise grams_refused()
        return weight


def grams(weight: float, unit: str, typed: str) -> int:
    """Whole grams of "0,5 kg" or "500 g". Raises ValidationError outside 1 g … 10 tonnes, and for
    kilograms `typed` so that they could be thousands or parts."""
    if unit == "kg" and is_unsure(typed):
        part = "1.2" if get_language() == "en" else "1,2"
        raise ValidationError(GRAMS_UNSURE, "unsure", {"part": part})
    whole = round(weight * (1000 if unit == "kg" else 1))
    if not 1 <= whole <= MAX_GRAMS:
        raise grams_refused()
    return whole


def grams_refused() -> ValidationError:
    return ValidationError(GRAMS_RANGE, "range", {"high": grouped(MAX_GRAMS // 1000)})
