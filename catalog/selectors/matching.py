"""Which entries a list asks for, as SQL conditions over `catalog_searchentry`."""

from dataclasses import dataclass

from catalog import prices
from catalog.ranking import Search
from catalog.selectors.tree import trail
from catalog.selectors.types import ListQuery

Param = int | str | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL with its parameters; only parameters hold what came from outside."""

    sql: str
    params: tuple[Param, ...] = ()


ALWAYS = Condition("TRUE")
INDEXED_DEPTH = 2  # as the indexes of SearchEntry
FACETS = ("category", "stock", "price", "grade", "ocop", "badge", "ward", "kind")
OCOP = "ocop-"


def joined(conditions: list[Condition]) -> Condition:
    """All of them."""
    kept = [condition for condition in conditions if condition != ALWAYS]
    if not kept:
        return ALWAYS
    params = tuple(param for condition in kept for param in condition.params)
    return Condition(" AND ".join(condition.sql for condition in kept), params)


def scope(query: ListQuery, text: Search | None) -> list[Condition]:
    """What narrows everything, the facets' counts too: words, vendor, a price that was typed."""
    found: list[Condition] = []
    if text is not None:
        found.append(matches(text.anywhere))
    if query.vendor_id is not None:
        found.append(Condition("vendor_id = %s", (query.vendor_id,)))
    if query.price_min is not None:
        found.append(Condition("price_vnd >= %s", (query.price_min,)))
    if query.price_max is not None:
        found.append(Condition("price_vnd <= %s", (query.price_max,)))
    return found


def matches(tsquery: str) -> Condition:
    return Condition("words @@ %s::tsquery", (tsquery,))


def facet_conditions(query: ListQuery) -> dict[str, Condition]:
    """What each facet's own selection asks for."""
    stars = tuple(badge for badge in query.badges if badge.startswith(OCOP))
    papers = tuple(badge for badge in query.badges if not badge.startswith(OCOP))
    bands = [prices.band(step) for step in query.price_steps]
    return {
        "category": in_category(query.category_id),
        "stock": Condition("in_stock") if query.in_stock else ALWAYS,
        "price": Condition(f"{prices.BAND_SQL} = ANY(%s)", (bands,)) if bands else ALWAYS,
        "grade": _any_of("grade = ANY(%s)", query.grades),
        "ocop": _any_of("badges && %s::varchar[]", stars),
        "badge": _any_of("badges && %s::varchar[]", papers),
        "ward": _any_of("ward_code = ANY(%s)", query.wards),
        "kind": _any_of("vendor_kind = ANY(%s)", query.vendor_kinds),
    }


def in_category(category_id: int | None) -> Condition:
    """The subtree of a category. Near the root an index of its own gives it in each order."""
    if category_id is None:
        return ALWAYS
    depth = len(trail(category_id))
    if 1 <= depth <= INDEXED_DEPTH:
        return Condition(f"category_ids[{depth}] = %s", (category_id,))
    return Condition("category_ids @> ARRAY[%s]::int[]", (category_id,))


def _any_of(sql: str, values: tuple[str, ...]) -> Condition:
    return Condition(sql, (list(values),)) if values else ALWAYS
