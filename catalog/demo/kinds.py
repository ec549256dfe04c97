"""The kinds of motif: what stands in the picture, and the goods that come out of it."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.demo.goods import Good
from catalog.demo.grains import GRAINS
from catalog.demo.look import Look
from catalog.demo.nuts import NUTS
from catalog.demo.pen import Pen

GOODS: dict[str, Good] = NUTS | GRAINS
Paint = Callable[[Pen, Look], None]


@dataclass(frozen=True)
class Packed:
    """Goods in a pack: how wide and high it stands, and what is poured out of it."""

    family: str
    paint: Paint
    goods: str
    width: float = 420
    height: float = 650
    # Pieces in bowls and on the table, relative to their natural size.
    grain: float = 1.3
