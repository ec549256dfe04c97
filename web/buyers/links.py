"""Addresses of the shop, put together without the resolver: list pages make hundreds of them."""

from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language

Lang = Literal["vi", "en"]
ENGLISH = "/en"


def language() -> Lang:
    """ "vi" or "en": the language of the path."""
    return "en" if get_language() == "en" else "vi"


def base(lang: str) -> str:
    """What stands before every address in this language."""
    return ENGLISH if lang == "en" else ""


def product(slug: object, pk: object) -> str:
    return f"/san-pham/{slug}-{pk}"


def vendor(slug: object, pk: object) -> str:
    return f"/gian-hang/{slug}-{pk}"


def category(slug: object) -> str:
    return f"/nganh/{slug}/"


def here(path: str, **params: object) -> str:
    """`path` in the language of this page, with the parameters that say something."""
    query = urlencode({name: value for name, value in params.items() if value not in ("", None)})
    return f"{base(language())}{path}{'?' + query if query else ''}"


def other_language(request: HttpRequest) -> str:
    """The same page, with the same parameters, in the other language."""
    query = request.META.get("QUERY_STRING", "")
    prefix = "" if language() == "en" else ENGLISH
    return f"{prefix}{request.path_info}{'?' + query if query else ''}"
