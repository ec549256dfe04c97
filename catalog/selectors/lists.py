"""List pages: a category, a search, a vendor's goods. They read `SearchEntry` alone."""

import json
from dataclasses import dataclass, replace

from django.db import connection

from catalog.ranking import BUCKETS, Search, TextQuery, loose_query, text_query
from catalog.selectors import spelling
from catalog.selectors.cached import under_version
from catalog.selectors.facets import Bucket, Counts, count
from catalog.selectors.matching import (
    Condition,
    facet_conditions,
    in_category,
    joined,
    matches,
    scope,
)
from catalog.selectors.tree import count_public, find_category_by_id
from catalog.selectors.types import Card, ListPage, ListQuery
from catalog.synonyms import are_goods
from catalog.words import Word, is_amount, query_words
from core.sql import execute_planned_anew

ORDERS = {
    "popular": "popularity DESC, product_id",
    "new": "published_at DESC, product_id",
    "price": "price_vnd, product_id",
    "-price": "price_vnd DESC, product_id DESC",
    "name": "sort_name, product_id",
}
INDEXED_INSIDE = {"popular", "price", "-price"}  # categories have indexes of their own for these
# Many match: walk the index of the order until the page is full.
WALK = (
    "SELECT %s AS bucket, product_id, version, card FROM catalog_searchentry"
    " WHERE {where} ORDER BY {order} LIMIT %s"
)
# Few match: take them all and sort (OFFSET 0 keeps the planner from walking).
FETCH = (
    "SELECT %s AS bucket, product_id, version, card FROM"
    " (SELECT * FROM catalog_searchentry WHERE {where} OFFSET 0) AS matched"
    " ORDER BY {order} LIMIT %s"
)
PAGE = "SELECT product_id, version, card FROM ({parts}) AS page LIMIT %s OFFSET %s"
EXISTS = "SELECT EXISTS (SELECT FROM catalog_searchentry WHERE {where})"
FREQUENT = 3_000  # more are never fetched and sorted
LAST_BUCKET = len(BUCKETS) - 1  # the words stand anywhere
NOTHING = Counts(0, {}, ())
FEW = 5
FAR_MORE = 3


@dataclass(frozen=True, slots=True)
class _Found:
    counts: Counts
    text: Search | None
    corrected: str
    is_partial: bool = False


def list_products(query: ListQuery) -> ListPage:
    """One page of public goods with its total and facets.

    At most 2 queries, whatever the number of rows; 1 when the totals of this query are known for
    the present catalogue version. A search that finds nothing, or a few goods by their small print
    alone, is tried once more with mended words (3 queries more); `corrected` then says which. Where
    no goods have all the words, those with at least half of them in their names are shown (2
    queries more); `is_partial` then says so.
    """
    words = query_words(query.text)
    asked = replace(query, text=" ".join(word.typed for word in words), page=1, sort="popular")
    if query.text.strip() and not words:
        found = _Found(NOTHING, None, "")
    else:
        found = under_version("list", asked, lambda: _find(asked, words))
    total = found.counts.total
    pages = max(1, -(-total // query.per_page))
    return ListPage(
        cards=_cards(query, found),
        total=total,
        page=query.page,
        pages=pages,
        facets=found.counts.facets,
        corrected=found.corrected,
        is_partial=found.is_partial,
    )


def _find(query: ListQuery, words: list[Word]) -> _Found:
    text = text_query(words)
    counts = count(query, text)
    if text is None or (counts.total and not _is_weak(counts, words)):
        return _Found(counts, text, "")
    is_well_spelled = not counts.total and are_goods(words)
    found = None if is_well_spelled else _mended(query, words, counts)
    if found is None and not counts.total:
        found = _loosened(query, words)
    return found or _Found(counts, text, "")


def _mended(query: ListQuery, words: list[Word], counts: Counts) -> _Found | None:
    """What the words mean without their typing errors, if that finds far more."""
    mended = spelling.correct(words)
    if mended is None:
        return None
    better = text_query(mended)
    retried = count(query, better)
    if retried.total <= counts.total * FAR_MORE:
        return None
    return _Found(retried, better, " ".join(word.typed for word in mended))


def _loosened(query: ListQuery, words: list[Word]) -> _Found | None:
    """Goods with a part of the words, if no goods of this place have all of them: what a filter
    or a price took away must come back by taking that off again, not by other goods."""
    text, loose = text_query(words), loose_query(words)
    if text is None or loose is None or _stand_together(query, text):
        return None
    counts = count(query, loose)
    return _Found(counts, loose, "", is_partial=True) if counts.buckets else None


def _stand_together(query: ListQuery, text: TextQuery) -> bool:
    place = ListQuery(vendor_id=query.vendor_id)
    where = joined(scope(place, text))
    with connection.cursor() as cursor:
        cursor.execute(EXISTS.format(where=where.sql), where.params)
        return bool(cursor.fetchone()[0])


def _is_weak(counts: Counts, words: list[Word]) -> bool:
    """A few goods that have the words in their small print, none in its name: "hạt điều múi"."""
    in_name = [number for number in counts.buckets if number < LAST_BUCKET]
    has_amounts = any(is_amount(words, i) for i in range(len(words)))
    return counts.total < FEW and not in_name and len(words) > 1 and not has_amounts


def _cards(query: ListQuery, found: _Found) -> tuple[Card, ...]:
    """The cards of the page (one query; none when the page is empty).

    The buckets follow one another in a union, which reads the next one only while the page isn't
    full: one process, so their order is kept (parallel workers are off, see settings).
    """
    skip, take = (query.page - 1) * query.per_page, query.per_page
    if skip >= found.counts.total:
        return ()
    parts = [_select(query, number, part) for number, part in enumerate(_parts(query, found))]
    sql = PAGE.format(parts=" UNION ALL ".join(f"({part.sql})" for part in parts))
    params = [param for part in parts for param in part.params]
    with connection.cursor() as cursor:
        execute_planned_anew(cursor, sql, (*params, take, skip))
        rows = cursor.fetchall()
    return tuple(Card(product_id, version, json.loads(card)) for product_id, version, card in rows)


@dataclass(frozen=True, slots=True)
class _Part:
    """One bucket of a list: what it asks for, and what was counted in it."""

    asks: list[Condition]
    bucket: Bucket


def _parts(query: ListQuery, found: _Found) -> list[_Part]:
    """The buckets that hold something; one without a search, or in another order."""
    total, text, buckets = found.counts.total, found.text, found.counts.buckets
    if text is None:
        return [_Part([], Bucket(total, None))]
    tests = [matches(tsquery) for tsquery in text.buckets]
    if query.sort != "popular":
        kinds = {bucket.inside for bucket in buckets.values()}
        return [_Part(tests[-1:], Bucket(total, kinds.pop() if len(kinds) == 1 else None))]
    return [
        _Part([tests[number], *(_not(better) for better in tests[:number][-1:])], bucket)
        for number, bucket in buckets.items()
    ]


def _not(condition: Condition) -> Condition:
    return Condition(f"NOT {condition.sql}", condition.params)


def _select(query: ListQuery, number: int, part: _Part) -> Condition:
    """The best of a bucket. Walking reads about `read` · all / goods entries, fetching `goods`."""
    read, goods = query.page * query.per_page, part.bucket.goods
    inside = part.bucket.inside if query.category_id is None else None
    chosen = [*scope(query, None), *facet_conditions(query).values(), in_category(inside)]
    where = joined([*part.asks, *chosen])
    is_few = goods < FREQUENT and goods * goods <= read * _walked(query, inside)
    sql = (FETCH if is_few else WALK).format(where=where.sql, order=ORDERS[query.sort])
    return Condition(sql, (number, *where.params, read))


def _walked(query: ListQuery, inside: int | None) -> int:
    """How many entries the walk's index holds: those of the category, or all."""
    place = query.category_id or inside
    node = find_category_by_id(place) if place and query.sort in INDEXED_INSIDE else None
    return node.count if node else count_public()
