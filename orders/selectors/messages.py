"""Messages about orders, as each side reads them."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from orders.models import Order, OrderMessage
from vendors.models import Vendor

OTHER = {"buyer": "vendor", "vendor": "buyer"}


def list_messages(order: Order) -> QuerySet[OrderMessage]:
    """All of an order's messages, oldest first."""
    return OrderMessage.objects.filter(order=order).select_related("photo").order_by("pk")


def unseen_per_order(orders: Iterable[int], *, reader_kind: str) -> dict[int, int]:
    """{order id: messages that this side hasn't opened}, only where there are some."""
    rows = OrderMessage.objects.filter(
        order_id__in=list(orders), author_kind=OTHER[reader_kind], seen_at=None
    )
    return dict(rows.values_list("order_id").annotate(Count("pk")).order_by())


def list_conversations(vendor: Vendor) -> QuerySet[Order]:
    """A vendor's orders with messages, the newest message on top."""
    return (
        Order.objects.for_vendor(vendor)
        .filter(messages__isnull=False)
        .annotate(messages_count=Count("messages"))
        .select_related("purchase")
        .order_by("-pk")
    )
