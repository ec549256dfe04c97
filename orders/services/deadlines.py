"""What time does to orders: unconfirmed ones end, delivered ones close."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from orders.models import Complaint, Order
from orders.services.fulfil import cancel_order
from orders.services.moves import SYSTEM, move_order
from orders.states import OrderState

BATCH = 100


def cancel_unconfirmed() -> int:
    """Cancel orders that no vendor confirmed in time and give the stock back; how many.

    Each order in its own transaction; one that is being worked on is left for the next round.
    """
    due = Order.objects.filter(state=OrderState.PLACED, confirm_by__lte=clock.now())
    return sum(_end(pk) for pk in due.values_list("pk", flat=True)[:BATCH])


def close_delivered() -> int:
    """Close orders whose time to complain has passed and with no open complaint; how many."""
    due = Order.objects.filter(state=OrderState.DELIVERED, close_after__lte=clock.now())
    due = due.exclude(Exists(Complaint.objects.filter(order=OuterRef("pk"), ended_at=None)))
    return sum(_close(pk) for pk in due.values_list("pk", flat=True)[:BATCH])


def _end(pk: int) -> int:
    with transaction.atomic():
        order = _claim(pk, OrderState.PLACED)
        if order is None or order.confirm_by > clock.now():
            return 0
        cancel_order(order=order, by=SYSTEM, reason="not_confirmed")
        return 1


def _close(pk: int) -> int:
    with transaction.atomic():
        order = _claim(pk, OrderState.DELIVERED)
        if order is None:
            return 0
        move_order(order, OrderState.CLOSED, by=SYSTEM)
        return 1


def _claim(pk: int, state: OrderState) -> Order | None:
    waiting = Order.objects.select_for_update(of=("self",), skip_locked=True)
    return waiting.filter(pk=pk, state=state).first()
