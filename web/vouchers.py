"""The form of a voucher and how its state is said, for the sellers' and the province's desk."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.numbers import read_whole
from promotions.models import Kind, Voucher
from promotions.services.managing import Terms
from vietnam.money import InvalidAmount, parse_vnd

_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class Money(forms.CharField):
    """Whole đồng as people type them; None when it is empty."""

    def clean(self, value: Any) -> int | None:
        if not str(value or "").strip():
            return None
        try:
            return parse_vnd(str(value))
        except InvalidAmount as wrong:
            raise ValidationError(
                _("Write the amount in whole đồng, like 50.000."), wrong.reason.value
            ) from wrong


class Number(forms.CharField):
    """A whole number; None when it is empty."""

    def clean(self, value: Any) -> int | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        number = read_whole(typed)
        if number is None:
            raise ValidationError(_("Please enter a whole number, or leave it empty."), "number")
        return number


class Day(forms.DateField):
    """A day, from the browser's own calendar or typed as 31/12/2026."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        options["input_formats"] = ["%Y-%m-%d", "%d/%m/%Y"]
        super().__init__(**options)
        self.error_messages["invalid"] = _("Write the day like 31/12/2026.")


class VoucherForm(forms.Form):
    """Shape only; the rules are in `promotions.services.managing`."""

    use_required_attribute = False

    code = forms.CharField(
        max_length=40,
        required=False,
        label=pgettext_lazy("voucher", "Code"),
        help_text=_("What buyers type: 4 to 20 letters and digits, such as DIEU10."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        max_length=80, required=False, label=_("What is it for?"), help_text=_("Buyers read this.")
    )
    kind = forms.ChoiceField(
        choices=Kind.choices,
        initial=Kind.PERCENT,
        label=_("How much off?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    value = Money(
        required=False,
        label=_("Percent or đồng"),
        help_text=_("10 for ten percent, 20.000 for twenty thousand đồng."),
        widget=forms.TextInput(attrs=_DIGITS),
    )
    minimum_vnd = Money(
        required=False,
        label=_("Counts from this amount of goods"),
        widget=forms.TextInput(attrs=_DIGITS),
    )
    most_vnd = Money(
        required=False,
        label=_("At most this much off"),
        help_text=_("For percent."),
        widget=forms.TextInput(attrs=_DIGITS),
    )
    uses_limit = Number(
        required=False, label=_("How often in all"), widget=forms.TextInput(attrs=_DIGITS)
    )
    per_buyer = Number(
        required=False,
        label=_("How often for one buyer"),
        initial="1",
        widget=forms.TextInput(attrs=_DIGITS),
    )
    starts_on = Day(required=False, label=_("First day"), help_text=_("Empty means today."))
    ends_on = Day(required=False, label=_("Last day"), help_text=_("Empty means no end."))
    is_listed = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Show it to everybody on the page of vouchers"),
    )
    fund = forms.CharField(
        max_length=120,
        required=False,
        label=_("Paid from"),
        help_text=_("The decision or budget line that pays it."),
    )


def terms_of(form: VoucherForm) -> Terms:
    """What a valid form asks for; days begin at midnight here, and the last one counts whole."""
    data = form.cleaned_data
    percent = data["kind"] == Kind.PERCENT
    value = data["value"] or 0
    return Terms(
        code=data["code"],
        name=data["name"],
        starts_at=_midnight(data["starts_on"]) if data["starts_on"] else clock.now(),
        ends_at=_midnight(data["ends_on"] + timedelta(days=1)) if data["ends_on"] else None,
        percent=min(value, 1000) if percent else 0,
        amount_vnd=0 if percent else value,
        most_vnd=data["most_vnd"] or None,
        minimum_vnd=data["minimum_vnd"] or 0,
        uses_limit=data["uses_limit"],
        per_buyer=data["per_buyer"],
        fund=data["fund"],
        is_listed=data["is_listed"],
    )


def state_of(voucher: Voucher, now: datetime) -> tuple[str, object]:
    """(tone, words): does it count now, and if not, why."""
    if voucher.paused_at is not None:
        return "plain", _("Paused")
    if voucher.ends_at is not None and voucher.ends_at <= now:
        return "plain", _("Ended")
    if voucher.uses_limit is not None and voucher.used >= voucher.uses_limit:
        return "earth", _("Used up")
    if voucher.starts_at > now:
        return "gold", _("Starts later")
    return "", _("Counts now")


def rows_of(vouchers: Any) -> list[dict[str, object]]:
    """Vouchers with their state, for a list."""
    now = clock.now()
    return [{"voucher": one, "state": state_of(one, now)} for one in vouchers]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
