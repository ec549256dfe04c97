"""Carts that want the same goods of three vendors in crossed order: nobody waits for ever."""

import itertools
from functools import partial

import pytest
from django.db import connection

from catalog.models import Stock, Variant
from orders.models import Hold, Purchase
from tests.races.buyer import Answer, Buyer
from tests.races.conftest import MakeGoods, page_of
from tests.races.serving import THREADS, WORKERS
from tests.races.together import many_at_once

pytestmark = pytest.mark.race
BUYERS, UNITS = 150, 40


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def test_crossed_carts_neither_lock_up_nor_buy_by_halves(
    market: str, make_goods: MakeGoods
) -> None:
    goods = [make_goods(UNITS) for _ in range(3)]
    ways = itertools.cycle(itertools.permutations(goods, 2))
    wishes = [(Buyer(market, n), next(ways)) for n in range(1, BUYERS + 1)]
    crowd = WORKERS * THREADS

    def fill_cart(buyer: Buyer, wish: tuple[Variant, ...]) -> None:
        for variant in wish:
            assert buyer.add(page_of(variant)).status == 303
        buyer.fill()

    many_at_once([partial(fill_cart, *wish) for wish in wishes], crowd=crowd)
    before = deadlocks()
    answers: list[Answer] = many_at_once([buyer.place for buyer, _ in wishes], crowd=crowd)
    assert {answer.status for answer in answers} == {303, 409}
    assert deadlocks() == before
    bought = Purchase.objects.count()
    assert bought == sum(answer.status == 303 for answer in answers)
    assert all(purchase.orders.count() == 2 for purchase in Purchase.objects.all())
    assert Hold.objects.count() == sum(Stock.objects.values_list("held", flat=True)) == 2 * bought
    # 50 wanted each pair of goods and 40 could have it: of every pair one is sold out.
    left = sorted(stock.available for stock in Stock.objects.all())
    assert left[:2] == [0, 0]
