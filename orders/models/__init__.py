"""Cart, purchase, order, holds and parcels."""

from orders.models.cart import Cart, CartLine
from orders.models.order import Hold, Order, OrderEvent, OrderLine, Origin, Purchase
from orders.models.parcel import Parcel, ParcelEvent

__all__ = [
    "Cart",
    "CartLine",
    "Hold",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Origin",
    "Parcel",
    "ParcelEvent",
    "Purchase",
]
