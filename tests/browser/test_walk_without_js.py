"""The same walk with JavaScript off: slower in places, and complete."""

import pytest

from marketplace.books import run_checks
from tests.browser.conftest import Meet
from tests.browser.market import Market
from tests.browser.scene import Scene
from tests.browser.test_walk import (
    SELLER,
    becomes_a_seller,
    buys_of_two_vendors,
    cancelled_in_time,
    closes,
    fulfils,
    lists_goods,
    sells_on_shopee_too,
)

pytestmark = pytest.mark.browser


def test_the_walk_without_javascript(
    market: Market, scene: Scene, worker: None, meet: Meet
) -> None:
    seller, staff, guest = meet(js=False), meet(js=False), meet(js=False)
    becomes_a_seller(seller, staff, login=SELLER.email)
    product = lists_goods(seller, staff, guest, scene)
    purchase, elsewhere = buys_of_two_vendors(guest), meet(js=False)
    fulfils(seller, elsewhere, purchase)
    closes(elsewhere, purchase)
    sells_on_shopee_too(market, seller, guest, product)
    cancelled_in_time(guest, product)
    assert [person.troubles for person in (seller, staff, guest)] == [[], [], []]
    assert run_checks() == []
