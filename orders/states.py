"""The states of an order, a hold, a parcel and a complaint, and the moves between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    PLACED = "placed", _("Waiting for the vendor")
    CONFIRMED = "confirmed", _("Confirmed")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("On the way")
    DELIVERED = "delivered", _("Delivered")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Not delivered, on its way back")


ORDER_MOVES: dict[str, frozenset[str]] = {
    OrderState.PLACED: frozenset({OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.CONFIRMED: frozenset({OrderState.PACKED, OrderState.SHIPPED, OrderState.CANCELLED}),
    OrderState.PACKED: frozenset({OrderState.SHIPPED, OrderState.CANCELLED}),
    OrderState.SHIPPED: frozenset({OrderState.DELIVERED, OrderState.RETURNED}),
    OrderState.DELIVERED: frozenset({OrderState.CLOSED}),
    OrderState.CLOSED: frozenset(),
    OrderState.CANCELLED: frozenset(),
    OrderState.RETURNED: frozenset(),
}


class HoldState(models.TextChoices):
    ACTIVE = "active", _("Holds units")
    SHIPPED = "shipped", _("Left with the carrier")
    RELEASED = "released", _("Given back")


class ParcelState(models.TextChoices):
    WAITING = "waiting", _("Being packed")
    ACCEPTED = "accepted", _("Handed to the carrier")
    PICKED_UP = "picked_up", _("Picked up")
    IN_TRANSIT = "in_transit", _("On the way")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("On its way back")
    CANCELLED = "cancelled", _("Cancelled")


# A parcel only moves forward; an older report of the carrier changes nothing.
PARCEL_RANK: dict[str, int] = {
    ParcelState.WAITING: 0,
    ParcelState.ACCEPTED: 1,
    ParcelState.PICKED_UP: 2,
    ParcelState.IN_TRANSIT: 3,
    ParcelState.OUT_FOR_DELIVERY: 4,
    ParcelState.DELIVERED: 5,
    ParcelState.RETURNED: 5,
    ParcelState.CANCELLED: 5,
}


class ComplaintState(models.TextChoices):
    OPENED = "opened", _("Waiting for the vendor's answer")
    ANSWERED = "answered", _("Waiting for the buyer")
    PROVINCE = "province", _("With the province")
    RETURNING = "returning", _("Goods on their way back")
    OWED = "owed", _("The vendor must pay or send")
    DONE = "done", _("The vendor has paid or sent")
    SETTLED = "settled", _("Settled")
    REFUSED = "refused", _("Refused, with the reasons")
    WITHDRAWN = "withdrawn", _("Withdrawn")


COMPLAINT_MOVES: dict[str, frozenset[str]] = {
    ComplaintState.OPENED: frozenset(
        {ComplaintState.ANSWERED, ComplaintState.PROVINCE, ComplaintState.WITHDRAWN}
    ),
    ComplaintState.ANSWERED: frozenset(
        {
            ComplaintState.RETURNING,
            ComplaintState.OWED,
            ComplaintState.REFUSED,
            ComplaintState.PROVINCE,
            ComplaintState.WITHDRAWN,
        }
    ),
    ComplaintState.PROVINCE: frozenset(
        {
            ComplaintState.RETURNING,
            ComplaintState.OWED,
            ComplaintState.SETTLED,
            ComplaintState.REFUSED,
            ComplaintState.WITHDRAWN,
        }
    ),
    ComplaintState.RETURNING: frozenset(
        {ComplaintState.OWED, ComplaintState.PROVINCE, ComplaintState.WITHDRAWN}
    ),
    ComplaintState.OWED: frozenset({ComplaintState.DONE, ComplaintState.PROVINCE}),
    ComplaintState.DONE: frozenset({ComplaintState.SETTLED, ComplaintState.PROVINCE}),
    ComplaintState.SETTLED: frozenset(),
    ComplaintState.REFUSED: frozenset(),
    ComplaintState.WITHDRAWN: frozenset(),
}
COMPLAINT_ENDED = tuple(state for state, moves in COMPLAINT_MOVES.items() if not moves)
