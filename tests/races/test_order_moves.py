"""Two people, or a person and the clock, decide about the same order at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from catalog.models import Stock, StockMovement
from core import clock
from core.errors import DomainError
from orders.errors import WrongState
from orders.models import Hold, Order, OrderEvent
from orders.services.deadlines import cancel_unconfirmed
from orders.services.fulfil import cancel_order, confirm_order, hand_over
from orders.services.moves import By
from orders.states import HoldState, OrderState
from tests.making import make_purchase
from tests.races.conftest import MakeGoods
from tests.races.together import all_at_once

pytestmark = pytest.mark.race
ROUNDS, UNITS = 12, 2
VENDOR, BUYER = By("vendor", 1), By("buyer", 2)
Move = Callable[[], object]


def placed(make_goods: MakeGoods) -> list[Order]:
    """Orders of two units each, all of one pool."""
    variant = make_goods(ROUNDS * UNITS)
    for n in range(ROUNDS):
        make_purchase({variant: UNITS}, phone=f"09120000{n:02d}")
    return list(Order.objects.order_by("pk"))


def test_cancelled_and_handed_over_at_once_ends_one_way(make_goods: MakeGoods) -> None:
    orders = [confirm_order(order=order, by=VENDOR) for order in placed(make_goods)]
    moves: list[Move] = []
    for order in orders:
        moves.append(partial(hand_over, order=order, by=VENDOR))
        moves.append(partial(cancel_order, order=order, by=VENDOR, reason="out_of_stock"))
    ends = all_at_once(moves)
    for hand, cancel in zip(ends[::2], ends[1::2], strict=True):
        assert [isinstance(end, WrongState) for end in (hand, cancel)].count(True) == 1
    shipped = Order.objects.filter(state=OrderState.SHIPPED).count()
    cancelled = Order.objects.filter(state=OrderState.CANCELLED).count()
    assert shipped + cancelled == ROUNDS
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.held) == ((ROUNDS - shipped) * UNITS, 0)
    assert StockMovement.objects.filter(kind="ship").count() == shipped
    assert StockMovement.objects.filter(kind="release").count() == cancelled


def test_cancelled_by_both_sides_at_once_gives_the_units_back_once(make_goods: MakeGoods) -> None:
    moves: list[Move] = []
    for order in placed(make_goods):
        moves.append(partial(cancel_order, order=order, by=VENDOR, reason="out_of_stock"))
        moves.append(partial(cancel_order, order=order, by=BUYER, reason="changed_mind"))
    ends = all_at_once(moves)
    assert not [end for end in ends if isinstance(end, DomainError)]
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.held) == (ROUNDS * UNITS, 0)
    assert OrderEvent.objects.filter(to_state=OrderState.CANCELLED).count() == ROUNDS
    assert StockMovement.objects.filter(kind="release").count() == ROUNDS


def test_confirmed_while_the_deadline_sweeps_ends_one_way(make_goods: MakeGoods) -> None:
    orders = placed(make_goods)
    moves: list[Move] = [partial(confirm_order, order=order, by=VENDOR) for order in orders]
    moves += [cancel_unconfirmed] * 4
    with clock.shifted(timedelta(hours=25)):
        ends = all_at_once(moves)
        swept = sum(end for end in ends[ROUNDS:] if isinstance(end, int))
        swept += cancel_unconfirmed()  # what a confirmation held locked and then lost: nothing
    refused = [end for end in ends[:ROUNDS] if isinstance(end, DomainError)]
    assert all(isinstance(end, WrongState) for end in refused)
    assert len(refused) == swept == Order.objects.filter(state=OrderState.CANCELLED).count()
    confirmed = Order.objects.filter(state=OrderState.CONFIRMED)
    assert confirmed.count() == ROUNDS - swept
    active = Hold.objects.filter(state=HoldState.ACTIVE)
    assert set(active.values_list("order_id", "expires_at")) == {(o.pk, None) for o in confirmed}
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.held) == (ROUNDS * UNITS, (ROUNDS - swept) * UNITS)
