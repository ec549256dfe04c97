"""Tags of the seller's desk: fields with the province's reasons, amounts in words, deadlines."""

from datetime import datetime, timedelta
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vietnam.money import amount_in_words, format_vnd

register = template.Library()


@register.inclusion_tag("sellers/_field.html")
def field(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """A form field with label, hint, reason of the province and error.

    `echo` repeats an amount in words below; `optional` says that it may stay empty.
    """
    reasons: dict[str, str] = getattr(bound.form, "reasons", {})
    mended: frozenset[str] = getattr(bound.form, "mended", frozenset())
    widget = bound.field.widget
    many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    template_name = "sellers/_choices.html" if many else "desk/field.html"
    return {
        "field": bound,
        "reason": reasons.get(bound.name, ""),
        "is_mended": bound.name in mended,
        "body": template_name,
        **extra,
    }


@register.filter
def in_words(amount: int) -> str:
    """185000 -> "185.000 ₫ (một trăm tám mươi lăm nghìn đồng)"; in English the figures alone."""
    figures = format_vnd(int(amount))
    if get_language() == "en":
        return figures
    words = amount_in_words(int(amount))
    return f"{figures} ({words[0].lower()}{words[1:]})"


@register.filter
def clock_time(moment: datetime) -> str:
    """ "14:30" today, "14:30 tomorrow", else "14:30 24/11"."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    if days == 0:
        return f"{local:%H:%M}"
    if days == 1:
        return _("%(time)s tomorrow") % {"time": f"{local:%H:%M}"}
    return f"{local:%H:%M %d/%m}"


@register.filter
def is_near(moment: datetime) -> bool:
    """Whether less than two hours are left."""
    return moment - timezone.now() < timedelta(hours=2)
