"""Complaints as their buyers, vendors and the province see them; what may be complained about."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from core import clock
from core.errors import NotFound
from orders import rules
from orders.models import (
    Complaint,
    ComplaintItem,
    ComplaintKind,
    ComplaintPhoto,
    Order,
    Origin,
    Refund,
)
from orders.states import ComplaintState, OrderState
from vendors.models import Vendor
from vietnam.number import normalise_number

_RECEIVED = frozenset({OrderState.DELIVERED, OrderState.CLOSED})
_ON_ITS_WAY = frozenset({OrderState.CONFIRMED, OrderState.PACKED, OrderState.SHIPPED})
_OF_GOODS = (ComplaintKind.SPOILT, ComplaintKind.WRONG, ComplaintKind.FALSE)


def kinds_open(order: Order, *, now: datetime) -> dict[str, datetime | None]:
    """What may be complained about now, each with the end of its time (None: no end).

    Goods after delivery, within the dated rule of the kind; a late parcel from the day after the
    promised one. Nothing for orders of channels, which have complaints of their own.
    """
    if order.origin != Origin.MARKET:
        return {}
    if order.state in _ON_ITS_WAY:
        late = order.promised_on is not None and clock.day(now) > order.promised_on
        return {ComplaintKind.LATE: None} if late else {}
    if order.state not in _RECEIVED or order.delivered_at is None:
        return {}
    ends = {kind: _end(order.delivered_at, kind) for kind in _OF_GOODS}
    return {kind: end for kind, end in ends.items() if end is None or now < end}


def units_left(order: Order) -> dict[int, int]:
    """Per line how many units no complaint is about yet; withdrawn ones don't count."""
    rows = ComplaintItem.objects.filter(complaint__order=order)
    rows = rows.exclude(complaint__state=ComplaintState.WITHDRAWN)
    taken: Mapping[int, int] = dict(
        rows.values_list("line_id").annotate(Sum("quantity")).order_by()
    )
    return {line.pk: line.quantity - taken.get(line.pk, 0) for line in order.lines.all()}


def refundable_vnd(order: Order, *, besides: Complaint | None = None) -> int:
    """How much the vendor can owe back: what was paid, less what other complaints gave back.

    Cash on delivery is paid by the delivery; an order that never came was never paid.
    """
    if order.payment_method == "cod" and order.delivered_at is None:
        return 0
    others = Refund.objects.filter(complaint__order=order)
    if besides is not None:
        others = others.exclude(complaint=besides)
    return max(0, order.total_vnd - (others.aggregate(Sum("amount_vnd"))["amount_vnd__sum"] or 0))


def of_vendor(vendor: Vendor) -> QuerySet[Complaint]:
    """One vendor's complaints; anybody else's don't exist."""
    return _shown(Complaint.objects.filter(order__vendor=vendor))


def of_order(order: Order) -> QuerySet[Complaint]:
    """An order's complaints, the newest first."""
    return _shown(Complaint.objects.filter(order=order)).order_by("-pk")


def waiting_for_buyer(orders: Iterable[int]) -> set[int]:
    """Those of these orders whose complaint waits for a word of the buyer."""
    states = (ComplaintState.ANSWERED, ComplaintState.RETURNING, ComplaintState.DONE)
    found = Complaint.objects.filter(order_id__in=list(orders), state__in=states)
    return set(found.values_list("order_id", flat=True))


def all_complaints() -> QuerySet[Complaint]:
    """Everything, for the province."""
    return _shown(Complaint.objects.all())


def get_complaint(number: str, among: QuerySet[Complaint]) -> Complaint:
    """One complaint among those that the reader may see; raises NotFound."""
    found = among.filter(number=normalise_number(number)).first()
    if found is None:
        raise NotFound()
    return found


def get_photo(complaint: Complaint, position: int) -> ComplaintPhoto:
    """The n-th photo of a complaint, counted over its whole timeline from 1; raises NotFound."""
    photos = ComplaintPhoto.objects.filter(entry__complaint=complaint).select_related("file")
    found = photos.order_by("pk")[position - 1 : position] if position > 0 else []
    for photo in found:
        return photo
    raise NotFound()


def _end(delivered_at: datetime, kind: str) -> datetime | None:
    span: timedelta = rules.COMPLAINTS[kind].tell.span()
    return delivered_at + span if span else None


def _shown(found: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return found.select_related("order__vendor", "order__purchase", "refund").prefetch_related(
        "items__line", "entries__photos"
    )
