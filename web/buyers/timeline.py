"""What a buyer reads about an order: where it stands, what happened, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Order
from orders.services.buyer_cancel import BUYER_MAY_CANCEL
from orders.states import OrderState, ParcelState

BUYER_WORDS = {
    "changed_mind": gettext_lazy("I changed my mind"),
    "wrong_address": gettext_lazy("The address is wrong"),
    "too_slow": gettext_lazy("It takes too long"),
    "found_cheaper": gettext_lazy("I found it cheaper"),
    "other": gettext_lazy("Another reason"),
}
_CANCELLED_WORDS = {
    "out_of_stock": gettext_lazy("The vendor had to cancel: the goods were sold out."),
    "cannot_deliver": gettext_lazy("The vendor had to cancel: it can't deliver to this address."),
    "wrong_price": gettext_lazy("The vendor had to cancel: the price was wrong."),
    "not_confirmed": gettext_lazy("The vendor didn't confirm in time, so the order was cancelled."),
}
_STATE_WORDS = {
    OrderState.PLACED: gettext_lazy("Order placed, the vendor has been told"),
    OrderState.CONFIRMED: gettext_lazy("The vendor confirmed"),
    OrderState.PACKED: gettext_lazy("Packed"),
    OrderState.SHIPPED: gettext_lazy("Handed to the carrier"),
    OrderState.DELIVERED: gettext_lazy("Delivered"),
    OrderState.CLOSED: gettext_lazy("Closed"),
    OrderState.RETURNED: gettext_lazy("Couldn't be delivered, on its way back"),
}
_PARCEL_WORDS = {
    ParcelState.PICKED_UP: gettext_lazy("The carrier picked the parcel up"),
    ParcelState.IN_TRANSIT: gettext_lazy("On the way"),
    ParcelState.OUT_FOR_DELIVERY: gettext_lazy("Out for delivery: the carrier will call"),
}
_WAY = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.SHIPPED, OrderState.DELIVERED)
_NEXT_WORDS = {
    OrderState.CONFIRMED: gettext_lazy("The vendor confirms"),
    OrderState.SHIPPED: gettext_lazy("The parcel goes to the carrier"),
    OrderState.DELIVERED: gettext_lazy("Delivered to you: look, then pay"),
}
_RANK = {state: n for n, state in enumerate(OrderState.values)}
_ENDED = frozenset({OrderState.CANCELLED, OrderState.RETURNED})
_TONES = {
    OrderState.PLACED: "gold",
    OrderState.CANCELLED: "earth",
    OrderState.RETURNED: "earth",
    OrderState.CLOSED: "plain",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline; `kind` is "", "next" or "stopped"."""

    words: str
    at: datetime | None = None
    place: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its page shows it."""

    order: Order
    state: str
    tone: str
    steps: list[Step]
    expected: date | None
    can_cancel: bool


def view(order: Order) -> OrderView:
    """Reads only what `list_orders_of` has fetched."""
    state = OrderState(order.state)
    is_open = _RANK[state] < _RANK[OrderState.DELIVERED]
    return OrderView(
        order=order,
        state=str(state.label),
        tone=_TONES.get(state, ""),
        steps=[*_happened(order), *_ahead(state)],
        expected=order.promised_on if is_open else None,
        can_cancel=state in BUYER_MAY_CANCEL and state not in _ENDED,
    )


def _happened(order: Order) -> list[Step]:
    """The order's own moves and the carrier's reports, by time."""
    moves = [
        Step(
            _cancelled(order) if event.to_state == OrderState.CANCELLED else _said(event.to_state),
            event.at,
            kind="stopped" if event.to_state in _ENDED else "",
        )
        for event in order.events.all()
    ]
    parcel = getattr(order, "parcel", None)
    reports = [
        Step(str(_PARCEL_WORDS[ParcelState(event.state)]), event.at, event.place)
        for event in (parcel.events.all() if parcel else [])
        if event.state in _PARCEL_WORDS
    ]
    return sorted([*moves, *reports], key=lambda step: step.at or order.placed_at)


def _said(state: str) -> str:
    return str(_STATE_WORDS.get(OrderState(state), OrderState(state).label))


def _cancelled(order: Order) -> str:
    if order.cancel_reason in _CANCELLED_WORDS:
        return str(_CANCELLED_WORDS[order.cancel_reason])
    return _("The order was cancelled.")


def _ahead(state: OrderState) -> list[Step]:
    if state in _ENDED:
        return []
    return [Step(str(_NEXT_WORDS[one]), kind="next") for one in _WAY if _RANK[one] > _RANK[state]]
