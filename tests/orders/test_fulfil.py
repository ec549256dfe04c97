from datetime import timedelta

import pytest
from django.db import connection

from catalog.models import Stock
from core import clock
from core.models import OutboxEntry
from orders.errors import WrongState
from orders.models import Hold, Order
from orders.services import deadlines
from orders.services.buyer_cancel import cancel_by_buyer
from orders.services.fulfil import cancel_order, confirm_order, hand_over, pack_order
from orders.services.moves import By
from orders.states import OrderState, ParcelState
from tests.making import make_purchase, make_variant
from vendors.models import Vendor

VENDOR = By("vendor", 1)


@pytest.fixture
def order(an: Vendor) -> Order:
    make_purchase({make_variant(an, on_hand=5): 2})
    return Order.objects.get()


def stock() -> tuple[int, int]:
    row = Stock.objects.get()
    return row.on_hand, row.held


def test_confirming_keeps_the_hold_without_an_end(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    assert Hold.objects.get().expires_at is None
    assert stock() == (5, 2)


def test_handing_over_lowers_both_numbers_together(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    pack_order(order=order, by=VENDOR)
    shipped = hand_over(order=order, by=VENDOR)
    assert stock() == (3, 0)
    assert shipped.parcel.state == ParcelState.ACCEPTED
    assert Hold.objects.get().state == "shipped"


def test_every_step_twice_is_safe(order: Order) -> None:
    for step in (confirm_order, pack_order, hand_over):
        step(order=order, by=VENDOR)
        step(order=order, by=VENDOR)
    assert stock() == (3, 0)
    assert order.events.count() == 4


def test_cancelling_gives_back_exactly_once(order: Order) -> None:
    cancel_order(order=order, by=VENDOR, reason="out_of_stock")
    cancel_order(order=order, by=VENDOR, reason="out_of_stock")
    assert stock() == (5, 0)
    assert order.events.count() == 2


def test_a_shipped_order_cannot_be_cancelled(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    hand_over(order=order, by=VENDOR)
    with pytest.raises(WrongState):
        cancel_order(order=order, by=VENDOR, reason="other")
    assert stock() == (3, 0)


def test_a_buyer_cancels_until_the_box_is_packed(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    pack_order(order=order, by=VENDOR)
    with pytest.raises(WrongState):
        cancel_by_buyer(order=order, user_id=None, reason="changed_mind")
    assert stock() == (5, 2)


def test_a_packed_order_needs_a_confirmed_one(order: Order) -> None:
    with pytest.raises(WrongState):
        pack_order(order=order, by=VENDOR)
    assert Order.objects.get().state == OrderState.PLACED


def test_unconfirmed_orders_end_at_their_deadline_and_not_before(order: Order) -> None:
    with clock.shifted(timedelta(hours=23)):
        assert deadlines.cancel_unconfirmed() == 0
    with clock.shifted(timedelta(hours=25)):
        assert deadlines.cancel_unconfirmed() == 1
        assert deadlines.cancel_unconfirmed() == 0
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == (OrderState.CANCELLED, "not_confirmed")
    assert stock() == (5, 0)


def test_each_move_is_told_once_in_order(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    hand_over(order=order, by=VENDOR)
    told = OutboxEntry.objects.filter(topic="order.moved").order_by("id")
    assert [entry.payload["to_state"] for entry in told] == ["confirmed", "shipped"]


def test_the_database_refuses_to_promise_what_is_not_there(order: Order) -> None:
    with pytest.raises(Exception, match="stock_never_oversold"), connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_stock SET held = on_hand + 1")
