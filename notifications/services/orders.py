"""Messages about orders, to the buyer and to the vendor, by text message and mail."""

from typing import Any

from notifications.links import link
from notifications.services.telling import Note, tell, ways_to
from notifications.services.vendors import targets_of
from orders.models import Order
from orders.states import OrderState
from shipping.models import Service
from vietnam.places import find_ward, full_name

# What a buyer is told, by the order's new state; the other moves only show on the page.
_BUYER = {
    OrderState.CONFIRMED: "order_confirmed",
    OrderState.SHIPPED: "order_shipped",
    OrderState.DELIVERED: "order_delivered",
    OrderState.CANCELLED: "order_cancelled",
    OrderState.RETURNED: "order_returned",
}
# Who fetches the goods must know when they are ready; nothing is on the way then.
_FETCHING = {
    OrderState.CONFIRMED: "order_confirmed",
    OrderState.PACKED: "order_ready",
    OrderState.CANCELLED: "order_cancelled",
}
_VENDOR = {
    OrderState.CANCELLED: "order_cancelled_vendor",
    OrderState.RETURNED: "order_returned_vendor",
}


def on_order_placed(key: str, payload: dict[str, Any]) -> None:
    """`order.placed`: the vendor must confirm; the buyer has one message for the whole purchase,
    with its first order."""
    order = _find(payload)
    if order is None:
        return
    vendor = order.vendor
    tell(
        targets=targets_of(vendor),
        note=Note(
            "order_new_vendor",
            {"order": order, "lines": list(order.lines.all()), "vendor": vendor},
            link=link("desk_order", vendor.language, number=order.number),
            about=f"order {order.number}",
        ),
        dedupe_key=f"{key}:placed",
        language=vendor.language,
    )
    purchase = order.purchase
    if purchase is None or purchase.orders.order_by("pk").values_list("pk")[0] != (order.pk,):
        return
    tell(
        targets=ways_to(phone=purchase.phone, email=purchase.email),
        note=Note(
            "order_placed",
            {"purchase": purchase, "orders": list(purchase.orders.prefetch_related("lines"))},
            link=link("follow", purchase.language, number=purchase.number),
            about=f"purchase {purchase.number}",
        ),
        dedupe_key=f"purchase:{purchase.number}:placed",
        language=purchase.language,
    )


def on_order_moved(key: str, payload: dict[str, Any]) -> None:
    """`order.moved`: tell the buyer what matters to them, the vendor what it didn't do itself."""
    order, to_state = _find(payload), payload["to_state"]
    if order is None:
        return
    _tell_buyer(key, order, to_state, payload.get("reason", ""))
    if payload.get("by") != "vendor":
        _tell_vendor(key, order, to_state, payload.get("reason", ""))


def _tell_buyer(key: str, order: Order, to_state: str, reason: str) -> None:
    purchase = order.purchase
    kinds = _FETCHING if order.parcel.service == Service.PICKUP else _BUYER
    if purchase is None or to_state not in kinds:
        return
    tell(
        targets=ways_to(phone=purchase.phone, email=purchase.email),
        note=Note(
            kinds[OrderState(to_state)],
            {"order": order, "purchase": purchase, "reason": reason, "place": _place(order)},
            link=link("follow", purchase.language, number=order.number),
            about=f"order {order.number}",
        ),
        dedupe_key=f"{key}:{to_state}:buyer",
        language=purchase.language,
    )


def _place(order: Order) -> str:
    """Where a buyer fetches the goods: street and ward of the vendor."""
    ward = find_ward(order.vendor.ward_code)
    names = [order.vendor.street, full_name(ward, "vi") if ward else ""]
    return ", ".join(name for name in names if name)


def _tell_vendor(key: str, order: Order, to_state: str, reason: str) -> None:
    if to_state not in _VENDOR:
        return
    vendor = order.vendor
    tell(
        targets=targets_of(vendor),
        note=Note(
            _VENDOR[OrderState(to_state)],
            {"order": order, "reason": reason, "vendor": vendor},
            link=link("desk_order", vendor.language, number=order.number),
            about=f"order {order.number}",
        ),
        dedupe_key=f"{key}:{to_state}:vendor",
        language=vendor.language,
    )


def _find(payload: dict[str, Any]) -> Order | None:
    return (
        Order.objects.select_related("vendor", "purchase", "parcel")
        .filter(number=payload["order_number"])
        .first()
    )
