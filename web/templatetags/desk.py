"""Tags of the desks (sellers, staff) and of the account pages."""

from typing import Any

from django import template
from django.utils.translation import get_language

from web.buyers import region as regions

register = template.Library()


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
