"""Product cards: made once per product version and language, then only put together."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.selectors.types import Card
from core import pictures
from vietnam.money import format_vnd
from web.buyers import links
from web.buyers.markup import escape
from web.templatetags.market import both, dotted, in_language

_KEPT = 20_000
_cards: dict[tuple[object, ...], str] = {}
_LAZY = ' loading="lazy"'


def cards(found: Iterable[Card], *, eager: int = 0) -> SafeString:
    """The list items of all cards; the first `eager` pictures load at once."""
    lang = links.language()
    items = [_card(card, lang) for card in found]
    for i in range(min(eager, len(items))):
        items[i] = items[i].replace(_LAZY, ' fetchpriority="high"' if i == 0 else "", 1)
    return mark_safe("".join(items))  # noqa: S308 every card escapes its parts


def forget() -> None:
    """Make every card again (tests)."""
    _cards.clear()


def _card(card: Card, lang: str) -> str:
    data = card.data
    key = (card.product_id, card.version, lang, data.get("price_vnd"), data.get("in_stock"))
    html = _cards.get(key)
    if html is None:
        html = _made(card, data, lang)
        if len(_cards) >= _KEPT:
            _cards.clear()
        _cards[key] = html
    return html


def _made(card: Card, data: dict[str, Any], lang: str) -> str:
    href = links.base(lang) + links.product(
        data["slug"], card.product_id, data.get("name_en"), lang
    )
    name = in_language(*both(data, "name"), language=lang)
    ward = data.get(f"ward_{lang}") or data.get("ward_vi") or ""
    vendor = escape(data.get("vendor", ""))
    in_stock = bool(data.get("in_stock"))
    return (
        f'<li class="good{"" if in_stock else " gone"}"><div class="pic">{picture(data)}</div>'
        f'{_tag(data, lang, in_stock=in_stock)}<h3><a href="{escape(href)}">{name}</a></h3>'
        f'<p class="small soft">{vendor}<br>{escape(ward)} {_stars(data)}</p>'
        f"<p>{_price(data, lang)}</p></li>"
    )


def picture(data: dict[str, Any]) -> str:
    """The card's picture; its words stand beside it, so it needs none of its own."""
    token = str(data.get("picture") or "")
    if not token:
        return ""
    src = escape(pictures.url(token, 480, "webp"))
    return f'<img src="{src}" alt="" width="480" height="600"{_LAZY} decoding="async">'


def _tag(data: dict[str, Any], lang: str, *, in_stock: bool) -> str:
    if not in_stock:
        gone = escape(_("Sold out for now"))
        return f'<span class="tag plain">{gone}</span>'
    text = data.get(f"badge_{lang}") or data.get("badge_vi")
    if not text:
        return ""
    gold = " gold" if data.get("badge_tone") == "gold" else ""
    return f'<span class="tag{gold}">{escape(text)}</span>'


def _stars(data: dict[str, Any]) -> str:
    count = int(data.get("ratings") or 0)
    if not count:
        return ""
    return f'<span class="rated">★ {tenths(int(data["rating"]))} ({dotted(count)})</span>'


def _price(data: dict[str, Any], lang: str) -> str:
    low, high = int(data["price_vnd"]), int(data.get("price_max_vnd") or data["price_vnd"])
    since = escape(_("from"))
    start = f'<span class="per">{since}</span> ' if high > low else ""
    unit = str(data.get(f"unit_{lang}") or data.get("unit_vi") or "")
    per_kg = int(data.get("per_kg_vnd") or 0)
    beside: list[str] = [escape(unit)] if unit else []
    if per_kg and per_kg != low:
        beside.append(f"{format_vnd(per_kg)}/kg")
    return (
        f'{start}<span class="price">{format_vnd(low)}</span> '
        f'<span class="per">{" · ".join(beside)}</span>'
    )


def tenths(rating: int) -> str:
    """47 -> 4,7 (4.7 in English)."""
    comma = "," if links.language() == "vi" else "."
    return f"{rating // 10}{comma}{rating % 10}"
