"""Ninety days of purchases: orders in all states with lines, holds, parcels, timelines, movements.

Every row follows from one walk of an order through its states, so that what stands in one table is
what the others say (`manage.py check_books` proves it).
"""

import random
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar
from uuid import UUID

from catalog.models import Review, Stock, StockMovement
from marketplace.seeding import prose, texts
from marketplace.seeding.buyers import Buyer, Fees
from marketplace.seeding.people import People
from marketplace.seeding.sheets import Making, Sheets
from marketplace.seeding.shelf import Item, Unit
from marketplace.seeding.walks import Walk, walk_for
from orders.models import (
    Hold,
    Order,
    OrderEvent,
    OrderLine,
    Parcel,
    ParcelEvent,
    Purchase,
)
from vietnam.number import make_number

T = TypeVar("T")

DAYS = 90
BEGIN = timedelta(days=DAYS + 5)
CHUNK = 4_000
CONFIRM_WITHIN = timedelta(hours=24)
CLOSE_AFTER = timedelta(days=7)
SOLD_OUT_SHARE = 0.04
REVIEW_CHANCE = 0.34
RATINGS = (5,) * 14 + (4,) * 5 + (3, 3, 2)
# Numbers of the demo start here in the sequence that `make_number` scatters.
FIRST_NUMBER = 7_000_000


def open_sheets(sheets: Sheets) -> None:
    sheets.open(
        Purchase, "id", "number", "checkout_key", "buyer_id", "name", "phone", "email",
        "ward_code", "street", "note", "language", "total_vnd", "placed_at",
    )  # fmt: skip
    sheets.open(
        Order, "id", "number", "purchase_id", "vendor_id", "origin", "external_id", "state",
        "payment_method", "payment_mode", "goods_vnd", "discount_vnd", "shipping_vnd",
        "total_vnd", "vendor_name", "vendor_tax_code", "recipient", "placed_at", "confirm_by",
        "promised_on", "delivered_at", "close_after", "cancel_reason",
    )  # fmt: skip
    sheets.open(
        OrderLine, "id", "order_id", "variant_id", "name", "name_en", "variant_name",
        "variant_name_en", "sku", "grade", "net_grams", "gross_grams", "unit_price_vnd",
        "quantity", "total_vnd",
    )  # fmt: skip
    sheets.open(
        OrderEvent, "id", "order_id", "at", "from_state", "to_state", "actor_kind", "actor_id",
        "reason", "note",
    )  # fmt: skip
    sheets.open(Hold, "id", "order_id", "variant_id", "quantity", "state", "expires_at")
    sheets.open(
        Parcel, "id", "order_id", "carrier", "tracking_code", "state", "weight_grams", "fee_vnd",
        "cod_vnd", "expected_on", "handed_over_at",
    )  # fmt: skip
    sheets.open(ParcelEvent, "id", "parcel_id", "state", "place", "at")
    sheets.open(
        StockMovement, "id", "variant_id", "kind", "on_hand_change", "held_change",
        "order_number", "note", "at",
    )  # fmt: skip
    sheets.open(
        Review, "id", "product_id", "order_number", "author_name", "rating", "text", "answer",
        "created_at", "removed_reason",
    )  # fmt: skip
    sheets.open(Stock, "variant_id", "on_hand", "held")


@dataclass(frozen=True, slots=True)
class Part:
    """One vendor's part of a purchase that is being made."""

    items: list[tuple[Item, Unit, int]]
    goods_vnd: int
    grams: int
    fee_vnd: int
    days: int

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + self.fee_vnd


class Trade:
    """Makes purchases one after the other, oldest first."""

    def __init__(self, making: Making, items: list[Item], people: People, fees: Fees) -> None:
        self.making, self.people, self.fees = making, people, fees
        self.by_vendor: dict[int, tuple[list[Item], list[float]]] = {}
        shelves: dict[int, list[Item]] = {}
        for item in items:
            shelves.setdefault(item.seller.source.id, []).append(item)
        for vendor_id, shelf in shelves.items():
            weights = [sum(unit.weight for unit in item.units) for item in shelf]
            self.by_vendor[vendor_id] = (shelf, list(accumulate(weights)))
        self.vendors = list(self.by_vendor)
        self.vendor_weights = list(accumulate(self.by_vendor[pk][1][-1] for pk in self.vendors))
        self.number = FIRST_NUMBER

    def run(self, count: int, progress: Callable[[int], None]) -> None:
        """`count` orders over the days before now; written in chunks."""
        rng, made = self.making.rng, 0
        while made < count:
            share = made / count
            back = timedelta(days=DAYS) * (1 - share**0.8) * (0.999 - 0.004 * rng.random())
            parts = min(count - made, rng.choices((1, 2, 3), (74, 21, 5))[0])
            made += self._purchase(self.making.now - back - timedelta(minutes=3), parts)
            if made % CHUNK < parts:
                self.making.sheets.copy()
                progress(made)

    def keep_busy(self, vendors: list[int], orders: int) -> None:
        """Fresh orders for the vendors that people sign in as, a few in each open state."""
        for vendor_id in vendors:
            for number in range(orders):
                hours = 0.2 + 30 * (number / orders) ** 2
                at = self.making.now - timedelta(hours=hours)
                if vendor_id in self.by_vendor:
                    self._purchase(at, 1, vendors={vendor_id})

    def _purchase(self, at: datetime, wanted: int, *, vendors: set[int] | None = None) -> int:
        """A purchase of `wanted` orders; how many there are, because vendors may coincide."""
        sheets, rng = self.making.sheets, self.making.rng
        buyer = self.fees.buyer(rng, demo_id=self.people.buyer_id)
        vendors = vendors or {
            _weighted(rng, self.vendors, self.vendor_weights) for _ in range(wanted)
        }
        parts = [self._part(vendor_id, buyer) for vendor_id in sorted(vendors)]
        key = sheets.key(Purchase)
        sheets.add(
            Purchase, key, self._next_number(), UUID(int=rng.getrandbits(128), version=4),
            buyer.user_id, buyer.name, buyer.phone, "", buyer.ward_code, buyer.street, "",
            buyer.language, sum(part.total_vnd for part in parts), at,
        )  # fmt: skip
        for part in parts:
            self._order(key, part, at)
        return len(parts)

    def _part(self, vendor_id: int, buyer: Buyer) -> Part:
        rng = self.making.rng
        shelf, weights = self.by_vendor[vendor_id]
        chosen: dict[int, tuple[Item, Unit, int]] = {}
        for _ in range(rng.choices((1, 2, 3), (60, 30, 10))[0]):
            item = _weighted(rng, shelf, weights)
            unit = rng.choices(item.units, [one.weight for one in item.units])[0]
            pieces = rng.choice((1, 1, 1, 2, 2, 3)) if unit.price < 600_000 else 1
            chosen[unit.id] = (item, unit, pieces)
        items = [chosen[pk] for pk in sorted(chosen)]
        goods = sum(unit.price * pieces for _, unit, pieces in items)
        grams = sum(unit.gross * pieces for _, unit, pieces in items)
        ward = items[0][0].seller.source.ward_code
        fee, days = self.fees.quote(ward, buyer.ward_code, grams, goods)
        return Part(items, goods, grams, fee, days)

    def _order(self, purchase_id: int, part: Part, at: datetime) -> None:
        sheets, seller = self.making.sheets, part.items[0][0].seller
        walk = walk_for(self.making.rng, at, self.making.now, part.days)
        key, number = sheets.key(Order), self._next_number()
        promised = (at + timedelta(days=part.days)).date()
        closes = walk.delivered_at + CLOSE_AFTER if walk.delivered_at else None
        sheets.add(
            Order, key, number, purchase_id, seller.source.id, "market", "", walk.state, "cod",
            "direct", part.goods_vnd, 0, part.fee_vnd, part.total_vnd, seller.source.name,
            seller.tax_code, "{}", at, at + CONFIRM_WITHIN, promised, walk.delivered_at, closes,
            walk.cancel_reason,
        )  # fmt: skip
        for before, after, moment, actor in walk.steps:
            sheets.add(
                OrderEvent, sheets.key(OrderEvent), key, moment, before, after, actor,
                seller.owner_id if actor == "vendor" else None,
                walk.cancel_reason if after == "cancelled" else "", "",
            )  # fmt: skip
        for item, unit, pieces in part.items:
            self._line(key, number, (item, unit, pieces), walk)
        self._parcel(key, part, promised, walk)
        if walk.delivered_at:
            self._review(part.items[0][0], number, walk.delivered_at)

    def _line(self, order_id: int, number: str, line: tuple[Item, Unit, int], walk: Walk) -> None:
        sheets, (item, unit, pieces) = self.making.sheets, line
        sheets.add(
            OrderLine, sheets.key(OrderLine), order_id, unit.id, *item.name, unit.vi, unit.en,
            unit.sku, item.grade.code, unit.grams, unit.gross, unit.price, pieces,
            unit.price * pieces,
        )  # fmt: skip
        ends = walk.placed_at + CONFIRM_WITHIN if walk.state == "placed" else None
        sheets.add(Hold, sheets.key(Hold), order_id, unit.id, pieces, walk.hold, ends)
        self._move(unit.id, "hold", (0, pieces), number, walk.placed_at)
        if walk.hold == "active":
            unit.held += pieces
        elif walk.hold == "released":
            self._move(unit.id, "release", (0, -pieces), number, walk.ended_at)
        else:
            self._move(unit.id, "ship", (-pieces, -pieces), number, walk.shipped_at)
            unit.shipped += pieces
        if walk.hold != "released":
            item.sold += pieces

    def _move(
        self,
        variant_id: int,
        kind: str,
        change: tuple[int, int],
        number: str,
        at: datetime | None,
    ) -> None:
        key = self.making.sheets.key(StockMovement)
        self.making.sheets.add(StockMovement, key, variant_id, kind, *change, number, "", at)

    def _parcel(self, order_id: int, part: Part, promised: object, walk: Walk) -> None:
        sheets = self.making.sheets
        key = sheets.key(Parcel)
        code = f"MAU{key:09d}" if walk.shipped_at else ""
        sheets.add(
            Parcel, key, order_id, "demo", code, walk.parcel, part.grams, part.fee_vnd,
            part.total_vnd, promised, walk.shipped_at,
        )  # fmt: skip
        for state, place, at in walk.reports:
            sheets.add(ParcelEvent, sheets.key(ParcelEvent), key, state, place, at)

    def _review(self, item: Item, number: str, delivered_at: datetime) -> None:
        rng = self.making.rng
        at = delivered_at + timedelta(hours=rng.uniform(3, 90))
        if rng.random() > REVIEW_CHANCE or at > self.making.now:
            return
        rating = rng.choice(RATINGS)
        item.rating_sum += rating
        item.rating_count += 1
        words = rng.choice(prose.review_texts(texts.commodity_of(item.good.category), rating))
        answer = rng.choice(texts.read("prose")["reviews"]["answers"]) if rng.random() < 0.3 else ""
        self.making.sheets.add(
            Review, self.making.sheets.key(Review), item.id, number, rng.choice(prose.authors()),
            rating, words if rng.random() < 0.85 else "", answer, at, "",
        )  # fmt: skip

    def _next_number(self) -> str:
        self.number += 1
        return make_number(self.number)


def stock_up(making: Making, items: list[Item]) -> None:
    """What was received before the first order: what was sold, what is promised, what is left."""
    sheets, rng = making.sheets, making.rng
    for item in items:
        is_sold_out = rng.random() < SOLD_OUT_SHARE
        for unit in item.units:
            unit.left = 0 if is_sold_out else _left(unit, rng)
            on_hand = unit.left + unit.held
            key = sheets.key(StockMovement)
            sheets.add(
                StockMovement, key, unit.id, "receive", on_hand + unit.shipped, 0, "",
                "Tồn kho đầu kỳ", making.now - BEGIN,
            )  # fmt: skip
            sheets.add(Stock, unit.id, on_hand, unit.held)


def _left(unit: Unit, rng: random.Random) -> int:
    """Dear and heavy units in tens, the rest in hundreds; now and then only a few."""
    if rng.random() < 0.07:
        return rng.randint(1, 9)
    return rng.randint(8, 60) if unit.price > 800_000 else rng.randint(20, 480)


def _weighted(rng: random.Random, values: list[T], totals: list[float]) -> T:
    return values[min(len(values) - 1, bisect(totals, rng.random() * totals[-1]))]
