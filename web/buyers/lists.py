"""From an address to a ListQuery and back: every parameter is checked and bounded here."""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.prices import is_step
from catalog.selectors.types import SORTS, ListPage, ListQuery
from core.digits import parse_digits
from core.money import MAX_PRICE_VND
from vietnam.money import InvalidAmount, parse_vnd
from vietnam.text import nfc

LONGEST_TEXT = 100
MOST_VALUES = 20
LAST_PAGE = 5_000

# Facet -> parameter of the address; the same in both languages.
PARAMS = {
    "stock": "con",
    "price": "gia",
    "grade": "hang",
    "ocop": "giay",
    "badge": "giay",
    "ward": "xa",
    "kind": "loai",
}
_FIELDS = {
    "price": "price_steps",
    "grade": "grades",
    "badge": "badges",
    "ward": "wards",
    "kind": "vendor_kinds",
}
SORT_PARAM, PAGE_PARAM, TEXT_PARAM = "xep", "trang", "q"
LOW_PARAM, HIGH_PARAM, CATEGORY_PARAM = "tu", "den", "nganh"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


Choice = tuple[str, str, str]  # facet, value, its words


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands: its path, and what the path itself already says."""

    path: str
    category_id: int | None = None
    vendor_id: int | None = None
    category_slug: str = ""  # only on the search page, where the category is a parameter


def read_text(raw: str) -> str:
    """What was searched for: NFC, one line, at most 100 characters."""
    return " ".join(_CONTROL.sub(" ", nfc(raw[: LONGEST_TEXT * 4])).split())[:LONGEST_TEXT]


def read_query(params: QueryDict, place: Place) -> ListQuery:
    """The list that an address asks for; what makes no sense is left out."""
    low, high = _amount(params.get(LOW_PARAM, "")), _amount(params.get(HIGH_PARAM, ""))
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = params.get(SORT_PARAM, "")
    return ListQuery(
        category_id=place.category_id,
        vendor_id=place.vendor_id,
        text=read_text(params.get(TEXT_PARAM, "")),
        grades=_values(params, "grade"),
        badges=_values(params, "badge"),
        wards=_values(params, "ward"),
        vendor_kinds=_values(params, "kind"),
        price_steps=tuple(sorted(filter(is_step, _values(params, "price")), key=int)),
        price_min=low,
        price_max=high,
        in_stock=params.get(PARAMS["stock"]) == "1",
        sort=sort if sort in SORTS else "popular",
        page=read_page(params),
    )


def read_page(params: QueryDict) -> int:
    return min(parse_digits(params.get(PAGE_PARAM, "")) or 1, LAST_PAGE)


def is_narrowed(query: ListQuery) -> bool:
    """Whether a facet, a price or stock narrows the list."""
    chosen = [getattr(query, field) for field in _FIELDS.values()]
    prices = (query.price_min, query.price_max)
    return any(chosen) or query.in_stock or prices != (None, None)


def address(query: ListQuery, place: Place, *, page: int = 1) -> str:
    """The address (without language prefix) of this list, in one normal form."""
    pairs: list[tuple[str, object]] = [
        (TEXT_PARAM, query.text),
        (CATEGORY_PARAM, place.category_slug),
        *(
            (PARAMS[facet], one)
            for facet, field in _FIELDS.items()
            for one in getattr(query, field)
        ),
        (LOW_PARAM, query.price_min),
        (HIGH_PARAM, query.price_max),
        (PARAMS["stock"], 1 if query.in_stock else None),
        (SORT_PARAM, "" if query.sort == "popular" else query.sort),
        (PAGE_PARAM, page if page > 1 else None),
    ]
    said = [(name, value) for name, value in pairs if value is not None and value != ""]
    return f"{place.path}?{urlencode(said)}" if said else place.path


def without(query: ListQuery, facet: str, value: str) -> ListQuery:
    """The list with one choice taken back."""
    if facet == "bounds":
        return replace(query, price_min=None, price_max=None)
    if facet == "stock":
        return replace(query, in_stock=False)
    field = _FIELDS["badge" if facet == "ocop" else facet]
    kept = tuple(one for one in getattr(query, field) if one != value)
    changes: dict[str, Any] = {field: kept}
    return replace(query, **changes)


def bare(query: ListQuery) -> ListQuery:
    """The list without any narrowing."""
    return ListQuery(category_id=query.category_id, vendor_id=query.vendor_id, text=query.text)


def is_beyond(found: ListPage) -> bool:
    """Whether the address asks for a page behind the last one."""
    return found.page > found.pages


def _values(params: QueryDict, facet: str) -> tuple[str, ...]:
    raw = params.getlist(PARAMS[facet])[:MOST_VALUES]
    clean = {_CONTROL.sub("", nfc(value))[:40] for value in raw}
    return tuple(sorted(value for value in clean if value))


def _amount(raw: str) -> int | None:
    try:
        amount = parse_vnd(raw) if raw.strip() else None
    except InvalidAmount:
        return None
    return amount if amount is not None and amount <= MAX_PRICE_VND else None
