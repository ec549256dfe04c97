"""Totals and facet counts of a list, in one statement.

A facet's own selection doesn't narrow its own counts, so that "what else could I choose" is always
right; everything else does.
"""

from dataclasses import dataclass

from django.db import connection

from catalog import labels, prices
from catalog.ranking import Search
from catalog.selectors.matching import (
    ALWAYS,
    FACETS,
    OCOP,
    Condition,
    facet_conditions,
    in_category,
    joined,
    matches,
    scope,
)
from catalog.selectors.tree import category_tree, count_public, find_category_by_id
from catalog.selectors.types import CategoryNode, Facet, ListQuery, Option
from core.sql import execute_planned_anew

# Each distinct combination once with its number, then small sums over that. `misfits` has a bit for
# each facet whose selection doesn't fit: a facet counts what misfits in nothing but itself.
COUNT = """
WITH matched AS MATERIALIZED (
    SELECT category_ids, in_stock, {band} AS band, grade, badges, ward_code, vendor_kind,
           {misfits} AS misfits, {bucket} AS bucket, count(*) AS goods
    FROM catalog_searchentry WHERE {scope}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
)
SELECT 'total', '', sum(goods) FROM matched WHERE misfits = 0
UNION ALL SELECT 'category', id::text, sum(goods) FROM matched, unnest(category_ids) AS id
WHERE misfits IN (0, {bit[category]}) AND id = ANY(%s) GROUP BY id
UNION ALL SELECT 'stock', '1', sum(goods) FROM matched
WHERE misfits IN (0, {bit[stock]}) AND in_stock HAVING sum(goods) > 0
UNION ALL SELECT 'price', (ARRAY{steps})[band]::text, sum(goods) FROM matched
WHERE misfits IN (0, {bit[price]}) GROUP BY band
UNION ALL SELECT 'grade', grade, sum(goods) FROM matched
WHERE misfits IN (0, {bit[grade]}) AND grade <> '' GROUP BY grade
UNION ALL SELECT 'ocop', badge, sum(goods) FROM matched, unnest(badges) AS badge
WHERE misfits IN (0, {bit[ocop]}) AND starts_with(badge, '{ocop}') GROUP BY badge
UNION ALL SELECT 'badge', badge, sum(goods) FROM matched, unnest(badges) AS badge
WHERE misfits IN (0, {bit[badge]}) AND NOT starts_with(badge, '{ocop}') GROUP BY badge
UNION ALL SELECT 'ward', ward_code, sum(goods) FROM matched
WHERE misfits IN (0, {bit[ward]}) GROUP BY ward_code
UNION ALL SELECT 'kind', vendor_kind, sum(goods) FROM matched
WHERE misfits IN (0, {bit[kind]}) GROUP BY vendor_kind
UNION ALL SELECT 'bucket',
    bucket || CASE WHEN min(category_ids[1]) = max(category_ids[1])
                   THEN ' ' || min(category_ids[1]) ELSE '' END, sum(goods)
FROM matched GROUP BY bucket
"""
BITS = {name: 1 << number for number, name in enumerate(FACETS)}
WHOLE_MARKET = 0
KEPT = """
SELECT facet, value, goods FROM catalog_facetcount
WHERE category_id = %s AND facet <> 'all' AND goods > 0
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What a search found in one bucket and in none before it, whatever is chosen: how many goods,
    and the one kind of goods (top category) that holds them all, if there is one."""

    goods: int
    inside: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many goods a list has, and how many each choice would leave; `buckets` by number, only
    those that hold something."""

    total: int
    buckets: dict[int, Bucket]
    facets: tuple[Facet, ...]


def count(query: ListQuery, text: Search | None) -> Counts:
    """Totals and facets of a list (one query): read where they are kept, else counted."""
    nodes, around = _category_choices(query)
    if text is None and _is_plain(query):
        return _kept(query, nodes)
    fixed = joined([*scope(query, text), around])
    misfits, bucket = _misfits(query), _first_bucket(text)
    sql = COUNT.format(
        scope=fixed.sql,
        bucket=bucket.sql,
        misfits=misfits.sql,
        band=prices.BAND_SQL,
        steps=list(prices.STEPS),
        bit=BITS,
        ocop=OCOP,
    )
    params = [*misfits.params, *bucket.params, *fixed.params, [node.id for node in nodes]]
    with connection.cursor() as cursor:
        execute_planned_anew(cursor, sql, params)
        (_, _, total), *rows = cursor.fetchall()
    found: dict[str, dict[str, int]] = {name: {} for name in ("bucket", *FACETS)}
    for name, value, goods in rows:
        found[name][value] = int(goods)
    return Counts(int(total or 0), _buckets(found["bucket"]), _facets(query, nodes, found))


def _misfits(query: ListQuery) -> Condition:
    """A bit for each facet whose selection an entry doesn't fit."""
    chosen = {name: fit for name, fit in facet_conditions(query).items() if fit != ALWAYS}
    tests = [f"CASE WHEN {fit.sql} THEN 0 ELSE {BITS[name]} END" for name, fit in chosen.items()]
    params = tuple(param for fit in chosen.values() for param in fit.params)
    return Condition(" + ".join(tests) or "0", params)


def _first_bucket(text: Search | None) -> Condition:
    """The number of the first bucket that an entry fits."""
    if text is None or len(text.buckets) == 1:
        return Condition("0")
    tests = [matches(tsquery) for tsquery in text.buckets]
    whens = " ".join(f"WHEN {test.sql} THEN {number}" for number, test in enumerate(tests[:-1]))
    params = tuple(param for test in tests[:-1] for param in test.params)
    return Condition(f"CASE {whens} ELSE {len(tests) - 1} END", params)


def _buckets(found: dict[str, int]) -> dict[int, Bucket]:
    buckets = {}
    for key, goods in found.items():
        number, _space, root = key.partition(" ")
        buckets[int(number)] = Bucket(goods, int(root) if root else None)
    return dict(sorted(buckets.items()))


def _is_plain(query: ListQuery) -> bool:
    """Nothing is chosen but a category."""
    chosen = (query.grades, query.badges, query.wards, query.vendor_kinds, query.price_steps)
    bounds = (query.vendor_id, query.price_min, query.price_max)
    return not any((*chosen, query.in_stock)) and all(bound is None for bound in bounds)


def _kept(query: ListQuery, nodes: tuple[CategoryNode, ...]) -> Counts:
    """What `catalog.services.counts` keeps per category."""
    here = find_category_by_id(query.category_id) if query.category_id is not None else None
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    found["category"] = {str(node.id): node.count for node in nodes}
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [query.category_id or WHOLE_MARKET])
        for name, value, goods in cursor.fetchall():
            is_ocop = name == "badge" and value.startswith(OCOP)
            found["ocop" if is_ocop else name][value] = goods
    total = here.count if here else count_public()
    return Counts(total, {}, _facets(query, nodes, found))


def _category_choices(query: ListQuery) -> tuple[tuple[CategoryNode, ...], Condition]:
    """The categories to choose from (children; a leaf's siblings) and what holds all of them."""
    here = find_category_by_id(query.category_id) if query.category_id is not None else None
    if here is None:
        return category_tree(), ALWAYS
    if here.children:
        return here.children, in_category(here.id)
    parent = find_category_by_id(here.parent_id) if here.parent_id is not None else None
    if parent is None:
        return category_tree(), ALWAYS
    return parent.children, in_category(parent.id)


def _facets(
    query: ListQuery, nodes: tuple[CategoryNode, ...], found: dict[str, dict[str, int]]
) -> tuple[Facet, ...]:
    categories = tuple(
        Option(node.slug, node.name_vi, node.name_en, goods, node.id == query.category_id)
        for node in nodes
        if (goods := found["category"].get(str(node.id), 0)) or node.id == query.category_id
    )
    badges = {badge: labels.badge_label(badge) for badge in [*found["badge"], *query.badges]}
    stars = {badge: labels.badge_label(badge) for badge in [*found["ocop"], *query.badges]}
    wards = {code: labels.ward_label(code) for code in [*found["ward"], *query.wards]}
    facets = [
        Facet("category", categories),
        Facet("stock", _options(found["stock"], ("1",) * query.in_stock, labels.IN_STOCK)),
        Facet("price", _steps(found["price"], query.price_steps)),
        Facet("grade", _options(found["grade"], query.grades, {})),
        Facet("ocop", _options(found["ocop"], _ocop(query.badges, is_ocop=True), stars)),
        Facet("badge", _options(found["badge"], _ocop(query.badges, is_ocop=False), badges)),
        Facet("ward", _options(found["ward"], query.wards, wards)),
        Facet("kind", _options(found["kind"], query.vendor_kinds, labels.VENDOR_KINDS)),
    ]
    return tuple(facet for facet in facets if facet.options)


def _ocop(badges: tuple[str, ...], *, is_ocop: bool) -> tuple[str, ...]:
    return tuple(badge for badge in badges if badge.startswith(OCOP) == is_ocop)


def _steps(goods: dict[str, int], selected: tuple[str, ...]) -> tuple[Option, ...]:
    """Price steps from low to high."""
    names = {step: prices.step_label(step) for step in {*goods, *selected}}
    return tuple(sorted(_options(goods, selected, names), key=lambda option: int(option.value)))


def _options(
    goods: dict[str, int], selected: tuple[str, ...], names: dict[str, tuple[str, str]]
) -> tuple[Option, ...]:
    values = {**dict.fromkeys(selected, 0), **goods}
    options = [
        Option(value, *names.get(value, (value, value)), number, value in selected)
        for value, number in values.items()
    ]
    return tuple(sorted(options, key=lambda option: (-option.count, option.label_vi)))
