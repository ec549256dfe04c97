"""Orders as their buyers and vendors see them."""

from django.db.models import QuerySet

from core.errors import NotFound
from orders.models import Order, Purchase
from vietnam.number import normalise_number


def get_purchase(number: str) -> Purchase:
    """A purchase by its public number. Raises NotFound. The caller proves whose it is."""
    purchase = Purchase.objects.filter(number=normalise_number(number)).first()
    if purchase is None:
        raise NotFound()
    return purchase


def find_followed(number: str) -> Purchase | None:
    """The purchase behind a purchase's or an order's number, for following with a code."""
    wanted = normalise_number(number)
    purchase = Purchase.objects.filter(number=wanted).first()
    if purchase is not None:
        return purchase
    order = Order.objects.filter(number=wanted).select_related("purchase").first()
    return order.purchase if order else None


def list_placed(purchase: Purchase) -> QuerySet[Order]:
    """Its orders with their lines: what the confirmation shows, in two queries."""
    orders = Order.objects.filter(purchase=purchase).select_related("parcel", "vendor")
    return orders.prefetch_related("lines").order_by("id")


def list_orders_of(purchase: Purchase) -> QuerySet[Order]:
    """Its orders with all that a buyer's page shows, in a fixed number of queries."""
    return (
        Order.objects.filter(purchase=purchase)
        .select_related("vendor", "parcel")
        .prefetch_related("lines__variant", "events", "parcel__events", "complaints")
        .order_by("id")
    )


def list_purchases_of(user_id: int) -> QuerySet[Purchase]:
    """An account's purchases with their orders and lines, newest first."""
    own = Purchase.objects.filter(buyer_id=user_id)
    return own.prefetch_related("orders__lines").order_by("-pk")
