"""Orders move here and nowhere else: one function assigns the state and writes the timeline."""

from dataclasses import dataclass

from core import clock, outbox
from orders.errors import WrongState
from orders.models import Order, OrderEvent
from orders.states import ORDER_MOVES, OrderState


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: "buyer", "vendor", "staff", "system" or "channel", with the account if any."""

    kind: str
    user_id: int | None = None


SYSTEM = By("system")


def move_order(order: Order, to: OrderState, *, by: By, reason: str = "", note: str = "") -> None:
    """Move a LOCKED order to `to` and tell those above (`order.moved`).

    Raises WrongState when the table in `states` has no such move. The caller owns the transaction
    and saves nothing itself.
    """
    if to not in ORDER_MOVES[order.state]:
        raise WrongState(state=OrderState(order.state).label, order_number=order.number)
    before, order.state = order.state, to
    order.save()
    OrderEvent.objects.create(
        order=order,
        at=clock.now(),
        from_state=before,
        to_state=to,
        actor_kind=by.kind,
        actor_id=by.user_id,
        reason=reason,
        note=note,
    )
    outbox.emit(
        "order.moved",
        key=f"order:{order.number}",
        order_number=order.number,
        from_state=before,
        to_state=str(to),
        reason=reason,
        by=by.kind,
    )
