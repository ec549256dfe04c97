"""Tags and filters that every page may use (a template builtin)."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import User
from core import pictures
from core.numbers import grouped
from vietnam.money import format_vnd, grouped_vnd
from vietnam.phone import InvalidPhone, format_phone, mask_phone
from web import unsent
from web.slugs import slug_in

register = template.Library()

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@register.simple_tag
def theme() -> SafeString:
    """The link to a province's own colours, where it has any."""
    return mark_safe('<link rel="stylesheet" href="/theme.css">' if settings.THEME else "")  # noqa: S308


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> SafeString:
    """A desk's form says whose it is, so that its words come back after signing in again."""
    user = context["request"].user
    return unsent.mark(str(user.pk)) if isinstance(user, User) else SafeString("")


@register.filter
def vnd(amount: int) -> str:
    """1234567 -> 1.234.567 ₫ (no-break space before the sign)."""
    return format_vnd(int(amount))


@register.filter
def dotted(number: int) -> str:
    """A count: 12345 -> 12.345, in English 12,345."""
    return grouped(int(number))


@register.filter
def dong(amount: int) -> str:
    """What stands in a field for money: 185000 -> 185.000, in both languages."""
    return grouped_vnd(int(amount))


@register.filter
def phone(e164: str) -> str:
    """+84912345678 -> 0912 345 678 (its groups stay together); anything else as it is."""
    try:
        return format_phone(e164).replace(" ", "\u00a0")
    except InvalidPhone:
        return e164


@register.filter
def masked(e164: str) -> str:
    """+84912345678 -> 0912 ••• 678: enough for its owner, too little for others."""
    try:
        return mask_phone(e164).replace(" ", "\u00a0")
    except InvalidPhone:
        return e164


@register.filter
def order_name(line: object) -> SafeString:
    """The copied name of an order's line, in the page's language."""
    vi, en = getattr(line, "name", ""), getattr(line, "name_en", "")
    return in_language(vi, en, language=get_language() or "vi")


@register.filter
def order_pack(line: object) -> SafeString:
    """The copied name of the pack that was bought, in the page's language."""
    vi, en = getattr(line, "variant_name", ""), getattr(line, "variant_name_en", "")
    return in_language(vi, en, language=get_language() or "vi")


@register.filter
def day(moment: date | None) -> str:
    """A day as people write it: 26/11/2026."""
    return moment.strftime("%d/%m/%Y") if moment else ""


@register.filter
def weekday(moment: date | None) -> str:
    """A day that is near: "thứ Năm, 26/11" or "Thursday 26/11"."""
    if moment is None:
        return ""
    language = get_language() or "vi"
    comma = "," if language == "vi" else ""
    name = _WEEKDAYS[language if language in _WEEKDAYS else "vi"][moment.weekday()]
    return f"{name}{comma} {moment.day}/{moment.month}"


@register.filter
def said(thing: object, field: str) -> SafeString:
    """`field` in the page's language; Vietnamese, and marked as such, where English is missing."""
    return in_language(*both(thing, field), language=get_language() or "vi")


@register.filter
def slugged(thing: object) -> str:
    """What a thing is called in the addresses of this language: hat-dieu, cashews."""
    slug, (_vi, en) = getattr(thing, "slug", ""), both(thing, "name")
    return slug_in(get_language() or "vi", slug, en)


@register.filter
def plainly(thing: object, field: str) -> str:
    """Like `said`, for titles and attributes, where no mark fits."""
    vi, en = both(thing, field)
    return en or vi if get_language() == "en" else vi


@register.filter
def weight(grams: int) -> str:
    """750 -> 750 g, 2500 -> 2,5 kg."""
    if grams < 1000:
        return f"{grams} g"
    kilograms = f"{grams / 1000:.2f}".rstrip("0").rstrip(".")
    return f"{kilograms.replace('.', ',') if get_language() == 'vi' else kilograms} kg"


@register.filter
def moment(at: datetime | None) -> str:
    """A moment in the market's time zone: 14:05 26/11/2026."""
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y") if at else ""


def both(thing: object, field: str) -> tuple[str, str]:
    """The Vietnamese and the English text of a field, of an object or of a mapping."""
    if isinstance(thing, dict):
        return str(thing.get(f"{field}_vi") or ""), str(thing.get(f"{field}_en") or "")
    vi = getattr(thing, f"{field}_vi", None)
    if vi is None:
        vi = getattr(thing, field, "")
    return str(vi or ""), str(getattr(thing, f"{field}_en", "") or "")


def in_language(vi: str, en: str, *, language: str) -> SafeString:
    """Escaped text in `language`; a missing English text is Vietnamese inside `lang="vi"`."""
    if language != "en":
        return escape(vi)
    if en or not vi:
        return escape(en)
    return mark_safe(f'<span lang="vi">{escape(vi)}</span>')  # noqa: S308 escaped above


@register.filter
def picture(token: str, width: int = 480) -> str:
    """The address of a picture's WebP in this width."""
    return pictures.url(token, width, "webp")
