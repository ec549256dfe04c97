"""Follow parcels: book the carrier once, ask it again and again, move forward only."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.cases import open_case
from core.errors import ProviderError
from orders import rules
from orders.locks import locked_order
from orders.models import Order, Origin, Parcel, ParcelEvent
from orders.services.moves import SYSTEM, move_order
from orders.states import PARCEL_RANK, OrderState, ParcelState
from shipping import carriers
from shipping.models import Service

BATCH = 50
AGAIN = timedelta(seconds=10)
AGAIN_AFTER_FAILURE = timedelta(seconds=60)


def on_order_moved(key: str, payload: dict[str, Any]) -> None:
    """Subscriber of `order.moved`: a handed-over box of our own shop is booked with its carrier."""
    if payload["to_state"] == OrderState.SHIPPED:
        book_parcel(order_number=payload["order_number"])


def book_parcel(*, order_number: str) -> None:
    """Book the carrier under the order's number; booking twice gives the same tracking code.

    The call to the carrier runs outside any transaction. Raises ProviderError (the outbox waits).
    """
    order = Order.objects.select_related("parcel", "purchase", "vendor").get(number=order_number)
    if order.origin != Origin.MARKET or order.parcel.tracking_code or order.purchase is None:
        return
    if order.parcel.service == Service.PICKUP:
        return
    booking = carriers.CARRIERS[order.parcel.carrier].book(
        carriers.Shipment(
            reference=order.number,
            from_ward=order.vendor.ward_code,
            to_ward=order.purchase.ward_code,
            to_name=order.purchase.name,
            to_phone=order.purchase.phone,
            to_street=order.purchase.street,
            weight_grams=order.parcel.weight_grams,
            cod_vnd=order.parcel.cod_vnd,
        )
    )
    Parcel.objects.filter(order=order, tracking_code="").update(
        tracking_code=booking.code, next_check_at=clock.now()
    )


def follow_parcels() -> int:
    """Ask the carriers about parcels that are due; how many were asked.

    Those that a channel's own carrier takes aren't ours to ask about: the channel tells of them.
    """
    ours = Parcel.objects.filter(carrier__in=list(carriers.CARRIERS)).exclude(tracking_code="")
    due = ours.filter(next_check_at__lte=clock.now())
    asked = 0
    for parcel in due.order_by("next_check_at")[:BATCH]:
        _follow(parcel)
        asked += 1
    return asked


def _follow(parcel: Parcel) -> None:
    try:
        tracking = carriers.CARRIERS[parcel.carrier].track(parcel.tracking_code)
    except ProviderError:
        later = clock.now() + AGAIN_AFTER_FAILURE
        Parcel.objects.filter(pk=parcel.pk).update(next_check_at=later)
        return
    report(order_id=parcel.order_id, events=tracking.events)


def report(*, order_id: int, events: tuple[carriers.TrackingEvent, ...]) -> None:
    """Write what a carrier told and move parcel and order forward; repeats change nothing.

    Locks the order. A state we don't know is kept as an event, changes nothing and opens a Case.
    """
    with transaction.atomic():
        order = locked_order(order_id)
        parcel = order.parcel
        for event in events:
            ParcelEvent.objects.get_or_create(
                parcel=parcel, state=event.state, at=event.at, defaults={"place": event.place}
            )
            if event.state not in PARCEL_RANK:
                _unknown(order, event.state)
            elif PARCEL_RANK[event.state] > PARCEL_RANK[parcel.state]:
                parcel.state = event.state
        ended = parcel.state in {ParcelState.DELIVERED, ParcelState.RETURNED}
        parcel.next_check_at = None if ended else clock.now() + AGAIN
        parcel.save()
        _move_with(order, parcel, at=max((e.at for e in events), default=datetime.now(UTC)))


def _move_with(order: Order, parcel: Parcel, *, at: datetime) -> None:
    if order.state != OrderState.SHIPPED:
        return
    if parcel.state == ParcelState.DELIVERED:
        order.delivered_at = at
        order.close_after = clock.now() + rules.CLOSE_AFTER.span()
        move_order(order, OrderState.DELIVERED, by=SYSTEM)
    elif parcel.state == ParcelState.RETURNED:
        move_order(order, OrderState.RETURNED, by=SYSTEM, reason="not_delivered")
        open_case(
            kind="parcel_returned",
            subject=("order", order.number),
            title=f"Parcel of {order.number} comes back",
            vendor_id=order.vendor_id,
            dedupe_key=f"parcel_returned:{order.number}",
        )


def _unknown(order: Order, state: str) -> None:
    open_case(
        kind="unknown_parcel_state",
        subject=("order", order.number),
        title=f"The carrier reports “{state}”",
        vendor_id=order.vendor_id,
        dedupe_key=f"unknown_parcel_state:{order.number}:{state}",
    )
