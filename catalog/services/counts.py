"""How many goods each choice of a list leaves, kept as rows so that no page counts the market.

Only what a category's page asks for before anything is chosen; combinations are counted from the
entries (`catalog.selectors.facets`).
"""

from collections import Counter
from dataclasses import dataclass

from django.db import connection

from catalog import prices
from catalog.selectors.facets import WHOLE_MARKET
from catalog.services.entries import Entry

Place = tuple[int, str, str]  # category, facet, value

CHANGE = """
INSERT INTO catalog_facetcount AS kept (category_id, facet, value, goods)
SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::int[])
ON CONFLICT (category_id, facet, value) DO UPDATE SET goods = kept.goods + EXCLUDED.goods
"""
LESS = """
UPDATE catalog_facetcount AS kept SET goods = kept.goods - gone.goods
FROM unnest(%s::int[], %s::text[], %s::text[], %s::int[]) AS gone (category_id, facet, value, goods)
WHERE (kept.category_id, kept.facet, kept.value) = (gone.category_id, gone.facet, gone.value)
"""
# Changes of shared rows come one transaction at a time: two orders of them would deadlock.
LOCK = 7_302


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an entry lists are narrowed by; named like the entry's columns."""

    category_ids: list[int]
    grade: str
    badges: list[str]
    ward_code: str
    vendor_kind: str
    price_vnd: int
    in_stock: bool


def places(shown: Shown | Entry) -> frozenset[Place]:
    """Where an entry with these values is counted."""
    values = [
        ("all", ""),
        ("ward", shown.ward_code),
        ("kind", shown.vendor_kind),
        ("price", prices.step_of(shown.price_vnd)),
        *(("badge", one) for one in shown.badges),
    ]
    if shown.grade:
        values.append(("grade", shown.grade))
    if shown.in_stock:
        values.append(("stock", "1"))
    return frozenset(
        (category, facet, value)
        for category in (WHOLE_MARKET, *shown.category_ids)
        for facet, value in values
    )


def change_counts(before: frozenset[Place], after: frozenset[Place]) -> None:
    """Count an entry where it now stands instead of where it stood, in the caller's transaction.

    Takes one advisory lock until its end, only when something changes.
    """
    added, gone = Counter(after - before), Counter(before - after)
    if not added and not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if added:
            cursor.execute(CHANGE, columns(added))
        if gone:
            cursor.execute(LESS, columns(gone))


def columns(counted: Counter[Place]) -> list[list[int] | list[str]]:
    """Categories, facets, values and numbers, each as a list."""
    rows = sorted(counted.items())
    return [
        [place[0] for place, _ in rows],
        [place[1] for place, _ in rows],
        [place[2] for place, _ in rows],
        [number for _, number in rows],
    ]
