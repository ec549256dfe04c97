"""Shopee's words into ours."""

import hashlib
import json
from collections.abc import Sequence

from channels.errors import ChannelError, Kind
from channels.parties import Place, Push, ToldLine, ToldOrder
from channels.shopee.wire import Category, Order
from vietnam.text import fold

STAGES: dict[str, str] = {
    "UNPAID": "awaiting_payment",
    "PENDING": "held",
    "INVOICE_PENDING": "held",
    "READY_TO_SHIP": "to_ship",
    "RETRY_SHIP": "to_ship",
    "PROCESSED": "ready",
    "SHIPPED": "shipped",
    "TO_CONFIRM_RECEIVE": "shipped",
    "COMPLETED": "done",
    "IN_CANCEL": "cancel_requested",
    "CANCELLED": "cancelled",
    "TO_RETURN": "returned",
}
ORDER_STATUS = 3

# What a Shopee category of our goods is called there, best first.
WORDS: dict[str, tuple[str, ...]] = {
    "cashew": ("hat kho", "hat", "do an vat"),
    "pepper": ("gia vi", "do kho"),
    "honey": ("mat ong", "thuc pham"),
    "coffee": ("ca phe", "do uong"),
    "fruit": ("trai cay", "rau qua"),
}


def told(order: Order) -> ToldOrder:
    """An order in our words; a status we don't know stays as it is, with the stage "unknown"."""
    return ToldOrder(
        external_id=order.order_sn,
        state=order.status,
        stage=STAGES.get(order.status, "unknown"),
        updated_at=order.updated_at,
        placed_at=order.created_at,
        ship_by=order.ship_by,
        recipient={
            "name": order.recipient.name,
            "phone": order.recipient.phone,
            "address": order.recipient.full_address,
            "buyer": order.buyer,
        },
        lines=tuple(
            ToldLine(
                place=Place(str(line.item_id), str(line.model_id)),
                name=line.name[:160],
                variant_name=line.model_name[:80],
                sku=line.sku[:60],
                unit_price_vnd=line.unit_price_vnd,
                quantity=line.quantity,
            )
            for line in order.lines
        ),
        raw=order.raw,
    )


def read_push(body: bytes) -> Push | None:
    """A checked notice. Shopee gives no event id: the bytes themselves are it, so that a repeat
    of the same notice is one event. None when it can't be read."""
    try:
        data = json.loads(body)
        about = data.get("data") or {}
        is_order = data["code"] == ORDER_STATUS
        return Push(
            event_id=hashlib.sha256(body).hexdigest(),
            kind=str(data["code"]),
            shop_id=str(data["shop_id"]),
            order_id=str(about.get("ordersn", "")) if is_order else "",
        )
    except (ValueError, KeyError, AttributeError):
        return None


def category_for(commodity: str, categories: Sequence[Category]) -> int:
    """The leaf that fits a commodity best by its name, else the first food leaf there is."""
    leaves = [
        (fold(category.name), category.category_id) for category in categories if category.is_leaf
    ]
    for word in WORDS.get(commodity, ()):
        for name, category_id in leaves:
            if word in name:
                return category_id
    if not leaves:
        raise ChannelError("no_category", "Shopee names no category to offer in.", Kind.REFUSED)
    return leaves[0][1]
