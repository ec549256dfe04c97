"""What pages tell machines, in the words of schema.org (JSON-LD).

A block of data, not a script: browsers never run it, so the content policy stays as it is. The
escaping keeps any text inside the block. Only what the page itself shows is said here, and ratings
only where somebody rated.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.selectors.types import (
    Card,
    CategoryNode,
    ListPage,
    ProductPage,
    ReviewView,
    VariantView,
    VendorView,
)
from vietnam.places import find_province, find_ward, full_name
from web.buyers import absolute, links
from web.buyers.region import region
from web.templatetags.market import plainly

Data = dict[str, Any]
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_SCHEMA = "https://schema.org/"


def block(*things: Data | None) -> SafeString:
    """The things as one block for the page; nothing for no things."""
    graph = [thing for thing in things if thing]
    if not graph:
        return SafeString("")
    said = json.dumps(
        {"@context": "https://schema.org", "@graph": graph},
        ensure_ascii=False,
        separators=(",", ":"),
    ).translate(_UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')  # noqa: S308 escaped


def of_home() -> SafeString:
    """The market: its name, how to search it, and who runs it."""
    lang = links.language()
    words, root = region(lang), absolute.page("/", lang)
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute.page("/tim?q={search_term_string}", lang),
        },
        "query-input": "required name=search_term_string",
    }
    name = f"{words.name} {words.region}"
    site = {"@type": "WebSite", "@id": f"{root}#site", "url": root, "name": name}
    market = {
        "@type": "Organization",
        "@id": f"{settings.PUBLIC_URL}/#market",
        "name": name,
        "url": root,
        "logo": f"{settings.PUBLIC_URL}{static('img/icon-512.png')}",
        "description": words.operator,
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": words.support_phone,
            "areaServed": "VN",
            "availableLanguage": ["vi", "en"],
        },
    }
    return block(site | {"inLanguage": lang, "potentialAction": search}, market)


def of_product(found: ProductPage) -> SafeString:
    """The product with its offers and what buyers said, and the way to it."""
    lang = links.language()
    name = plainly(found, "name")
    url = absolute.product(found.slug, found.id, found.name_en, lang)
    said = {
        "@type": "Product",
        "@id": f"{url}#product",
        "url": url,
        "name": name,
        "description": plainly(found, "summary") or plainly(found, "description")[:500] or name,
        "image": [absolute.picture(token) for token in found.pictures],
        "brand": {"@type": "Brand", "name": found.vendor.label},
        "category": " > ".join(plainly(node, "name") for node in found.trail),
        "offers": _offers(found, url),
        "aggregateRating": _rating(found),
        "review": [_review(review) for review in found.reviews if not review.removed_reason],
    }
    if len(found.variants) == 1:
        said["sku"] = found.variants[0].sku
    return block(_filled(said), crumbs(found.trail, (name, url)))


def of_list(found: ListPage, *above: Data | None) -> SafeString:
    """A list of goods, with what is said of its place."""
    first = (found.page - 1) * len(found.cards) if found.page < found.pages else 0
    if found.page == found.pages:
        first = found.total - len(found.cards)
    lang = links.language()
    addresses = [absolute.card(card.data, card.product_id, lang) for card in found.cards]
    return block(*above, item_list(addresses, total=found.total, first=first + 1))


def of_vendor(found: VendorView, goods: ListPage) -> SafeString:
    """Who sells: a store with its address, or an organization where none is shown."""
    lang = links.language()
    url = absolute.vendor(found.slug, found.id, found.name_en, lang)
    name = plainly(found, "name")
    said = {
        "@type": "Store" if found.street else "Organization",
        "@id": f"{url}#vendor",
        "url": url,
        "name": name,
        "alternateName": found.label if found.label != name else "",
        "description": plainly(found, "story")[:500],
        "address": _address(found),
        "image": _first_picture(goods.cards) if found.street else "",
        "parentOrganization": {"@id": f"{settings.PUBLIC_URL}/#market"},
    }
    way = _trail([(_("Market"), "/"), (_("Vendors"), "/gian-hang/")], (name, url))
    return of_list(goods, _filled(said), way)


def crumbs(trail: Sequence[CategoryNode], last: tuple[str, str]) -> Data:
    """The way from the market's front through these categories to `last` (name, address)."""
    nodes = [(plainly(node, "name"), links.category(node.slug)) for node in trail]
    return _trail([(_("Market"), "/"), *nodes], last)


def item_list(addresses: Iterable[str], *, total: int, first: int = 1) -> Data | None:
    """Things in their order, by address; None for none."""
    items = [
        {"@type": "ListItem", "position": position, "url": url}
        for position, url in enumerate(addresses, start=first)
    ]
    if not items:
        return None
    return {"@type": "ItemList", "numberOfItems": total, "itemListElement": items}


def _trail(steps: Sequence[tuple[str, str]], last: tuple[str, str]) -> Data:
    lang = links.language()
    whole = [*((name, absolute.page(path, lang)) for name, path in steps), last]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(whole, start=1)
        ],
    }


def _offers(found: ProductPage, url: str) -> Data | None:
    """One offer, or all packs under their lowest and highest price."""
    offers = [_offer(found, variant, url) for variant in found.variants]
    if len(offers) < 2:
        return offers[0] if offers else None
    prices = [variant.price_vnd for variant in found.variants]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "VND",
        "lowPrice": min(prices),
        "highPrice": max(prices),
        "offerCount": len(offers),
        "availability": _availability(found),
        "offers": offers,
    }


def _offer(found: ProductPage, variant: VariantView, url: str) -> Data:
    vendor = found.vendor
    lang = links.language()
    return {
        "@type": "Offer",
        "url": url,
        "name": plainly(variant, "name"),
        "sku": variant.sku,
        "price": variant.price_vnd,
        "priceCurrency": "VND",
        "availability": _availability(found),
        "itemCondition": f"{_SCHEMA}NewCondition",
        "seller": {
            "@type": "Organization",
            "name": vendor.label,
            "url": absolute.vendor(vendor.slug, vendor.id, vendor.name_en, lang),
        },
    }


def _availability(found: ProductPage) -> str:
    return f"{_SCHEMA}{'InStock' if found.in_stock else 'OutOfStock'}"


def _rating(found: ProductPage) -> Data | None:
    if not found.rating_count:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": found.rating_tenths / 10,
        "reviewCount": found.rating_count,
        "bestRating": 5,
        "worstRating": 1,
    }


def _review(review: ReviewView) -> Data:
    said = {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.author},
        "datePublished": review.at.date().isoformat(),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": review.rating,
            "bestRating": 5,
            "worstRating": 1,
        },
        "reviewBody": review.text,
    }
    return _filled(said)


def _address(found: VendorView) -> Data:
    lang = links.language()
    ward = find_ward(found.ward_code)
    province = find_province(ward.province_code) if ward else None
    said = {
        "@type": "PostalAddress",
        "streetAddress": found.street,
        "addressLocality": plainly(found, "ward"),
        "addressRegion": full_name(province, lang) if province else "",
        "addressCountry": "VN",
    }
    return _filled(said)


def _first_picture(found: Iterable[Card]) -> str:
    tokens = (str(card.data.get("picture") or "") for card in found)
    return next((absolute.picture(token) for token in tokens if token), "")


def _filled(said: Mapping[str, Any]) -> Data:
    """Without what is empty: half a statement is worse than none."""
    return {name: value for name, value in said.items() if value not in ("", None, [], {})}
