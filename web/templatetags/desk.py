"""Tags of the desks (sellers, staff) and of the account pages."""

import json
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.translation import get_language

from catalog.states import ProductState
from core import pictures
from core.models import AuditEntry
from notifications.words import PRODUCT_LABELS, VENDOR_LABELS
from vendors.states import VendorState
from vietnam.places import find_ward, full_name
from web.buyers import region as regions

register = template.Library()

# How long a file may wait before its age is shown in red.
LATE = timedelta(days=3)


@register.simple_tag
def region() -> regions.Region:
    """The province's own words in the page's language: `{% region as market %}`."""
    return regions.region("en" if get_language() == "en" else "vi")


@register.simple_tag(takes_context=True)
def other_language(context: dict[str, Any]) -> str:
    """The address of this page in the other language."""
    request = context["request"]
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    prefix = "" if get_language() == "en" else "/en"
    return f"{prefix}{request.path_info}{query}"


@register.filter
def late(now: datetime, since: datetime | None) -> bool:
    """Whether something has waited for longer than the province wants to let people wait."""
    return since is not None and now - since > LATE


@register.filter
def ward_name(code: str) -> str:
    """The ward's full name in the page's language; empty for an unknown code."""
    ward = find_ward(code)
    return full_name(ward, "en" if get_language() == "en" else "vi") if ward else ""


@register.filter
def state_name(state: str) -> str:
    """How people call a state of a vendor or a product."""
    for states in (VendorState, ProductState):
        if state in states.values:
            return str(states(state).label)
    return state


@register.filter
def part_name(field: str) -> str:
    """How people call an answer of a vendor's file or a part of a product."""
    return str(VENDOR_LABELS.get(field) or PRODUCT_LABELS.get(field) or field)


@register.filter
def actor_of(entry: AuditEntry, names: dict[int, str]) -> str:
    """Who did it: today's name where the account exists, else what the trail holds."""
    name = names.get(entry.actor_id or 0, "")
    return f"{name} ({entry.actor_label})" if name else entry.actor_label


@register.filter
def before_after(entry: AuditEntry) -> str:
    """The change of an audit row in one line."""
    fields = {**entry.before, **entry.after}
    parts = []
    for field in fields:
        old, new = entry.before.get(field), entry.after.get(field)
        parts.append(
            f"{field}: {_brief(old)} → {_brief(new)}" if old else f"{field}: {_brief(new)}"
        )
    return "; ".join(parts)


@register.filter
def at_key(values: dict[Any, Any], key: object) -> object:
    """`values[key]`, for keys that are variables."""
    return values.get(key, "")


@register.simple_tag
def picture_url(token: str, width: int) -> str:
    """Where a picture's WebP of this width is."""
    return pictures.url(token, width, "webp")


def _brief(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"
