"""List pages: a category, a search, a vendor's goods. They read `SearchEntry` alone."""

import json
from dataclasses import dataclass, replace

from django.db import connection

from catalog.ranking import TextQuery, text_query
from catalog.selectors import spelling
from catalog.selectors.cached import under_version
from catalog.selectors.facets import Counts, count
from catalog.selectors.matching import Condition, facet_conditions, joined, matches, scope
from catalog.selectors.tree import count_public
from catalog.selectors.types import Card, ListPage, ListQuery
from catalog.words import Word, query_words

ORDERS = {
    "popular": "popularity DESC, product_id",
    "new": "published_at DESC, product_id",
    "price": "price_vnd, product_id",
    "-price": "price_vnd DESC, product_id DESC",
    "name": "sort_name, product_id",
}
# Walk the index of the order until the page is full …
WALK = (
    "SELECT %s AS bucket, product_id, version, card FROM catalog_searchentry"
    " WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
)
# … or take all matches and sort them (OFFSET 0 keeps the planner from walking after all).
FETCH = (
    "SELECT %s AS bucket, product_id, version, card FROM"
    " (SELECT * FROM catalog_searchentry WHERE {where} OFFSET 0) AS matched"
    " ORDER BY {order} LIMIT %s OFFSET %s"
)
NOTHING = Counts(0, (), ())


@dataclass(frozen=True, slots=True)
class _Found:
    counts: Counts
    text: TextQuery | None
    corrected: str


def list_products(query: ListQuery) -> ListPage:
    """One page of public goods with its total and facets.

    At most 4 queries, whatever the number of rows; 1 when the totals of this query are known for
    the present catalogue version. A search that finds nothing is tried once more with mended words;
    `corrected` then says which.
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
    )


def _find(query: ListQuery, words: list[Word]) -> _Found:
    text = text_query(words)
    counts = count(query, text)
    if counts.total or text is None:
        return _Found(counts, text, "")
    mended = spelling.correct(words)
    if mended is None:
        return _Found(counts, text, "")
    better = text_query(mended)
    retried = count(query, better)
    if not retried.total:
        return _Found(counts, text, "")
    return _Found(retried, better, " ".join(word.typed for word in mended))


def _cards(query: ListQuery, found: _Found) -> tuple[Card, ...]:
    """The cards of the page (one query; none when the page is empty)."""
    parts = _parts(query, found)
    if not parts:
        return ()
    sql = " UNION ALL ".join(f"({part.sql})" for part in parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for part in parts for param in part.params])
        rows = cursor.fetchall()
    # A union promises no order between its parts; inside a part the rows are in order.
    rows.sort(key=lambda row: row[0])
    return tuple(
        Card(product_id, version, json.loads(card)) for _, product_id, version, card in rows
    )


def _parts(query: ListQuery, found: _Found) -> list[Condition]:
    """The page cut along the buckets: how many to skip and take in each is known beforehand."""
    narrowed = list(facet_conditions(query).values())
    skip, want = (query.page - 1) * query.per_page, query.per_page
    buckets = _buckets(query, found)
    parts: list[Condition] = []
    for conditions, goods in buckets:
        take = min(want, goods - skip)
        if take > 0:
            where = joined([*conditions, *scope(query, None), *narrowed])
            sql = _sql(where.sql, query.sort, skip + take, goods)
            parts.append(Condition(sql, (len(parts), *where.params, take, skip)))
            want -= take
        skip = max(0, skip - goods)
    return parts


def _buckets(query: ListQuery, found: _Found) -> list[tuple[list[Condition], int]]:
    text, counts = found.text, found.counts
    if text is None:
        return [([], counts.total)]
    if query.sort != "popular":
        return [([matches(text.anywhere)], counts.total)]
    tests = [matches(tsquery) for tsquery in text.buckets]
    return [
        ([test, *(_not(better) for better in tests[:number][-1:])], goods)
        for number, (test, goods) in enumerate(zip(tests, counts.buckets, strict=True))
    ]


def _not(condition: Condition) -> Condition:
    return Condition(f"NOT {condition.sql}", condition.params)


def _sql(where: str, sort: str, read: int, goods: int) -> str:
    """Walking reads about `read` · all / goods entries, fetching reads `goods` of them."""
    is_frequent = goods * goods > read * count_public()
    return (WALK if is_frequent else FETCH).format(where=where, order=ORDERS[sort])
