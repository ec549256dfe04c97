from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.models import Case
from orders.models import Order, Parcel, ParcelEvent
from orders.services import deadlines, parcels
from orders.services.fulfil import confirm_order, hand_over
from orders.services.moves import By
from orders.states import OrderState
from shipping.parties import Booking, Carrier, Shipment, Tracking, TrackingEvent
from tests.making import make_purchase, make_variant
from vendors.models import Vendor

VENDOR = By("vendor", 1)
START = datetime(2026, 11, 23, 8, tzinfo=UTC)


class FakeCarrier:
    """Answers what the test puts into `states`."""

    def __init__(self) -> None:
        self.booked: list[Shipment] = []
        self.states: list[str] = []

    def book(self, shipment: Shipment) -> Booking:
        self.booked.append(shipment)
        return Booking(code=f"T-{shipment.reference}")

    def track(self, code: str) -> Tracking:
        return Tracking(
            events=tuple(
                TrackingEvent(state=state, at=START + timedelta(hours=hour), place="")
                for hour, state in enumerate(self.states)
            )
        )


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> FakeCarrier:
    fake = FakeCarrier()
    monkeypatch.setattr(
        "shipping.carriers.CARRIERS", {"demo": Carrier(book=fake.book, track=fake.track)}
    )
    return fake


@pytest.fixture
def order(an: Vendor, carrier: FakeCarrier) -> Order:
    make_purchase({make_variant(an): 1})
    order = Order.objects.get()
    confirm_order(order=order, by=VENDOR)
    hand_over(order=order, by=VENDOR)
    parcels.book_parcel(order_number=order.number)
    return order


def follow(order: Order) -> Order:
    with clock.shifted(timedelta(minutes=1)):
        parcels.follow_parcels()
    return Order.objects.select_related("parcel").get(pk=order.pk)


def test_the_box_is_booked_once_under_the_orders_number(order: Order, carrier: FakeCarrier) -> None:
    parcels.book_parcel(order_number=order.number)
    assert [(box.reference, box.cod_vnd) for box in carrier.booked] == [(order.number, 122_000)]


def test_delivery_moves_the_order_and_closes_it_later(order: Order, carrier: FakeCarrier) -> None:
    carrier.states = ["accepted", "picked_up", "delivered"]
    assert follow(order).state == OrderState.DELIVERED
    with clock.shifted(timedelta(days=8)):
        assert deadlines.close_delivered() == 1
    assert follow(order).state == OrderState.CLOSED


def test_a_parcel_of_a_channels_carrier_holds_up_nobody(order: Order, carrier: FakeCarrier) -> None:
    theirs = make_purchase({make_variant(order.vendor): 1}).orders.get()
    Parcel.objects.filter(order=theirs).update(
        carrier="shopee", tracking_code="SPX1", next_check_at=START
    )
    parcels.book_parcel(order_number=order.number)
    with clock.shifted(timedelta(minutes=5)):
        assert parcels.follow_parcels() == 1


def test_repeated_and_older_reports_change_nothing(order: Order, carrier: FakeCarrier) -> None:
    carrier.states = ["accepted", "in_transit", "picked_up"]
    follow(order)
    again = follow(order)
    assert again.parcel.state == "in_transit"
    assert ParcelEvent.objects.count() == 3


def test_an_unknown_word_keeps_the_state_and_calls_a_person(
    order: Order, carrier: FakeCarrier
) -> None:
    carrier.states = ["accepted", "sorted_by_drone"]
    assert follow(order).state == OrderState.SHIPPED
    assert Case.objects.get().kind == "unknown_parcel_state"


def test_a_box_that_comes_back_opens_a_case(order: Order, carrier: FakeCarrier) -> None:
    carrier.states = ["accepted", "returned"]
    assert follow(order).state == OrderState.RETURNED
    assert Case.objects.get().kind == "parcel_returned"
