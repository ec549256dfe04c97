"""A cart as it stands now: priced again, grouped by vendor, with what has changed."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection

from catalog.states import ProductState
from core import clock
from orders.models import Cart, CartLine
from promotions.selectors import Applied, Discount, Who, apply_vouchers
from shipping.quotes import Box, Quote, offer_boxes
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
       stock.on_hand, stock.held, line.set_aside
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
    """One line at today's price. `notice` is "", "price_changed", "fewer_left", "sold_out",
    "not_for_sale" or "vendor_away"; all but the first two stop a purchase."""

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
    vendor_label: str
    set_aside: bool

    @property
    def total_vnd(self) -> int:
        return self.unit_price_vnd * self.quantity

    @property
    def stops(self) -> bool:
        return self.notice not in {"", "price_changed"}

    @property
    def is_sold(self) -> bool:
        """Whether it has a price at all: its offer still stands."""
        return self.notice not in {"not_for_sale", "vendor_away"}


@dataclass(frozen=True, slots=True)
class Group:
    """One vendor's part: it becomes one order with one parcel. `quote` is the chosen one of the
    `offers`; with the ward known and nothing on offer, no carrier goes there."""

    vendor_id: int
    vendor_name: str
    vendor_label: str
    vendor_slug: str
    vendor_tax_code: str
    vendor_ward: str
    lines: tuple[PricedLine, ...]
    offers: tuple[Quote, ...] | None = None
    quote: Quote | None = None
    off: tuple[int, ...] = ()  # what vouchers take off, per line

    @property
    def is_unreachable(self) -> bool:
        return self.offers == ()

    @property
    def discount_vnd(self) -> int:
        return sum(self.off)

    @property
    def goods_vnd(self) -> int:
        return sum(line.total_vnd for line in self.lines if line.is_sold)

    @property
    def grams(self) -> int:
        return sum(line.gross_grams * line.quantity for line in self.lines)

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd - self.discount_vnd + (self.quote.fee_vnd if self.quote else 0)

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
class Wishes:
    """What a buyer chose for this purchase: a service per vendor id, and vouchers."""

    services: Mapping[int, str] = field(default_factory=dict)
    vouchers: tuple[str, ...] = ()
    who: Who = field(default_factory=Who)


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class CartView:
    """The whole cart. Without a ward no fees are known, and `shipping_vnd` is None. `later` are the
    lines set aside; `applied` says which vouchers count, and why others don't."""

    groups: tuple[Group, ...] = field(default=())
    ward_code: str = ""
    later: tuple[PricedLine, ...] = field(default=())
    applied: Applied = field(default_factory=Applied)

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
    def discounts(self) -> tuple[Discount, ...]:
        return self.applied.discounts

    @property
    def discount_vnd(self) -> int:
        return sum(group.discount_vnd for group in self.groups)

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd - self.discount_vnd + (self.shipping_vnd or 0)

    @property
    def digest(self) -> str:
        """What would be ordered, in short: goods, pieces, unit prices, ways of delivery, vouchers.
        A page carries it to the button, so that nothing else is ordered at the same total."""
        goods = sorted(
            (line.variant_id, line.quantity, line.unit_price_vnd)
            for group in self.groups
            for line in group.lines
        )
        ways = sorted(
            (group.vendor_id, group.quote and group.quote.service) for group in self.groups
        )
        vouchers = sorted((one.code, one.total_vnd) for one in self.discounts)
        told = repr((goods, ways, vouchers)).encode()
        return hashlib.blake2b(told, digest_size=12).hexdigest()

    @property
    def stopped(self) -> list[int]:
        """Variants that can't be ordered now: left for later, the rest can."""
        return [
            line.variant_id
            for group in self.groups
            for line in group.lines
            if line.stops or group.is_unreachable
        ]

    @property
    def can_order(self) -> bool:
        return bool(self.groups) and not self.stopped

    @property
    def has_rest(self) -> bool:
        """Whether something is left to order without what is stopped."""
        return 0 < len(self.stopped) < sum(len(group.lines) for group in self.groups)


def count_units(cart: Cart) -> int:
    """How many units are in the cart (for the number beside its link)."""
    wanted = CartLine.objects.filter(cart=cart, set_aside=False)
    return sum(wanted.values_list("quantity", flat=True))


def view_cart(
    cart: Cart, *, ward_code: str = "", on: date | None = None, wishes: Wishes = NO_WISHES
) -> CartView:
    """The cart at today's prices, with what may be chosen for each vendor's parcel when the ward is
    known (2–3 queries), and with the vouchers that count (2 more)."""
    ward = ward_code or cart.ward_code
    rows = _lines(cart)
    groups = _grouped(row for row in rows if not row["set_aside"])
    later = tuple(_priced(row) for row in rows if row["set_aside"])
    if groups and ward:
        boxes = [group.box for group in groups]
        offers = offer_boxes(boxes, to_ward=ward, on=on or clock.today())
        groups = tuple(_quoted(group, offers[group.vendor_id], wishes) for group in groups)
    if not wishes.vouchers:
        return CartView(groups=groups, ward_code=ward, later=later)
    applied = _apply(groups, wishes)
    groups = tuple(
        replace(group, off=applied.of_lines(group.vendor_id, len(group.lines))) for group in groups
    )
    return CartView(groups=groups, ward_code=ward, later=later, applied=applied)


def _quoted(group: Group, offers: tuple[Quote, ...], wishes: Wishes) -> Group:
    """With the service that was chosen, if it is on offer, else with the usual one."""
    wanted = wishes.services.get(group.vendor_id)
    chosen = next((one for one in offers if one.service == wanted), offers[0] if offers else None)
    return replace(group, offers=offers, quote=chosen)


def _apply(groups: tuple[Group, ...], wishes: Wishes) -> Applied:
    goods = {
        group.vendor_id: [line.total_vnd if line.is_sold else 0 for line in group.lines]
        for group in groups
    }
    return apply_vouchers(wishes.vouchers, goods, who=wishes.who)


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
        vendor_label=row["vendor_short"] or row["vendor_name"],
        set_aside=row["set_aside"],
    )


def _notice(row: Mapping[str, Any], available: int) -> str:
    if row["vendor_state"] != VendorState.APPROVED:
        return "vendor_away"
    if row["archived_at"] is not None or row["product_state"] != ProductState.LIVE:
        return "not_for_sale"
    if available == 0:
        return "sold_out"
    if available < row["quantity"]:
        return "fewer_left"
    return "price_changed" if row["price_vnd"] != row["seen_price_vnd"] else ""
