"""What a vendor does with an order: confirm, pack, hand over, or give up."""

from datetime import datetime

from django.db import transaction

from catalog.services import stock
from core import clock
from orders import rules
from orders.locks import locked_order
from orders.models import Hold, Order
from orders.services.moves import By, move_order
from orders.states import HoldState, OrderState, ParcelState
from promotions.services.redeeming import give_back
from shipping.models import Service

CHANNEL = By("channel")

# Why a vendor or buyer may cancel; the words are in templates.
VENDOR_REASONS = ("out_of_stock", "cannot_deliver", "wrong_price", "buyer_asked", "other")
BUYER_REASONS = ("changed_mind", "wrong_address", "too_slow", "found_cheaper", "other")


def confirm_order(*, order: Order, by: By) -> Order:
    """The vendor promises to send: the hold no longer ends by itself.

    Locks the order. Confirming twice returns the confirmed order. Raises WrongState.
    """
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state == OrderState.CONFIRMED:
            return order
        move_order(order, OrderState.CONFIRMED, by=by)
        Hold.objects.filter(order=order, state=HoldState.ACTIVE).update(expires_at=None)
        return order


def pack_order(*, order: Order, by: By) -> Order:
    """The box is closed. Locks the order; twice is safe. Raises WrongState."""
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state != OrderState.PACKED:
            move_order(order, OrderState.PACKED, by=by)
        return order


def hand_over(*, order: Order, by: By) -> Order:
    """The box left with the carrier: promised units leave the stock for good.

    `held` and `on_hand` fall together (design, rule 14). Locks order, then stock; twice is safe.
    The worker books the carrier next; what the buyer fetches has arrived at once. Raises
    WrongState.
    """
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state == OrderState.SHIPPED or order.parcel.state == ParcelState.DELIVERED:
            return order
        move_order(order, OrderState.SHIPPED, by=by)
        units = _take_holds(order, HoldState.SHIPPED)
        stock.ship(units=units, order_number=order.number)
        now = clock.now()
        order.parcel.state = ParcelState.ACCEPTED
        order.parcel.handed_over_at = order.parcel.next_check_at = now
        if order.parcel.service == Service.PICKUP:
            _fetched(order, by=by, at=now)
        order.parcel.save()
        return order


def cancel_order(*, order: Order, by: By, reason: str, note: str = "") -> Order:
    """End an order that hasn't left and give every promised unit back, and its use of a voucher,
    exactly once.

    Locks order, then stock, then redemptions. Cancelling twice returns the cancelled order.
    Raises WrongState: a buyer may cancel until the box is packed, vendor and system until it is
    handed over.
    """
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state == OrderState.CANCELLED:
            return order
        order.cancel_reason = reason
        move_order(order, OrderState.CANCELLED, by=by, reason=reason, note=note)
        units = _take_holds(order, HoldState.RELEASED)
        stock.release(units=units, order_number=order.number)
        if order.discount_vnd:
            give_back(order_number=order.number)
        order.parcel.state = ParcelState.CANCELLED
        order.parcel.next_check_at = None
        order.parcel.save()
        return order


def close_from_channel(*, order: Order, stage: str, at: datetime) -> Order:
    """The channel says that its buyer has the goods ("done"), or that they come back ("returned").

    Units that were never handed over here leave the stock now: the channel's buyer has them.
    Locks order, then stock; twice is safe; an ended order stays as it is.
    """
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state in {OrderState.CONFIRMED, OrderState.PACKED}:
            order = hand_over(order=order, by=CHANNEL)
        if order.state == OrderState.SHIPPED and stage == "returned":
            move_order(order, OrderState.RETURNED, by=CHANNEL, reason="returned")
        elif order.state == OrderState.SHIPPED:
            order.delivered_at = order.close_after = at
            move_order(order, OrderState.DELIVERED, by=CHANNEL)
        return order


def _fetched(order: Order, *, by: By, at: datetime) -> None:
    """The buyer stands at the vendor's and has taken the box; the caller saves the parcel."""
    order.parcel.state = ParcelState.DELIVERED
    order.parcel.next_check_at = None
    order.delivered_at = at
    order.close_after = at + rules.CLOSE_AFTER.span()
    move_order(order, OrderState.DELIVERED, by=by)


def _take_holds(order: Order, to: HoldState) -> dict[int, int]:
    """End the active holds of a locked order; {variant id: pieces} of those that were active."""
    active = list(Hold.objects.filter(order=order, state=HoldState.ACTIVE).order_by("variant_id"))
    Hold.objects.filter(pk__in=[hold.pk for hold in active]).update(state=to, expires_at=None)
    return {hold.variant_id: hold.quantity for hold in active}
