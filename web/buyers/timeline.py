"""What a buyer reads about an order: where it stands, what happened, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Review
from core import clock
from orders.models import Complaint, Order, OrderLine
from orders.selectors.complaints import kinds_open
from orders.selectors.messages import unseen_per_order
from orders.services.buyer_cancel import BUYER_MAY_CANCEL
from orders.services.messages import may_write
from orders.services.reviewing import is_open, may_review
from orders.states import OrderState, ParcelState
from shipping.models import Service
from vietnam.places import find_ward, full_name
from web.buyers import links

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
_NEXT_WORDS = {
    OrderState.CONFIRMED: gettext_lazy("The vendor confirms"),
    OrderState.SHIPPED: gettext_lazy("The parcel goes to the carrier"),
    OrderState.DELIVERED: gettext_lazy("Delivered to you: look, then pay"),
}
# Who fetches the goods reads of no carrier.
_FETCHED_WORDS = {
    OrderState.CONFIRMED: gettext_lazy("The vendor confirms"),
    OrderState.PACKED: gettext_lazy("Packed and ready: you are told by message"),
    OrderState.DELIVERED: gettext_lazy("You fetch it: look, then pay"),
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
class LineView:
    """A line, its place in the order, and what its buyer wrote or may write about it."""

    line: OrderLine
    place: int
    stars: int
    can_review: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its page shows it."""

    order: Order
    state: str
    tone: str
    steps: list[Step]
    fetched_at: str  # where its buyer fetches it; empty when it is brought
    expected: date | None
    can_cancel: bool
    can_complain: bool
    can_write: bool
    unseen: int
    complaints: list[Complaint]
    lines: list[LineView]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the orders of one page, fetched once for all of them."""

    now: datetime
    unseen: dict[int, int]
    reviews: dict[tuple[int, str], Review]


def views(orders: list[Order]) -> list[OrderView]:
    """The orders of one purchase, in a fixed number of queries."""
    written = Review.objects.filter(order_number__in=[order.number for order in orders])
    around = Around(
        now=clock.now(),
        unseen=unseen_per_order([order.pk for order in orders], reader_kind="buyer"),
        reviews={(one.product_id, one.order_number): one for one in written},
    )
    return [view(order, around) for order in orders]


def view(order: Order, around: Around) -> OrderView:
    """Reads only what `list_orders_of` and `views` have fetched."""
    state = OrderState(order.state)
    complaints = list(order.complaints.all())
    is_open = _RANK[state] < _RANK[OrderState.DELIVERED]
    return OrderView(
        order=order,
        state=str(state.label),
        tone=_TONES.get(state, ""),
        steps=[*_happened(order), *_ahead(order, state)],
        fetched_at=_place(order),
        expected=order.promised_on if is_open else None,
        can_cancel=state in BUYER_MAY_CANCEL and state not in _ENDED,
        can_complain=bool(kinds_open(order, now=around.now))
        and not any(one.is_open for one in complaints),
        can_write=may_write(order),
        unseen=around.unseen.get(order.pk, 0),
        complaints=complaints,
        lines=_lines(order, around),
    )


def _lines(order: Order, around: Around) -> list[LineView]:
    received, shown = may_review(order), []
    for place, line in enumerate(sorted(order.lines.all(), key=lambda line: line.pk), start=1):
        product = line.variant.product_id if line.variant else 0
        known = around.reviews.get((product, order.number))
        may = received and bool(product) and (known is None or is_open(known))
        shown.append(LineView(line, place, known.rating if known else 0, may))
    return shown


def _happened(order: Order) -> list[Step]:
    """The order's own moves and the carrier's reports, by time."""
    moves = [
        Step(
            _cancelled(order) if event.to_state == OrderState.CANCELLED else _said(event.to_state),
            event.at,
            kind="stopped" if event.to_state in _ENDED else "",
        )
        for event in order.events.all()
        if not (_is_fetched(order) and event.to_state == OrderState.SHIPPED)
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


def _ahead(order: Order, state: OrderState) -> list[Step]:
    if state in _ENDED:
        return []
    words = _FETCHED_WORDS if _is_fetched(order) else _NEXT_WORDS
    return [Step(str(words[one]), kind="next") for one in words if _RANK[one] > _RANK[state]]


def _is_fetched(order: Order) -> bool:
    parcel = getattr(order, "parcel", None)
    return parcel is not None and parcel.service == Service.PICKUP


def _place(order: Order) -> str:
    if not _is_fetched(order):
        return ""
    ward = find_ward(order.vendor.ward_code)
    names = [order.vendor.street, full_name(ward, links.language()) if ward else ""]
    return ", ".join(name for name in names if name)
