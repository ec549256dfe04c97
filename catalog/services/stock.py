"""The only way units move. Each function is one conditional UPDATE plus its movement row."""

from collections.abc import Mapping

from django.db import connection, transaction

from catalog.errors import BadQuantity, OutOfStock
from catalog.models import MovementKind, Stock, StockMovement, Variant
from core import outbox

MAX_ON_HAND = 1_000_000

TAKE = """
UPDATE catalog_stock SET held = held + %(units)s
WHERE variant_id = %(variant)s AND on_hand - held >= %(units)s
"""


def hold(*, units: Mapping[int, int], order_number: str) -> None:
    """Promise `units` ({variant id: pieces}) to one order; see `hold_all`."""
    hold_all({order_number: units})


def hold_all(orders: Mapping[str, Mapping[int, int]]) -> None:
    """Promise units to orders ({order number: {variant id: pieces}}), all or nothing.

    Rows are taken in primary-key order, each by one conditional UPDATE, so that crossed orders
    can't deadlock and nothing is oversold. A variant may stand in one order only. Raises
    OutOfStock: the caller's transaction must roll back. Emits `stock.changed` per variant.
    """
    wanted = {variant: pieces for units in orders.values() for variant, pieces in units.items()}
    with connection.cursor() as cursor:
        for variant_id in sorted(wanted):
            cursor.execute(TAKE, {"units": wanted[variant_id], "variant": variant_id})
            if cursor.rowcount == 0:
                raise _out_of_stock(variant_id)
    _record(orders, MovementKind.HOLD, on_hand=0, held=1)


def release(*, units: Mapping[int, int], order_number: str) -> None:
    """Give promised units back (the order was cancelled); the hold's state guards against twice."""
    _move(units, on_hand=0, held=-1)
    _record({order_number: units}, MovementKind.RELEASE, on_hand=0, held=-1)


def ship(*, units: Mapping[int, int], order_number: str) -> None:
    """Units left with the carrier: `held` and `on_hand` fall together."""
    _move(units, on_hand=-1, held=-1)
    _record({order_number: units}, MovementKind.SHIP, on_hand=-1, held=-1)


def take_back(*, units: Mapping[int, int], order_number: str) -> None:
    """Shipped units came back whole and are for sale again."""
    _move(units, on_hand=1, held=0)
    _record({order_number: units}, MovementKind.RETURN, on_hand=1, held=0)


def set_on_hand(*, variant: Variant, on_hand: int, actor_id: int | None, note: str = "") -> Stock:
    """Correct the counted units of a variant to `on_hand` (0 … 1,000,000), under its row lock.

    Raises BadQuantity when outside the range or below what is already promised. The same value
    twice is a no-op. Emits `stock.changed`.
    """
    with transaction.atomic():
        stock, _ = Stock.objects.select_for_update().get_or_create(variant=variant)
        if not stock.held <= on_hand <= MAX_ON_HAND:
            raise BadQuantity(field="on_hand", low=stock.held, high=MAX_ON_HAND)
        change = on_hand - stock.on_hand
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
            outbox.emit("stock.changed", key=f"variant:{variant.pk}", variant_id=variant.pk)
        return stock


def _move(units: Mapping[int, int], *, on_hand: int, held: int) -> None:
    """Lock and change rows in key order; the database's constraint refuses what can't be."""
    with connection.cursor() as cursor:
        for variant_id in sorted(units):
            pieces = units[variant_id]
            cursor.execute(
                "UPDATE catalog_stock SET on_hand = on_hand + %s, held = held + %s"
                " WHERE variant_id = %s",
                [on_hand * pieces, held * pieces, variant_id],
            )


def _record(
    orders: Mapping[str, Mapping[int, int]], kind: MovementKind, *, on_hand: int, held: int
) -> None:
    """A movement row per variant, and word to whoever keeps the same goods elsewhere."""
    moved = [
        StockMovement(
            variant_id=variant_id,
            kind=kind,
            on_hand_change=on_hand * pieces,
            held_change=held * pieces,
            order_number=number,
        )
        for number, units in orders.items()
        for variant_id, pieces in sorted(units.items())
    ]
    StockMovement.objects.bulk_create(moved)
    outbox.emit_many(
        ("stock.changed", f"variant:{movement.variant_id}", {"variant_id": movement.variant_id})
        for movement in moved
    )


def _out_of_stock(variant_id: int) -> OutOfStock:
    stock = Stock.objects.select_related("variant__product").filter(variant_id=variant_id).first()
    return OutOfStock(
        variant_id=variant_id,
        available=stock.available if stock else 0,
        name=stock.variant.product.spoken_name if stock else "",
    )
