"""Take an order that was sold on a channel: hold what is there, ask a person about the rest."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from catalog.errors import OutOfStock
from catalog.models import Variant
from catalog.services import stock
from core import outbox
from core.cases import open_case
from orders.models import Hold, Order, OrderEvent, OrderLine, Parcel
from orders.states import OrderState
from vendors.models import Vendor
from vietnam.number import make_number


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A line as the channel tells it; `variant_id` is None when no listing maps it."""

    variant_id: int | None
    name: str
    variant_name: str
    sku: str
    unit_price_vnd: int
    quantity: int


@dataclass(frozen=True, slots=True)
class ChannelSale:
    """A whole order of a channel, already translated from its words."""

    vendor_id: int
    origin: str
    external_id: str
    placed_at: datetime
    ship_by: datetime
    recipient: dict[str, str]
    lines: tuple[ChannelLine, ...]


def take_channel_order(sale: ChannelSale) -> Order:
    """Write the order once and hold its units; the channel has promised them already.

    The same (vendor, origin, external id) again returns the first order. Each variant is held on
    its own: what isn't there is not promised to anybody else, the order still stands, and a Case
    opens in the same transaction (also for a line that no listing maps). Locks stock rows in key
    order. Emits `order.placed`.
    """
    with transaction.atomic():
        order, is_new = Order.objects.get_or_create(
            vendor_id=sale.vendor_id,
            origin=sale.origin,
            external_id=sale.external_id,
            defaults=_fields(sale),
        )
        if not is_new:
            return order
        _write_lines(order, sale)
        _hold_or_report(order, sale)
        outbox.emit("order.placed", key=f"order:{order.number}", order_number=order.number)
        return order


def _fields(sale: ChannelSale) -> dict[str, object]:
    vendor = Vendor.objects.get(pk=sale.vendor_id)
    goods_vnd = sum(line.unit_price_vnd * line.quantity for line in sale.lines)
    return {
        "number": make_number(),
        "state": OrderState.CONFIRMED,
        "payment_method": "channel",
        "payment_mode": "channel",
        "goods_vnd": goods_vnd,
        "shipping_vnd": 0,
        "total_vnd": goods_vnd,
        "vendor_name": vendor.name,
        "vendor_tax_code": vendor.tax_code,
        "recipient": sale.recipient,
        "placed_at": sale.placed_at,
        "confirm_by": sale.ship_by,
    }


def _write_lines(order: Order, sale: ChannelSale) -> None:
    known = Variant.objects.select_related("product").in_bulk(
        [line.variant_id for line in sale.lines if line.variant_id is not None]
    )
    OrderLine.objects.bulk_create(
        _line(order, line, known.get(line.variant_id) if line.variant_id else None)
        for line in sale.lines
    )
    Parcel.objects.create(
        order=order,
        carrier=sale.origin,
        weight_grams=sum(
            known[line.variant_id].gross_grams * line.quantity
            for line in sale.lines
            if line.variant_id in known
        ),
        fee_vnd=0,
    )
    OrderEvent.objects.create(
        order=order, at=sale.placed_at, to_state=order.state, actor_kind="channel"
    )


def _line(order: Order, line: ChannelLine, variant: Variant | None) -> OrderLine:
    return OrderLine(
        order=order,
        variant=variant,
        name=variant.product.name_vi if variant else line.name,
        name_en=variant.product.name_en if variant else "",
        variant_name=variant.name_vi if variant else line.variant_name,
        variant_name_en=variant.name_en if variant else "",
        sku=line.sku,
        grade=variant.product.grade if variant else "",
        net_grams=variant.net_grams if variant else 0,
        gross_grams=variant.gross_grams if variant else 0,
        unit_price_vnd=line.unit_price_vnd,
        quantity=line.quantity,
        total_vnd=line.unit_price_vnd * line.quantity,
    )


def _hold_or_report(order: Order, sale: ChannelSale) -> None:
    wanted: dict[int, int] = {}
    for line in sale.lines:
        if line.variant_id is None:
            _open(order, "unmapped_line", line.name, line.sku)
        else:
            wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    for variant_id in sorted(wanted):
        _hold_one(order, variant_id, wanted[variant_id])


def _hold_one(order: Order, variant_id: int, quantity: int) -> None:
    try:
        with transaction.atomic():
            stock.hold(units={variant_id: quantity}, order_number=order.number)
            Hold.objects.create(order=order, variant_id=variant_id, quantity=quantity)
    except OutOfStock as short:
        name = str(short.params["name"])
        _open(order, "oversold", name, str(variant_id), available=short.params["available"])


def _open(order: Order, kind: str, name: str, what: str, **detail: object) -> None:
    open_case(
        kind=kind,
        subject=("order", order.number),
        title=f"{name}: {order.origin} {order.external_id}",
        detail={"line": what, **detail},
        vendor_id=order.vendor_id,
        dedupe_key=f"{kind}:{order.number}:{what}",
    )
