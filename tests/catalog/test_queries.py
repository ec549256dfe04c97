"""What people type, and what must stand on top: `queries.toml`, asked of the whole demo market."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from catalog.models import Category, SearchEntry, Variant
from catalog.selectors.lists import list_products
from catalog.selectors.types import ListQuery
from core import versions
from marketplace.seeding.market import Size
from tests.marketplace.seeded import make_small_market
from vietnam.places import find_ward
from vietnam.text import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_market")]

FIRST = 3
_FILE = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
QUERIES: dict[str, dict[str, Any]] = {
    f"{group}: {query['typed']}": query
    for group, content in _FILE.items()
    for query in content["queries"]
}


@pytest.fixture(scope="module")
def _market(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_small_market(Size(orders=200))
        versions.bump_now()
        yield
        transaction.set_rollback(True)


def test_there_are_at_least_two_hundred_of_them() -> None:
    assert len({query["typed"] for query in QUERIES.values()}) >= 200


@pytest.mark.parametrize("asked", QUERIES)
def test_what_people_type_finds_what_they_mean(asked: str) -> None:
    query = QUERIES[asked]
    page = list_products(ListQuery(text=query["typed"]))
    if "total" in query:
        assert (0 if page.is_partial else page.total) == query["total"]
        return
    first = [card.product_id for card in page.cards[: query.get("first", FIRST)]]
    assert len(first) == query.get("first", FIRST)
    assert [misfit for pk in first if (misfit := _misfit(pk, query))] == []
    assert query.get("mended", page.corrected) == page.corrected


def _misfit(pk: int, query: dict[str, Any]) -> str:
    """The product's name if something that is named doesn't fit it."""
    entry = SearchEntry.objects.select_related("product__vendor").get(pk=pk)
    product = entry.product
    ward = find_ward(entry.ward_code)
    kinds = Category.objects.filter(pk__in=entry.category_ids).values_list("slug", flat=True)
    skus = Variant.objects.filter(product=product).values_list("sku", flat=True)
    fits = [
        query.get("category") in (None, *kinds),
        query.get("grade") in (None, entry.grade),
        query.get("badge") in (None, *entry.badges),
        query.get("ward") in (None, ward.name if ward else ""),
        _stands_in(query.get("name", ""), product.name_vi),
        _stands_in(query.get("vendor", ""), product.vendor.name),
        query.get("sku") in (None, *skus),
    ]
    return "" if all(fits) else f"{product.name_vi} ({product.vendor.name})"


def _stands_in(words: str, text: str) -> bool:
    return not words or f" {fold(words)} " in f" {fold(text)} "
