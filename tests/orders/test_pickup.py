"""A parcel that its buyer fetches: no carrier, and taken over the counter it has arrived."""

import pytest

from core.models import OutboxEntry
from notifications.models import Message
from notifications.services.orders import on_order_moved
from orders.models import Order
from orders.services.fulfil import confirm_order, hand_over, pack_order
from orders.services.moves import By
from orders.services.parcels import book_parcel
from shipping.models import Service
from tests.making import make_purchase, make_variant
from vendors.models import Vendor

VENDOR = By("vendor", 1)


@pytest.fixture
def order(an: Vendor) -> Order:
    order = make_purchase({make_variant(an): 1}).orders.get()
    order.parcel.service = Service.PICKUP
    order.parcel.save()
    return order


def test_what_is_fetched_has_arrived_at_once(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    pack_order(order=order, by=VENDOR)
    for _ in range(2):
        done = hand_over(order=order, by=VENDOR)
    assert (done.state, done.parcel.state) == ("delivered", "delivered")
    assert done.delivered_at is not None
    assert done.close_after is not None
    states = list(order.events.values_list("to_state", flat=True))
    assert states == ["placed", "confirmed", "packed", "shipped", "delivered"]


def test_no_carrier_is_booked_for_it(order: Order) -> None:
    confirm_order(order=order, by=VENDOR)
    hand_over(order=order, by=VENDOR)
    book_parcel(order_number=order.number)
    order.parcel.refresh_from_db()
    assert (order.parcel.tracking_code, order.parcel.next_check_at) == ("", None)


def test_the_buyer_is_told_when_it_is_ready_and_where(order: Order) -> None:
    Vendor.objects.update(street="Thôn 3")
    confirm_order(order=order, by=VENDOR)
    pack_order(order=order, by=VENDOR)
    hand_over(order=order, by=VENDOR)
    for told in OutboxEntry.objects.filter(topic="order.moved").order_by("pk"):
        on_order_moved(told.key, told.payload)
    found = Message.objects.order_by("pk").values_list("template", flat=True)
    assert list(dict.fromkeys(found)) == ["order_confirmed", "order_ready"]
    ready = Message.objects.filter(template="order_ready", way="sms").get()
    assert "Thôn 3, Xã Bù Đăng" in ready.body
