"""The search entries and words of the whole demo, at once."""

import json
from collections import Counter

from django.db import connection

from catalog.models import FacetCount, SearchEntry, SearchTerm
from catalog.services.counts import Place, places
from catalog.services.entries import CategorySource, Entry, EntrySource, UnitSource, make_entry
from catalog.services.indexing import term_keys
from marketplace.seeding.album import Album
from marketplace.seeding.sheets import copy_rows
from marketplace.seeding.shelf import Item

CHUNK = 5_000
ENTRY_COLUMNS = (
    "product_id", "vendor_id", "version", "recipe", "words", "category_ids", "ward_code",
    "vendor_kind", "grade", "badges", "price_vnd", "in_stock", "popularity", "published_at",
    "sort_name", "card",
)  # fmt: skip
FIGURES = """
CREATE TEMPORARY TABLE figures (id bigint, sold int, stars int, reviews int)
"""
TAKE_FIGURES = """
UPDATE catalog_product AS product SET sold_count = figures.sold, rating_sum = figures.stars,
    rating_count = figures.reviews
FROM figures WHERE figures.id = product.id
"""


def write_figures(items: list[Item]) -> None:
    """What was sold and how it was liked."""
    rows = [
        (item.id, item.sold, item.rating_sum, item.rating_count)
        for item in items
        if item.sold or item.rating_count
    ]
    with connection.cursor() as cursor:
        cursor.execute(FIGURES)
        copy_rows("figures", ("id", "sold", "stars", "reviews"), rows)
        cursor.execute(TAKE_FIGURES)
        cursor.execute("DROP TABLE figures")


def write_entries(items: list[Item], categories: dict[str, CategorySource], album: Album) -> None:
    """One entry per product and one row per word."""
    uses: Counter[str] = Counter()
    counted: Counter[Place] = Counter()
    display: dict[str, str] = {}
    for start in range(0, len(items), CHUNK):
        entries = [
            make_entry(_source(item, categories[item.good.category], album))
            for item in items[start : start + CHUNK]
        ]
        for entry in entries:
            uses.update(entry.terms.keys())
            counted.update(places(entry))
            display.update((word, typed) for word, typed in entry.terms.items() if typed)
        table = SearchEntry._meta.db_table
        copy_rows(table, ENTRY_COLUMNS, [_row(entry) for entry in entries])
    rows = [(word, display.get(word, ""), number, term_keys(word)) for word, number in uses.items()]
    copy_rows(SearchTerm._meta.db_table, ("word", "display", "uses", "keys"), sorted(rows))
    numbers = [(*place, goods) for place, goods in sorted(counted.items())]
    copy_rows(FacetCount._meta.db_table, ("category_id", "facet", "value", "goods"), numbers)


def _source(item: Item, category: CategorySource, album: Album) -> EntrySource:
    return EntrySource(
        product_id=item.id,
        version=item.version,
        name_vi=item.name[0],
        name_en=item.name[1],
        summary_vi=item.summary[0],
        summary_en=item.summary[1],
        slug=item.slug,
        grade=item.grade.code,
        published_at=item.published_at,
        rating_sum=item.rating_sum,
        rating_count=item.rating_count,
        sold_count=item.sold,
        picture=album.token(item),
        badges=item.badges,
        units=tuple(
            UnitSource(unit.vi, unit.en, unit.sku, unit.grams, unit.price, unit.left)
            for unit in item.units
        ),
        vendor=item.seller.source,
        category=category,
    )


def _row(entry: Entry) -> tuple[object, ...]:
    values = (getattr(entry, column) for column in ENTRY_COLUMNS[:-1])
    return (*values, json.dumps(entry.card, ensure_ascii=False))
