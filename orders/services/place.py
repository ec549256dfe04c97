"""Buy: one confirmed checkout becomes one purchase with one order per vendor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.services import stock
from core import clock, outbox, rows
from core.errors import InvalidInput
from orders import rules
from orders.errors import BadAddress, CartChanged, CartEmpty, PriceChanged, TooManyOpenOrders
from orders.locks import find_locked_cart
from orders.models import (
    Cart,
    Hold,
    Order,
    OrderEvent,
    OrderLine,
    Parcel,
    Purchase,
)
from orders.selectors.carts import CartView, Group, Wishes, view_cart
from orders.services.invoices import Invoice, checked_invoice
from orders.states import OrderState
from promotions.selectors import Who
from promotions.services.redeeming import redeem
from shipping.models import Service
from shipping.quotes import NoDelivery
from vietnam.money import format_vnd
from vietnam.number import make_number
from vietnam.phone import InvalidPhone, parse_phone
from vietnam.places import find_ward

LONGEST_NOTE = 300
WAITING = """
SELECT count(*) FROM orders_order JOIN orders_purchase ON orders_purchase.id = purchase_id
WHERE orders_purchase.phone = %s AND state = %s
"""
# What was bought leaves, and no more: a buyer with two tabs may raise a line, or take one up again,
# after the lines were read. One statement, which reads again what changed while it waited.
EMPTY = """
MERGE INTO orders_cartline AS line
USING unnest(%(variants)s::bigint[], %(pieces)s::int[]) AS bought (variant_id, pieces)
ON line.cart_id = %(cart)s AND line.variant_id = bought.variant_id
WHEN MATCHED AND line.quantity > bought.pieces THEN
  UPDATE SET quantity = line.quantity - bought.pieces
WHEN MATCHED THEN DELETE
"""
NEW_KEY = "UPDATE orders_cart SET checkout_key = %s, ward_code = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Placement:
    """What the buyer confirms. Prices, fees and totals are never taken from outside:
    `shown_total_vnd` is only compared with what they come to now, and `shown_goods` (the digest of
    the cart on the page) with what would be ordered."""

    cart_id: int
    checkout_key: UUID
    name: str
    phone: str
    ward_code: str
    street: str
    shown_total_vnd: int
    shown_goods: str
    email: str = ""
    note: str = ""
    language: str = "vi"
    buyer_id: int | None = None
    services: Mapping[int, str] = field(default_factory=dict)  # vendor id -> how it is delivered
    notes: Mapping[int, str] = field(default_factory=dict)  # vendor id -> a note to it alone
    vouchers: tuple[str, ...] = ()
    invoice: Invoice | None = None


def place_purchase(placement: Placement) -> Purchase:
    """Turn the cart into a purchase: price again, hold stock, write orders, empty the cart.

    Afterwards every unit of every order is held, or nothing at all has changed; what another tab
    adds meanwhile stays in the cart. The same checkout key twice, even at once or after the cart
    joined another, returns the first purchase. Locks the cart, then stock rows in key order. Raises
    InvalidInput, BadAddress, CartEmpty, CartChanged, PriceChanged, OutOfStock, NoDelivery,
    TooManyOpenOrders, VoucherRefused, BadFields (invoice data). Emits `order.placed` per order.
    """
    phone = _checked_phone(placement)
    with transaction.atomic():
        cart = find_locked_cart(placement.cart_id)
        first = find_placed(placement.checkout_key)
        if first is not None:
            return first
        if cart is None:
            raise CartChanged()
        now = clock.now()
        wishes = Wishes(placement.services, placement.vouchers, Who(placement.buyer_id, phone))
        view = view_cart(cart, ward_code=placement.ward_code, on=clock.day(now), wishes=wishes)
        _check_view(view, placement)
        _check_open_orders(phone)
        purchase = _write_purchase(placement, phone=phone, total_vnd=view.total_vnd, now=now)
        orders = _write_orders(purchase, view, placement.notes)
        _hold_stock(orders, view)
        if view.discounts:
            numbers = {order.vendor_id: order.number for order in orders}
            redeem(
                view.discounts,
                purchase_number=purchase.number,
                orders=numbers,
                who=wishes.who,
                at=now,
            )
        _empty(cart, view, placement.ward_code)
        outbox.emit_many(
            ("order.placed", f"order:{order.number}", {"order_number": order.number})
            for order in orders
        )
    return purchase


def find_placed(checkout_key: UUID) -> Purchase | None:
    """The purchase that this checkout already made, if any."""
    return Purchase.objects.filter(checkout_key=checkout_key).first()


def _checked_phone(placement: Placement) -> str:
    if not placement.name.strip():
        raise InvalidInput(
            "name_missing", _("Please tell us who receives the goods."), field="name"
        )
    ward = find_ward(placement.ward_code)
    if ward is None or ward.valid_to is not None:
        raise BadAddress(field="ward")
    if not placement.street.strip():
        raise BadAddress(field="street")
    try:
        return parse_phone(placement.phone)
    except InvalidPhone as error:
        raise InvalidInput(
            "bad_phone",
            _("Please enter a Vietnamese phone number, such as 0912 345 678."),
            field="phone",
        ) from error


def _check_view(view: CartView, placement: Placement) -> None:
    if not view.groups:
        raise CartEmpty()
    for group in view.groups:
        if group.is_unreachable:
            raise NoDelivery(vendor=group.vendor_label, vendor_id=group.vendor_id)
    if not view.can_order:
        raise CartChanged()
    for refused in view.applied.refused:
        raise refused
    if view.total_vnd != placement.shown_total_vnd:
        raise PriceChanged(total=format_vnd(view.total_vnd), total_vnd=view.total_vnd)
    if view.digest != placement.shown_goods:
        raise CartChanged()


def _check_open_orders(phone: str) -> None:
    most = rules.MOST_WAITING_PER_PHONE.value()
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [phone, OrderState.PLACED])
        waiting = cursor.fetchone()[0]
    if waiting >= most:
        raise TooManyOpenOrders(count=waiting)


def _write_purchase(placement: Placement, *, phone: str, total_vnd: int, now: datetime) -> Purchase:
    invoice = checked_invoice(placement.invoice) if placement.invoice else None
    company = _company(invoice, now) if invoice else {}
    purchase = Purchase(
        number=make_number(),
        checkout_key=placement.checkout_key,
        buyer_id=placement.buyer_id,
        name=placement.name.strip(),
        phone=phone,
        email=placement.email.strip().lower(),
        ward_code=placement.ward_code,
        street=placement.street.strip(),
        note=placement.note.strip(),
        language=placement.language,
        total_vnd=total_vnd,
        placed_at=now,
        **company,
    )
    rows.insert([purchase])
    return purchase


def _company(invoice: Invoice, now: datetime) -> dict[str, Any]:
    return {
        "invoice_tax_code": invoice.tax_code,
        "invoice_name": invoice.name,
        "invoice_address": invoice.address,
        "invoice_email": invoice.email,
        "invoice_agreed_at": now,
    }


def _write_orders(purchase: Purchase, view: CartView, notes: Mapping[int, str]) -> list[Order]:
    """Orders with lines, parcels and the first row of their timelines: one statement a table."""
    confirm_by = purchase.placed_at + rules.CONFIRM_WITHIN.span()
    orders = [
        _order(purchase, group, confirm_by=confirm_by, note=notes.get(group.vendor_id, ""))
        for group in view.groups
    ]
    rows.insert(orders)
    pairs = list(zip(orders, view.groups, strict=True))
    rows.insert(line for order, group in pairs for line in _lines(order, group))
    rows.insert(_parcel(order, group) for order, group in pairs)
    rows.insert(
        OrderEvent(
            order=order,
            at=purchase.placed_at,
            to_state=OrderState.PLACED,
            actor_kind="buyer",
            actor_id=purchase.buyer_id,
        )
        for order in orders
    )
    return orders


def _order(purchase: Purchase, group: Group, *, confirm_by: datetime, note: str) -> Order:
    fee_vnd = group.quote.fee_vnd if group.quote else 0
    return Order(
        number=make_number(),
        purchase=purchase,
        vendor_id=group.vendor_id,
        goods_vnd=group.goods_vnd,
        discount_vnd=group.discount_vnd,
        shipping_vnd=fee_vnd,
        total_vnd=group.total_vnd,
        note=note.strip()[:LONGEST_NOTE],
        vendor_name=group.vendor_name,
        vendor_tax_code=group.vendor_tax_code,
        placed_at=purchase.placed_at,
        confirm_by=confirm_by,
        promised_on=group.quote.latest if group.quote else None,
    )


def _lines(order: Order, group: Group) -> list[OrderLine]:
    return [
        OrderLine(
            order=order,
            variant_id=line.variant_id,
            name=line.name_vi,
            name_en=line.name_en,
            variant_name=line.variant_vi,
            variant_name_en=line.variant_en,
            sku=line.sku,
            grade=line.grade,
            net_grams=line.net_grams,
            gross_grams=line.gross_grams,
            unit_price_vnd=line.unit_price_vnd,
            quantity=line.quantity,
            total_vnd=line.total_vnd,
            discount_vnd=off,
        )
        for line, off in zip(group.lines, group.off or (0,) * len(group.lines), strict=True)
    ]


def _parcel(order: Order, group: Group) -> Parcel:
    return Parcel(
        order=order,
        carrier="demo",
        service=group.quote.service if group.quote else Service.STANDARD,
        weight_grams=group.grams,
        fee_vnd=order.shipping_vnd,
        cod_vnd=order.total_vnd,
        expected_on=order.promised_on,
    )


def _hold_stock(orders: list[Order], view: CartView) -> None:
    """Every unit of the purchase, in one pass over the stock rows in key order."""
    units = [{line.variant_id: line.quantity for line in group.lines} for group in view.groups]
    stock.hold_all({order.number: part for order, part in zip(orders, units, strict=True)})
    rows.insert(
        Hold(order=order, variant_id=variant, quantity=quantity, expires_at=order.confirm_by)
        for order, part in zip(orders, units, strict=True)
        for variant, quantity in part.items()
    )


def _empty(cart: Cart, view: CartView, ward_code: str) -> None:
    """The bought units leave the cart, those set aside stay; the next checkout has its own key and
    begins with the same ward."""
    bought = [line for group in view.groups for line in group.lines]
    values: dict[str, Any] = {
        "cart": cart.pk,
        "variants": [line.variant_id for line in bought],
        "pieces": [line.quantity for line in bought],
    }
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, values)
        cursor.execute(NEW_KEY, [uuid4(), ward_code, cart.pk])
