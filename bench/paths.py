"""Which pages are measured: `python -m bench.paths` prints them as JSON, from the seeded market.

The goods that are bought get enough units first (a correction of stock, as a vendor makes it).
"""

import json
import os
import sys
from typing import Any
from urllib.parse import quote

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup()

from django.db import connection  # noqa: E402

from catalog.models import Variant  # noqa: E402
from catalog.selectors.lists import list_products  # noqa: E402
from catalog.selectors.tree import category_tree  # noqa: E402
from catalog.selectors.types import CategoryNode, ListQuery  # noqa: E402
from catalog.services.stock import set_on_hand  # noqa: E402
from vietnam.text import fold  # noqa: E402
from web.buyers.lists import PARAMS  # noqa: E402

CARDS, UNITS, TICKED, ROUNDS = 24, 100_000, 3, 4
PRODUCTS, BOUGHT, PAGES = 100, 40, 3
WORDS = ("hạt điều", "hồ tiêu", "cà phê", "mật ong", "sầu riêng", "cao su", "nghệ", "mít sấy", "bơ")
NOBODY_SELLS = "xylophone"
WANTED_SHARE = 0.08
NAMES = """
SELECT word, count(*) FROM catalog_product, LATERAL (
    SELECT DISTINCT unnest(regexp_split_to_array(lower(name_vi), '\\s+')) AS word) AS words
WHERE state = 'live' GROUP BY word HAVING length(word) > 2
ORDER BY abs(count(*) - %s), word LIMIT 1
"""
GOODS = """
SELECT DISTINCT ON (product.vendor_id) variant.id, '/san-pham/' || product.slug || '-' || product.id
FROM catalog_variant variant JOIN catalog_product product ON product.id = variant.product_id
JOIN catalog_searchentry entry ON entry.product_id = product.id
WHERE variant.archived_at IS NULL ORDER BY product.vendor_id, product.id, variant.position LIMIT %s
"""


def main() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '/san-pham/' || slug || '-' || product.id FROM catalog_product product"
            " JOIN catalog_searchentry entry ON entry.product_id = product.id"
            " ORDER BY md5(product.id::text) LIMIT %s",
            [PRODUCTS],
        )
        products = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM catalog_searchentry")
        total = cursor.fetchone()[0]
        cursor.execute(NAMES, [round(total * WANTED_SHARE)])
        word, in_names = cursor.fetchone()
        cursor.execute(GOODS, [BOUGHT])
        bought = cursor.fetchall()
    restock([pk for pk, _ in bought])
    told: dict[str, Any] = {
        "total": total,
        "home": ["/"],
        "category": categories(),
        "product": products,
        "search": searches(),
        "word": new_searches(word),
        "word_is": f"{word} ({in_names / total:.1%})",
        "nobody": new_searches(NOBODY_SELLS),
        "typed": typed(),
        "narrowed": narrowed(),
        "bought": bought,
    }
    sys.stdout.write(json.dumps(told))
    return 0


def restock(variants: list[int]) -> None:
    for variant in Variant.objects.filter(pk__in=variants):
        set_on_hand(variant=variant, on_hand=UNITS, actor_id=None, note="bench")


def categories() -> list[str]:
    """Pages of categories that are full (24 cards) and have facets."""
    found = []
    for node in flat(category_tree()):
        for page in range(1, min(PAGES, node.count // CARDS) + 1):
            found.append(f"/nganh/{node.slug}/" + (f"?trang={page}" if page > 1 else ""))
    return found


def flat(nodes: tuple[CategoryNode, ...]) -> list[CategoryNode]:
    return [found for node in nodes for found in (node, *flat(node.children))]


def new_searches(word: str) -> list[str]:
    """Searches that nobody made before: each asks for another lowest price, below all prices."""
    return [f"/tim?q={quote(word)}&tu={price}" for price in range(1, 1_000)]


def typed() -> list[str]:
    """Suggestions for every beginning of what people type."""
    halves = [word[:size] for word in WORDS for size in range(2, len(word) + 1)]
    return [f"/fragment/goi-y?q={quote(half)}" for half in halves]


def narrowed() -> list[str]:
    """A value of a facet ticked, in searches and in kinds of goods; each is new (see
    `new_searches`), so that totals and all facets are counted for it."""
    starts = [(f"/tim?q={quote(word)}", ListQuery(text=word)) for word in WORDS]
    starts += [
        (f"/nganh/{node.slug}/?", ListQuery(category_id=node.id))
        for node in flat(category_tree())
        if node.count
    ]
    found = [
        f"{start}&{PARAMS[facet.name]}={quote(option.value)}"
        for start, query in starts
        for facet in list_products(query).facets
        if facet.name in PARAMS  # all but the kind of goods, which is an address of its own
        for option in facet.options[:TICKED]
    ]
    return [f"{path}&tu={number}" for number, path in enumerate(found * ROUNDS, start=1)]


def searches() -> list[str]:
    """Words as people type them (with and without accents), and their next pages."""
    found = []
    for word in (*WORDS, *(fold(word) for word in WORDS)):
        pages = list_products(ListQuery(text=word, per_page=CARDS)).pages
        for page in range(1, min(PAGES, pages) + 1):
            found.append(f"/tim?q={quote(word)}" + (f"&trang={page}" if page > 1 else ""))
    return found


if __name__ == "__main__":
    sys.exit(main())
