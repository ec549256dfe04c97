"""The kinds of motif: what stands in the picture, and the goods that come out of it."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.demo.grains import GRAINS
from catalog.demo.look import Look
from catalog.demo.matter import Fluid, Loose, Matter, Powder
from catalog.demo.nuts import NUTS
from catalog.demo.pen import Pen

Paint = Callable[[Pen, Look], None]
MATTER: dict[str, Matter] = {
    **{name: Loose(name, good) for name, good in (NUTS | GRAINS).items()},
    "turmeric_powder": Powder("#e39a1b", "#b5690d"),
    "pepper_powder": Powder("#6b6154", "#2c2621"),
    "pepper_salt": Powder("#cfc7b8", "#3b342c"),
    "coffee_powder": Powder("#4a2c1a", "#2a170c"),
    "honey": Fluid("#d98d15"),
    "turmeric_honey": Fluid("#c96f0c"),
    "cashew_butter": Fluid("#d3a468", clear=False),
    "milk": Fluid("#f1e7d2", clear=False),
    "latex": Fluid("#f3efe6", clear=False),
}


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

    @property
    def matter(self) -> Matter:
        """What comes out of the pack."""
        return MATTER[self.goods]
