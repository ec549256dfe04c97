"""A second tab changes the cart while the first one's purchase is on its way."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Stock, Variant
from orders.models import CartLine, OrderLine
from orders.services import place
from orders.services.cart import add_line, set_quantity
from tests.making import make_cart, make_placement
from tests.races.conftest import MakeGoods
from tests.races.together import all_at_once

pytestmark = pytest.mark.race
Change = Callable[..., None]
AS_IT_WAS = "DELETE FROM orders_cartline WHERE cart_id = %(cart)s AND NOT set_aside"
PATIENCE = 20


def change_while_placing(variant: Variant, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two units are on their way to an order, their line read, when the other tab writes."""
    cart = make_cart({variant: 2})
    placement = make_placement(cart)
    is_on_its_way, is_changed = threading.Event(), threading.Event()
    hold = place._hold_stock

    def hold_and_wait(*given: Any) -> None:
        hold(*given)
        is_on_its_way.set()
        assert is_changed.wait(PATIENCE)

    def change_then() -> None:
        assert is_on_its_way.wait(PATIENCE)
        change(cart=cart, variant_id=variant.pk, quantity=5)
        is_changed.set()

    monkeypatch.setattr(place, "_hold_stock", hold_and_wait)
    works: list[Callable[[], object]] = [lambda: place.place_purchase(placement), change_then]
    placed, _ = all_at_once(works)
    assert not isinstance(placed, Exception)
    assert OrderLine.objects.values_list("quantity", flat=True).get() == 2
    assert Stock.objects.values_list("held", flat=True).get() == 2


@pytest.mark.parametrize(("change", "left"), [(set_quantity, 3), (add_line, 5)])
def test_what_another_tab_wants_more_stays_in_the_cart(
    make_goods: MakeGoods, change: Change, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_while_placing(make_goods(20), change, monkeypatch)
    assert CartLine.objects.values_list("quantity", flat=True).get() == left


@pytest.mark.parametrize("change", [set_quantity, add_line])
def test_the_twin_that_empties_the_whole_cart_loses_it(
    make_goods: MakeGoods, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "EMPTY", AS_IT_WAS)
    change_while_placing(make_goods(20), change, monkeypatch)
    assert not CartLine.objects.exists()
