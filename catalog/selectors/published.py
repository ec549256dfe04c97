"""All that is public, for readers who take everything: sitemaps, feeds, price comparers.

Read in steps along the primary key, so that a hundred thousand goods never stand in memory at once.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from catalog.selectors.cached import under_version
from catalog.selectors.types import Card

STEP = 500

PARTS = """
SELECT e.product_id / %s, max(p.changed_at) FROM catalog_searchentry e
JOIN catalog_product p ON p.id = e.product_id GROUP BY 1 ORDER BY 1
"""
PART = """
SELECT p.id, p.slug, p.name_en, p.changed_at FROM catalog_searchentry e
JOIN catalog_product p ON p.id = e.product_id
WHERE e.product_id >= %s AND e.product_id < %s ORDER BY e.product_id
"""
CHANGES = """
SELECT {key}, max(p.changed_at) FROM catalog_searchentry e
JOIN catalog_product p ON p.id = e.product_id {more} GROUP BY 1
"""
NEWEST = """
SELECT product_id, version, card, published_at FROM catalog_searchentry
WHERE {where} ORDER BY published_at DESC, product_id LIMIT %s
"""
GOODS = """
SELECT p.id, p.slug, p.name_vi, p.name_en, p.summary_vi, p.summary_en, p.description_vi,
    p.description_en, p.category_id, COALESCE(NULLIF(v.short_name, ''), v.name),
    ARRAY(SELECT k.token FROM catalog_productpicture s JOIN core_picture k ON k.id = s.picture_id
        WHERE s.product_id = p.id AND k.state <> 'refused' ORDER BY s.position, s.id),
    (SELECT json_agg(json_build_object('id', t.id, 'name_vi', t.name_vi, 'name_en', t.name_en,
            'sku', t.sku, 'net_grams', t.net_grams, 'gross_grams', t.gross_grams,
            'price_vnd', t.price_vnd, 'left', COALESCE(s.on_hand - s.held, 0))
            ORDER BY t.position, t.id)
        FROM catalog_variant t LEFT JOIN catalog_stock s ON s.variant_id = t.id
        WHERE t.product_id = p.id AND t.archived_at IS NULL)
FROM catalog_searchentry e JOIN catalog_product p ON p.id = e.product_id
JOIN vendors_vendor v ON v.id = p.vendor_id
WHERE e.product_id > %s ORDER BY e.product_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Address:
    """What an address in a sitemap is made of."""

    id: int
    slug: str
    name_en: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Pack:
    """A sale unit, with what is left of it at this moment."""

    id: int
    name_vi: str
    name_en: str
    sku: str
    net_grams: int
    gross_grams: int
    price_vnd: int
    left: int


@dataclass(frozen=True, slots=True)
class Good:
    """A public product as price comparers want it."""

    id: int
    slug: str
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    description_vi: str
    description_en: str
    category_id: int
    vendor: str
    pictures: tuple[str, ...]
    packs: tuple[Pack, ...]


def product_parts(size: int) -> list[tuple[int, datetime]]:
    """The parts of `size` keys each that hold public goods, with their last change.

    A product never moves to another part. Worked out once per catalogue version.
    """
    return under_version("published-parts", size, lambda: _rows(PARTS, [size]))


def products_of_part(part: int, size: int) -> list[Address]:
    """The public goods of one part; empty where there are none."""
    return [Address(*row) for row in _rows(PART, [part * size, (part + 1) * size])]


def changes_by_vendor() -> dict[int, datetime]:
    """When the public goods of each vendor last changed."""
    return dict(_rows(CHANGES.format(key="p.vendor_id", more=""), []))


def changes_by_category() -> dict[int, datetime]:
    """When the public goods of each category and of those below it last changed."""
    more = "CROSS JOIN unnest(e.category_ids) AS above (id)"
    return dict(_rows(CHANGES.format(key="above.id", more=more), []))


def newest(
    *, category_id: int | None = None, vendor_id: int | None = None, limit: int
) -> list[tuple[Card, datetime]]:
    """The goods listed last, newest first: all, or those of a category or vendor (one query)."""
    where, params = "true", []
    if category_id is not None:
        where, params = "category_ids @> ARRAY[%s]::int[]", [category_id]
    elif vendor_id is not None:
        where, params = "vendor_id = %s", [vendor_id]
    rows = _rows(NEWEST.format(where=where), [*params, limit])
    return [(Card(pk, version, json.loads(card)), at) for pk, version, card, at in rows]


def all_goods() -> Iterator[Good]:
    """Every public product in the order of its key, `STEP` at a time."""
    last = 0
    while rows := _rows(GOODS, [last, STEP]):
        for row in rows:
            packs = tuple(Pack(**pack) for pack in _unpacked(row[-1]))
            yield Good(*(*row[:10], tuple(row[10]), packs))
        last = rows[-1][0]


def _unpacked(packs: Any) -> list[dict[str, Any]]:
    """What the driver gives for a JSON column: text or what is in it, and None for no rows."""
    found: list[dict[str, Any]] = json.loads(packs) if isinstance(packs, str) else packs
    return found or []


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
