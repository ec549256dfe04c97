"""Cart, purchase, order, holds, parcels, complaints and messages."""

from orders.models.cart import Cart, CartLine
from orders.models.complaint import (
    Complaint,
    ComplaintEntry,
    ComplaintItem,
    ComplaintKind,
    ComplaintPhoto,
    Outcome,
    Refund,
    TakenBack,
    Wish,
)
from orders.models.message import OrderMessage
from orders.models.order import Hold, Order, OrderEvent, OrderLine, Origin, Purchase
from orders.models.parcel import Parcel, ParcelEvent

__all__ = [
    "Cart",
    "CartLine",
    "Complaint",
    "ComplaintEntry",
    "ComplaintItem",
    "ComplaintKind",
    "ComplaintPhoto",
    "Hold",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderMessage",
    "Origin",
    "Outcome",
    "Parcel",
    "ParcelEvent",
    "Purchase",
    "Refund",
    "TakenBack",
    "Wish",
]
