"""Row locks: by primary key, always in the order Cart → Purchase → Order → Stock → Payment."""

from orders.models import Cart, Complaint, Order


def locked_order(pk: int) -> Order:
    """The order, locked until the transaction ends. Evaluates at once."""
    return Order.objects.select_for_update(of=("self",)).get(pk=pk)


def find_locked_cart(pk: int) -> Cart | None:
    """The cart, locked: a doubled submit waits here for the first one to finish. None when it has
    joined another cart meanwhile."""
    return Cart.objects.select_for_update(of=("self",)).filter(pk=pk).first()


def locked_complaint(pk: int) -> Complaint:
    """The complaint, locked after its order, which it holds fresh. Evaluates at once."""
    order_id = Complaint.objects.values_list("order_id", flat=True).get(pk=pk)
    order = locked_order(order_id)
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    complaint.order = order
    return complaint
