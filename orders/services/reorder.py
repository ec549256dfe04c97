"""Buy the same again: what is still for sale goes into the cart, the rest is named."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.errors import OutOfStock
from orders.errors import NotForSale
from orders.models import Cart, CartLine, Order, OrderLine
from orders.models.cart import MAX_QUANTITY
from orders.services.cart import add_line


@dataclass(frozen=True, slots=True)
class Again:
    """A line of the old order and how many of it are in the cart now."""

    line: OrderLine
    in_cart: int

    @property
    def is_whole(self) -> bool:
        return self.in_cart >= min(self.line.quantity, MAX_QUANTITY)


def reorder(*, orders: Iterable[Order], cart: Cart) -> list[Again]:
    """Fill the cart up to what these orders held; how it went, line by line.

    What the cart holds already counts: doing it twice changes nothing. Where fewer are left than
    were bought, those are taken. Ended goods are left out. Prices are those of today.
    """
    held = dict(CartLine.objects.filter(cart=cart).values_list("variant_id", "quantity"))
    return [
        Again(line, _fill(cart, line, held))
        for order in orders
        for line in order.lines.order_by("pk")
    ]


def _fill(cart: Cart, line: OrderLine, held: dict[int, int]) -> int:
    if line.variant_id is None:
        return 0
    has = held.get(line.variant_id, 0)
    missing = min(line.quantity, MAX_QUANTITY) - has
    if missing > 0:
        has += _add(cart, line.variant_id, missing, has)
        held[line.variant_id] = has
    return has


def _add(cart: Cart, variant_id: int, missing: int, has: int) -> int:
    try:
        add_line(cart=cart, variant_id=variant_id, quantity=missing)
    except NotForSale:
        return 0
    except OutOfStock as short:
        left = min(missing, int(str(short.params["available"])) - has)
        if left <= 0:
            return 0
        return _add(cart, variant_id, left, has)
    return missing
