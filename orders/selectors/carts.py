"""A cart as it stands now: priced again, grouped by vendor, with what has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection

from catalog.states import ProductState
from core import clock
from orders.models import Cart, CartLine
from shipping.quotes import Box, Quote, quote_boxes
from vendors.states import VendorState

# Plain SQL: a purchase needs it four times, and putting it together cost more than running it.
LINES = """
SELECT line.variant_id, line.quantity, line.seen_price_vnd,
       product.vendor_id, vendor.name AS vendor_name, vendor.short_name AS vendor_short,
       vendor.slug AS vendor_slug, vendor.tax_code AS vendor_tax_code,
       vendor.ward_code AS vendor_ward, vendor.state AS vendor_state,
       variant.product_id, product.state AS product_state, product.slug, product.name_vi,
       product.name_en, product.grade, entry.card ->> 'picture' AS picture,
       variant.name_vi AS variant_vi, variant.name_en AS variant_en, variant.sku,
       variant.net_grams, variant.gross_grams, variant.price_vnd, variant.archived_at,
       stock.on_hand, stock.held
FROM orders_cartline line
JOIN catalog_variant variant ON variant.id = line.variant_id
JOIN catalog_product product ON product.id = variant.product_id
JOIN vendors_vendor vendor ON vendor.id = product.vendor_id
LEFT JOIN catalog_stock stock ON stock.variant_id = variant.id
LEFT JOIN catalog_searchentry entry ON entry.product_id = product.id
WHERE line.cart_id = %s ORDER BY vendor.name, line.id
"""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line at today's price. `notice` is "", "price_changed", "fewer_left", "sold_out" or
    "not_for_sale"; all but the first two stop a purchase."""

    variant_id: int
    product_id: int
    slug: str
    name_vi: str
    name_en: str
    variant_vi: str
    variant_en: str
    sku: str
    grade: str
    picture: str
    net_grams: int
    gross_grams: int
    quantity: int
    unit_price_vnd: int
    seen_price_vnd: int
    available: int
    notice: str

    @property
    def total_vnd(self) -> int:
        return self.unit_price_vnd * self.quantity

    @property
    def stops(self) -> bool:
        return self.notice in {"fewer_left", "sold_out", "not_for_sale"}


@dataclass(frozen=True, slots=True)
class Group:
    """One vendor's part: it becomes one order with one parcel."""

    vendor_id: int
    vendor_name: str
    vendor_label: str
    vendor_slug: str
    vendor_tax_code: str
    vendor_ward: str
    lines: tuple[PricedLine, ...]
    quote: Quote | None = None

    @property
    def goods_vnd(self) -> int:
        return sum(line.total_vnd for line in self.lines if line.notice != "not_for_sale")

    @property
    def grams(self) -> int:
        return sum(line.gross_grams * line.quantity for line in self.lines)

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + (self.quote.fee_vnd if self.quote else 0)

    @property
    def box(self) -> Box:
        return Box(
            vendor_id=self.vendor_id,
            vendor_name=self.vendor_label,
            from_ward=self.vendor_ward,
            grams=self.grams,
            goods_vnd=self.goods_vnd,
        )


@dataclass(frozen=True, slots=True)
class CartView:
    """The whole cart. Without a ward no fees are known, and `shipping_vnd` is None."""

    groups: tuple[Group, ...] = field(default=())
    ward_code: str = ""

    @property
    def count(self) -> int:
        return sum(line.quantity for group in self.groups for line in group.lines)

    @property
    def goods_vnd(self) -> int:
        return sum(group.goods_vnd for group in self.groups)

    @property
    def shipping_vnd(self) -> int | None:
        quotes = [group.quote for group in self.groups]
        return sum(quote.fee_vnd for quote in quotes if quote) if all(quotes) else None

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + (self.shipping_vnd or 0)

    @property
    def can_order(self) -> bool:
        lines = [line for group in self.groups for line in group.lines]
        return bool(lines) and not any(line.stops for line in lines)


def count_units(cart: Cart) -> int:
    """How many units are in the cart (for the number beside its link)."""
    return sum(CartLine.objects.filter(cart=cart).values_list("quantity", flat=True))


def view_cart(cart: Cart, *, ward_code: str = "", on: date | None = None) -> CartView:
    """The cart at today's prices, with a quote per vendor when the ward is known (2–3 queries).

    Raises NoDelivery when a vendor doesn't deliver to the ward.
    """
    ward = ward_code or cart.ward_code
    groups = _grouped(_lines(cart))
    if groups and ward:
        boxes = [group.box for group in groups]
        quotes = quote_boxes(boxes, to_ward=ward, on=on or clock.today())
        groups = tuple(replace(group, quote=quotes[group.vendor_id]) for group in groups)
    return CartView(groups=groups, ward_code=ward)


def _lines(cart: Cart) -> list[Mapping[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(LINES, [cart.pk])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _grouped(rows: Iterable[Mapping[str, Any]]) -> tuple[Group, ...]:
    lines: dict[int, list[PricedLine]] = {}
    vendors: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        vendors[row["vendor_id"]] = row
        lines.setdefault(row["vendor_id"], []).append(_priced(row))
    return tuple(
        Group(
            vendor_id=vendor_id,
            vendor_name=row["vendor_name"],
            vendor_label=row["vendor_short"] or row["vendor_name"],
            vendor_slug=row["vendor_slug"],
            vendor_tax_code=row["vendor_tax_code"],
            vendor_ward=row["vendor_ward"],
            lines=tuple(lines[vendor_id]),
        )
        for vendor_id, row in vendors.items()
    )


def _priced(row: Mapping[str, Any]) -> PricedLine:
    available = max((row["on_hand"] or 0) - (row["held"] or 0), 0)
    return PricedLine(
        variant_id=row["variant_id"],
        product_id=row["product_id"],
        slug=row["slug"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        variant_vi=row["variant_vi"],
        variant_en=row["variant_en"],
        sku=row["sku"],
        grade=row["grade"],
        picture=row["picture"] or "",
        net_grams=row["net_grams"],
        gross_grams=row["gross_grams"],
        quantity=row["quantity"],
        unit_price_vnd=row["price_vnd"],
        seen_price_vnd=row["seen_price_vnd"],
        available=available,
        notice=_notice(row, available),
    )


def _notice(row: Mapping[str, Any], available: int) -> str:
    for_sale = (
        row["archived_at"] is None
        and row["product_state"] == ProductState.LIVE
        and row["vendor_state"] == VendorState.APPROVED
    )
    if not for_sale:
        return "not_for_sale"
    if available == 0:
        return "sold_out"
    if available < row["quantity"]:
        return "fewer_left"
    return "price_changed" if row["price_vnd"] != row["seen_price_vnd"] else ""
