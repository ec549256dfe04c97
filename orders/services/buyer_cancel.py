"""What a buyer may do with an order of their own."""

from django.db import transaction

from orders.errors import WrongState
from orders.locks import locked_order
from orders.models import Order
from orders.services.fulfil import cancel_order
from orders.services.moves import By
from orders.states import OrderState

BUYER_MAY_CANCEL = frozenset({OrderState.PLACED, OrderState.CONFIRMED, OrderState.CANCELLED})


def cancel_by_buyer(*, order: Order, user_id: int | None, reason: str) -> Order:
    """Cancel while the box isn't packed yet. Locks the order; twice is safe. Raises WrongState."""
    with transaction.atomic():
        order = locked_order(order.pk)
        if order.state not in BUYER_MAY_CANCEL:
            raise WrongState(state=OrderState(order.state).label, order_number=order.number)
        return cancel_order(order=order, by=By("buyer", user_id), reason=reason)
