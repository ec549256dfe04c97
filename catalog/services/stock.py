"""The only way units move. Each function is one conditional UPDATE plus its movement row.

Every change emits `stock.changed`; one that sells a variant out or brings it back, `stock.turned`
beside it: lists and people who wait need only know of those.
"""

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from catalog.errors import BadQuantity, OutOfStock
from catalog.models import MovementKind, Stock, StockMovement, Variant
from core import outbox, rows
from core.numbers import grouped

MAX_ON_HAND = 1_000_000
Units = Mapping[str, Mapping[int, int]]  # per order number: pieces per variant

TAKE = """
UPDATE catalog_stock SET held = held + %(units)s
WHERE variant_id = %(variant)s AND on_hand - held >= %(units)s
RETURNING on_hand - held
"""
MOVE = """
UPDATE catalog_stock SET on_hand = on_hand + %s, held = held + %s WHERE variant_id = %s
RETURNING on_hand - held
"""


def hold(*, units: Mapping[int, int], order_number: str) -> None:
    """Promise `units` ({variant id: pieces}) to one order; see `hold_all`."""
    hold_all({order_number: units})


def hold_all(orders: Units) -> None:
    """Promise units to orders ({order number: {variant id: pieces}}), all or nothing.

    Rows are taken in primary-key order, each by one conditional UPDATE, so that crossed orders
    can't deadlock and nothing is oversold. A variant may stand in one order only. Raises
    OutOfStock: the caller's transaction must roll back.
    """
    wanted = {variant: pieces for units in orders.values() for variant, pieces in units.items()}
    turned = set()
    with connection.cursor() as cursor:
        for variant_id in sorted(wanted):
            cursor.execute(TAKE, {"units": wanted[variant_id], "variant": variant_id})
            left = cursor.fetchone()
            if left is None:
                raise _out_of_stock(variant_id)
            if left[0] == 0:
                turned.add(variant_id)
    _record(orders, MovementKind.HOLD, (0, 1), turned)


def release(*, units: Mapping[int, int], order_number: str) -> None:
    """Give promised units back (the order was cancelled); the hold's state guards against twice."""
    _move({order_number: units}, MovementKind.RELEASE, (0, -1))


def ship(*, units: Mapping[int, int], order_number: str) -> None:
    """Units left with the carrier: `held` and `on_hand` fall together."""
    _move({order_number: units}, MovementKind.SHIP, (-1, -1))


def take_back(*, units: Mapping[int, int], order_number: str) -> None:
    """Shipped units came back whole and are for sale again."""
    _move({order_number: units}, MovementKind.RETURN, (1, 0))


def set_on_hand(*, variant: Variant, on_hand: int, actor_id: int | None, note: str = "") -> Stock:
    """Correct the counted units of a variant to `on_hand` (0 … 1,000,000), under its row lock.

    Raises BadQuantity when outside the range or below what is already promised. The same value
    twice is a no-op.
    """
    with transaction.atomic():
        stock, _ = Stock.objects.select_for_update().get_or_create(variant=variant)
        if not stock.held <= on_hand <= MAX_ON_HAND:
            raise BadQuantity(field="on_hand", low=grouped(stock.held), high=grouped(MAX_ON_HAND))
        change, before = on_hand - stock.on_hand, stock.available
        if change:
            stock.on_hand = on_hand
            stock.save(update_fields=["on_hand"])
            StockMovement.objects.create(
                variant=variant,
                kind=MovementKind.CORRECT,
                on_hand_change=change,
                actor_id=actor_id,
                note=note,
            )
            is_turned = bool(before) != bool(stock.available)
            _tell([variant.pk], {variant.pk} if is_turned else set())
        return stock


def _move(orders: Units, kind: MovementKind, each: tuple[int, int]) -> None:
    """Lock and change rows in key order; the database's constraint refuses what can't be.

    `each` is what one piece changes: on hand, and held.
    """
    (units,) = orders.values()
    change, turned = each[0] - each[1], set()
    with connection.cursor() as cursor:
        for variant_id, pieces in sorted(units.items()):
            cursor.execute(MOVE, [each[0] * pieces, each[1] * pieces, variant_id])
            left = cursor.fetchone()
            if left and bool(left[0]) != bool(left[0] - change * pieces):
                turned.add(variant_id)
    _record(orders, kind, each, turned)


def _record(orders: Units, kind: MovementKind, each: tuple[int, int], turned: set[int]) -> None:
    """A movement row per variant, and word to whoever keeps the same goods elsewhere."""
    moved = [
        StockMovement(
            variant_id=variant_id,
            kind=kind,
            on_hand_change=each[0] * pieces,
            held_change=each[1] * pieces,
            order_number=number,
        )
        for number, units in orders.items()
        for variant_id, pieces in sorted(units.items())
    ]
    rows.insert(moved)
    _tell([movement.variant_id for movement in moved], turned)


def _tell(moved: Sequence[int], turned: set[int]) -> None:
    told = [("stock.changed", variant) for variant in moved]
    told += [("stock.turned", variant) for variant in sorted(turned)]
    outbox.emit_many(
        (topic, f"variant:{variant}", {"variant_id": variant}) for topic, variant in told
    )


def _out_of_stock(variant_id: int) -> OutOfStock:
    stock = Stock.objects.select_related("variant__product").filter(variant_id=variant_id).first()
    return OutOfStock(
        variant_id=variant_id,
        available=stock.available if stock else 0,
        name=stock.variant.product.spoken_name if stock else "",
    )
