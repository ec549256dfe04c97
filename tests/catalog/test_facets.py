"""The number beside each choice is what a click on it gives, whatever else is chosen."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from catalog import prices
from catalog.models import FacetCount, SearchEntry
from catalog.selectors.lists import list_products
from catalog.selectors.matching import FACETS
from catalog.selectors.tree import category_tree, find_category
from catalog.selectors.types import CategoryNode, Facet, ListQuery, Option
from core import versions
from marketplace.books import run_checks
from tests.marketplace.seeded import make_small_market
from vendors.models import Vendor

TEXTS = ("", "", "", "hạt điều", "tiêu", "bù đăng", "hữu cơ", "cashew", "mật ong", "w320")
FIELDS = {"price": "price_steps", "grade": "grades", "ward": "wards", "kind": "vendor_kinds"}


@pytest.fixture(scope="module")
def _market(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        make_small_market()
        versions.bump_now()
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_market")]


def flat(nodes: tuple[CategoryNode, ...]) -> list[CategoryNode]:
    return [found for node in nodes for found in (node, *flat(node.children))]


def clicked(query: ListQuery, facet: Facet, option: Option) -> ListQuery:
    """The list with this one choice of the facet, all others as they were."""
    if facet.name == "category":
        node = find_category(option.value)
        return replace(query, category_id=node.id if node else None)
    if facet.name == "stock":
        return replace(query, in_stock=True)
    if facet.name in ("ocop", "badge"):
        is_ocop = facet.name == "ocop"
        others = [badge for badge in query.badges if badge.startswith("ocop-") != is_ocop]
        return replace(query, badges=(*others, option.value))
    changes: dict[str, Any] = {FIELDS[facet.name]: (option.value,)}
    return replace(query, **changes)


def some_query(dice: random.Random) -> ListQuery:
    entries = list(SearchEntry.objects.order_by("pk").values())
    entry, other = dice.choice(entries), dice.choice(entries)

    def maybe(*values: str) -> tuple[str, ...]:
        return tuple(sorted({value for value in values if value})) if dice.random() < 0.35 else ()

    return ListQuery(
        category_id=dice.choice([None, None, *(node.id for node in flat(category_tree()))]),
        vendor_id=dice.choice([None, None, None, entry["vendor_id"]]),
        text=dice.choice(TEXTS),
        grades=maybe(entry["grade"], other["grade"]),
        badges=maybe(*entry["badges"], *other["badges"]),
        wards=maybe(entry["ward_code"], other["ward_code"]),
        vendor_kinds=maybe(entry["vendor_kind"]),
        price_steps=maybe(prices.step_of(entry["price_vnd"]), prices.step_of(other["price_vnd"])),
        price_min=dice.choice([None, None, None, 60_000]),
        in_stock=dice.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(24))
def test_a_number_is_what_a_click_on_it_gives(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 the same choices each time
    query = some_query(dice)
    page = list_products(query)
    for facet in page.facets:
        assert facet.name in FACETS
        for option in dice.sample(facet.options, min(3, len(facet.options))):
            after = list_products(clicked(query, facet, option))
            assert (facet.name, option.value, after.total) == (
                facet.name,
                option.value,
                option.count,
            )


def test_price_steps_split_the_list_without_gaps() -> None:
    page = list_products(ListQuery())
    steps = next(facet for facet in page.facets if facet.name == "price").options
    assert [int(option.value) for option in steps] == sorted(int(option.value) for option in steps)
    assert sum(option.count for option in steps) == page.total
    assert [option.label_vi for option in steps][:2] == [
        "Dưới 50.000\xa0₫",
        "50.000\xa0₫ – 100.000\xa0₫",
    ]


def test_stars_and_other_papers_are_two_questions() -> None:
    page = list_products(ListQuery())
    names = {facet.name: [option.value for option in facet.options] for facet in page.facets}
    assert all(value.startswith("ocop-") for value in names["ocop"])
    assert not any(value.startswith("ocop-") for value in names["badge"])
    both = list_products(ListQuery(badges=("haccp", "ocop-4")))
    entries = SearchEntry.objects.filter(badges__contains=["haccp", "ocop-4"])
    assert both.total == entries.count()


def test_numbers_that_are_kept_follow_price_and_stock() -> None:
    assert run_checks() == []
    kept = dict(
        FacetCount.objects.filter(category_id=0, facet="stock").values_list("value", "goods")
    )
    assert kept == {"1": SearchEntry.objects.filter(in_stock=True).count()}


@pytest.mark.parametrize(
    ("price", "step"),
    [(500, "0"), (49_999, "0"), (50_000, "50000"), (999_999, "500000"), (9_000_000, "5000000")],
)
def test_each_price_has_one_step(price: int, step: str) -> None:
    assert prices.step_of(price) == step
    assert prices.band(step) == prices.STEPS.index(int(step)) + 1


@pytest.mark.parametrize("value", ["", "1", "-1", "50001", "٥", "9" * 30, "abc"])
def test_what_is_no_step_is_left_out(value: str) -> None:
    assert not prices.is_step(value)
    assert prices.band(value) == 0


def test_a_vendor_without_goods_has_an_empty_list() -> None:
    vendor = Vendor.objects.order_by("-pk")[0]
    SearchEntry.objects.filter(vendor_id=vendor.pk).delete()
    assert list_products(ListQuery(vendor_id=vendor.pk, in_stock=True)).cards == ()
