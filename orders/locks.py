"""Row locks: by primary key, always in the order Cart → Purchase → Order → Stock → Payment."""

from orders.models import Cart, Complaint, Order


def locked_order(pk: int) -> Order:
    """The order, locked until the transaction ends. Evaluates at once."""
    return Order.objects.select_for_update(of=("self",)).get(pk=pk)


def locked_cart(pk: int) -> Cart:
    """The cart, locked: a doubled submit waits here for the first one to finish."""
    return Cart.objects.select_for_update(of=("self",)).get(pk=pk)


def locked_complaint(pk: int) -> Complaint:
    """The complaint, locked after its order, which it holds fresh. Evaluates at once."""
    order_id = Complaint.objects.values_list("order_id", flat=True).get(pk=pk)
    order = locked_order(order_id)
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    complaint.order = order
    return complaint
