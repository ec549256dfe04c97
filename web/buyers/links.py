"""Addresses of the shop, put together without the resolver: list pages make hundreds of them."""

from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from catalog.selectors.tree import find_category
from web.slugs import slug_in

Lang = Literal["vi", "en"]
ENGLISH = "/en"


def language() -> Lang:
    """ "vi" or "en": the language of the path."""
    return "en" if get_language() == "en" else "vi"


def base(lang: str) -> str:
    """What stands before every address in this language."""
    return ENGLISH if lang == "en" else ""


def other() -> Lang:
    """The language that the page's switch leads to."""
    return "vi" if language() == "en" else "en"


def product(slug: object, pk: object, name_en: object = "", lang: str = "") -> str:
    """Its path in `lang` (else this page's language), without the language's own prefix."""
    return f"/san-pham/{slug_in(lang or language(), slug, name_en)}-{pk}"


def vendor(slug: object, pk: object, name_en: object = "", lang: str = "") -> str:
    """Like `product`."""
    return f"/gian-hang/{slug_in(lang or language(), slug, name_en)}-{pk}"


def category(slug: str, lang: str = "") -> str:
    """Like `product`; `slug` is the Vietnamese one."""
    node = find_category(slug) if (lang or language()) == "en" else None
    return f"/nganh/{(node and node.slug_en) or slug}/"


def here(path: str, **params: object) -> str:
    """`path` in the language of this page, with the parameters that say something."""
    query = urlencode({name: value for name, value in params.items() if value not in ("", None)})
    return f"{base(language())}{path}{'?' + query if query else ''}"


def moved(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    """To the right address in this language, with the parameters that came along: one hop.

    Browsers would keep a bare 301 for ever, and go round in circles once a name is given back.
    """
    response = HttpResponsePermanentRedirect(f"{base(language())}{path}{_query(request)}")
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=30"
    return response


def other_language(request: HttpRequest, path: str = "") -> str:
    """The same page (at `path` there), with the same parameters, in the other language."""
    return f"{base(other())}{path or request.path_info}{_query(request)}"


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""
