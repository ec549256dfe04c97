"""Goods that came back to the vendor: only what it accepts as sellable is stock again."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from catalog.errors import BadQuantity
from catalog.services import stock
from core import audit, clock
from core.cases import resolve_case
from core.models import Case, CaseState
from orders.errors import WrongState
from orders.locks import locked_order
from orders.models import Complaint, Order, OrderLine, TakenBack
from orders.states import OrderState


def take_in_undelivered(*, order: Order, sellable: Mapping[int, int], actor: audit.Actor) -> Order:
    """The parcel that couldn't be delivered is back: {line id: units that can be sold again}.

    Locks order, then stock; the second time changes nothing. Resolves the order's case. Audited.
    Raises WrongState for any other order, BadQuantity above what was sent.
    """
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state != OrderState.RETURNED:
            raise WrongState(state=OrderState(order.state).label, order_number=order.number)
        if is_taken_in(order):
            return order
        rows = []
        for line in order.lines.order_by("pk"):
            good = sellable.get(line.pk, 0)
            if not 0 <= good <= line.quantity:
                raise BadQuantity(field="sellable", low=0, high=line.quantity)
            rows.append((line, good, line.quantity - good))
        write_taken_back(order=order, rows=rows, complaint=None, actor=actor)
        good_units = sum(row[1] for row in rows)
        audit.record(
            actor=actor,
            action="order.take_in",
            subject=("order", order.number),
            change=({}, {"sellable": good_units, "of": sum(row[1] + row[2] for row in rows)}),
        )
        _resolve_case(order, actor, good_units)
        return order


def is_taken_in(order: Order) -> bool:
    """Whether the vendor has looked at the undelivered parcel."""
    return TakenBack.objects.filter(line__order=order, complaint=None).exists()


def write_taken_back(
    *,
    order: Order,
    rows: Sequence[tuple[OrderLine, int, int]],
    complaint: Complaint | None,
    actor: audit.Actor,
) -> None:
    """Rows of (line, sellable, unsellable) and the stock movement; the order must be LOCKED."""
    now = clock.now()
    TakenBack.objects.bulk_create(
        TakenBack(
            line=line,
            complaint=complaint,
            sellable=good,
            unsellable=bad,
            at=now,
            actor_id=actor.pk,
        )
        for line, good, bad in rows
    )
    units: dict[int, int] = {}
    for line, good, _bad in rows:
        if line.variant_id is not None and good:
            units[line.variant_id] = units.get(line.variant_id, 0) + good
    if units:
        stock.take_back(units=units, order_number=order.number)


def _resolve_case(order: Order, actor: audit.Actor, good_units: int) -> None:
    key = f"parcel_returned:{order.number}"
    found = Case.objects.filter(dedupe_key=key, state=CaseState.OPEN).first()
    if found is not None:
        resolve_case(
            case_id=found.pk, actor=actor, resolution=f"{good_units} units are for sale again"
        )
