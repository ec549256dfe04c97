"""A cart as it stands now: priced again, grouped by vendor, with what has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F

from catalog.states import ProductState
from core import clock
from orders.models import Cart, CartLine
from shipping.quotes import Box, Quote, quote_boxes
from vendors.states import VendorState


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


def _lines(cart: Cart) -> Iterable[Mapping[str, Any]]:
    product = "variant__product__"
    return (
        CartLine.objects.filter(cart=cart)
        .order_by(f"{product}vendor__name", "id")
        .values(
            "variant_id",
            "quantity",
            "seen_price_vnd",
            vendor_id=F(f"{product}vendor_id"),
            vendor_name=F(f"{product}vendor__name"),
            vendor_short=F(f"{product}vendor__short_name"),
            vendor_slug=F(f"{product}vendor__slug"),
            vendor_tax_code=F(f"{product}vendor__tax_code"),
            vendor_ward=F(f"{product}vendor__ward_code"),
            vendor_state=F(f"{product}vendor__state"),
            product_id=F("variant__product_id"),
            product_state=F(f"{product}state"),
            slug=F(f"{product}slug"),
            name_vi=F(f"{product}name_vi"),
            name_en=F(f"{product}name_en"),
            grade=F(f"{product}grade"),
            card=F(f"{product}search_entry__card"),
            variant_vi=F("variant__name_vi"),
            variant_en=F("variant__name_en"),
            sku=F("variant__sku"),
            net_grams=F("variant__net_grams"),
            gross_grams=F("variant__gross_grams"),
            price_vnd=F("variant__price_vnd"),
            archived_at=F("variant__archived_at"),
            on_hand=F("variant__stock__on_hand"),
            held=F("variant__stock__held"),
        )
    )


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
        picture=(row["card"] or {}).get("picture", ""),
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
