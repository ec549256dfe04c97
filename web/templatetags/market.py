"""Tags and filters that every page may use (a template builtin)."""

from django import template

from vietnam.money import format_vnd

register = template.Library()


@register.filter
def vnd(amount: int) -> str:
    """1234567 -> 1.234.567 ₫ (no-break space before the sign)."""
    return format_vnd(int(amount))
