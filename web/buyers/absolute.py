"""Whole addresses, for readers outside the page: search engines, feeds, people who share."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from core import pictures
from web.buyers import links

LARGE = 960


def page(path: str, lang: str) -> str:
    """A path of the shop in one language."""
    return f"{settings.PUBLIC_URL}{links.base(lang)}{path}"


def product(slug: object, pk: object, name_en: object, lang: str) -> str:
    """The address that counts: without English words the English page is the Vietnamese one."""
    lang = lang if name_en else "vi"
    return page(links.product(slug, pk, name_en, lang), lang)


def vendor(slug: object, pk: object, name_en: object, lang: str) -> str:
    """A vendor's name is its own in both languages."""
    return page(links.vendor(slug, pk, name_en, lang), lang)


def category(slug: str, lang: str) -> str:
    return page(links.category(slug, lang), lang)


def card(data: Mapping[str, Any], pk: int, lang: str) -> str:
    """The address of the product that a card shows."""
    return product(data["slug"], pk, data.get("name_en"), lang)


def picture(token: str) -> str:
    """The large rendition that pages show."""
    return _whole(pictures.url(token, LARGE, "webp"))


def jpeg(token: str) -> str:
    """The same as JPEG, for readers who take nothing newer."""
    return f"{settings.PUBLIC_URL}/anh/{token}.jpg"


def _whole(url: str) -> str:
    return f"{settings.PUBLIC_URL}{url}" if url.startswith("/") else url
