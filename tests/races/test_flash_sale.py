"""500 buyers want 100 units through the pages, 64 at any moment; and the twin that oversells."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection

from catalog.models import Stock, Variant
from marketplace.books import run_checks
from orders.models import Hold, Order, Purchase
from tests.races.buyer import Answer, Buyer
from tests.races.conftest import MakeGoods, page_of
from tests.races.serving import THREADS, WORKERS, serving
from tests.races.together import many_at_once

pytestmark = pytest.mark.race
BUYERS, UNITS, CROWD = 500, 100, WORKERS * THREADS
SOLD_OUT = "Sold out for now"
GUARD = "stock_never_oversold"


def ready_buyers(base: str, variant: Variant, count: int) -> list[Buyer]:
    """Each has opened the product, put it into the cart and filled the form."""
    buyers = [Buyer(base, n) for n in range(1, count + 1)]
    page = page_of(variant)

    def prepare(buyer: Buyer) -> None:
        assert buyer.add(page).status == 303
        buyer.fill()

    many_at_once([partial(prepare, buyer) for buyer in buyers], crowd=CROWD)
    return buyers


def place_all(buyers: list[Buyer]) -> list[Answer]:
    return many_at_once([buyer.place for buyer in buyers], crowd=CROWD)


def test_exactly_as_many_are_sold_as_there_are(market: str, make_goods: MakeGoods) -> None:
    variant = make_goods(UNITS)
    answers = place_all(ready_buyers(market, variant, BUYERS))
    bought = [answer for answer in answers if answer.status == 303]
    refused = [answer for answer in answers if answer.status == 409]
    assert len(bought) == Purchase.objects.count() == Order.objects.count() == UNITS
    assert len(refused) == BUYERS - UNITS
    assert all(answer.location == "/en/dat-hang/xong" for answer in bought)
    assert all(SOLD_OUT in answer.text for answer in refused)
    stock = Stock.objects.get(variant=variant)
    assert (stock.on_hand, stock.held, stock.available) == (UNITS, UNITS, 0)


def test_a_doubled_click_buys_once_and_both_answers_lead_to_it(
    market: str, make_goods: MakeGoods
) -> None:
    variant = make_goods(UNITS)
    buyers = ready_buyers(market, variant, BUYERS)
    clicks = [click for buyer in buyers for click in (buyer, buyer.twin())]
    answers = place_all(clicks)
    assert {answer.status for answer in answers} == {303, 409}
    assert Purchase.objects.count() == UNITS
    pairs = list(zip(answers[::2], answers[1::2], strict=True))
    for first, second in pairs:
        assert (first.status, first.location) == (second.status, second.location)
    won = [n for n, (first, _) in enumerate(pairs) if first.status == 303]
    numbers = [(clicks[2 * n].purchase_number(), clicks[2 * n + 1].purchase_number()) for n in won]
    assert all(first == second for first, second in numbers)
    assert {first for first, _ in numbers} == set(Purchase.objects.values_list("number", flat=True))
    assert Stock.objects.get(variant=variant).held == UNITS


@pytest.mark.breaks_books
def test_the_twin_without_protection_oversells(make_goods: MakeGoods) -> None:
    """The same buyers against the unguarded market: were this to pass like the first test, that
    one would prove nothing."""
    units = 40
    variant = make_goods(units)
    with guard_dropped():
        with serving("tests.races.unguarded") as base:
            answers = place_all(ready_buyers(base, variant, units + 2 * CROWD))
        sold = [answer for answer in answers if answer.status == 303]
        stock = Stock.objects.get(variant=variant)
        assert len(sold) == stock.held > units
        assert run_checks() != []


@contextmanager
def guard_dropped() -> Iterator[None]:
    """Without the database's own refusal; it comes back with the oversold rows gone."""
    guard = next(one for one in Stock._meta.constraints if one.name == GUARD)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Stock, guard)
    try:
        yield
    finally:
        Hold.objects.all().delete()
        Stock.objects.update(held=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Stock, guard)
