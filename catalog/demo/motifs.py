"""Every motif by name, and the one function that draws it."""

from catalog.demo.glass import bottle, brine_jar, jar_of, jar_with
from catalog.demo.kinds import GOODS, Packed
from catalog.demo.look import Look, make_look
from catalog.demo.pen import Pen
from catalog.demo.pouch import bag, pouch
from catalog.demo.rng import Rng
from catalog.demo.sack import sack
from catalog.demo.stage import HEIGHT, WIDTH
from catalog.demo.views import VIEWS


def _pouch(family: str, goods: str, *, size: float = 0.95) -> Packed:
    def paint(pen: Pen, look: Look) -> None:
        pouch(pen, look, (goods, GOODS[goods]), size=size)

    return Packed(family, paint, goods, 420, 650)


def _sack(family: str, goods: str, *, size: float = 1.1) -> Packed:
    def paint(pen: Pen, look: Look) -> None:
        sack(pen, look, (goods, GOODS[goods]), size=size)

    return Packed(family, paint, goods, 500, 520)


def _jar(family: str, goods: str) -> Packed:
    def paint(pen: Pen, look: Look) -> None:
        jar_of(pen, look, (goods, GOODS[goods]), size=1)

    return Packed(family, paint, goods, 400, 560)


MOTIF: dict[str, Packed] = {
    "pouch_cashew_salted": _pouch("cashew", "cashew_skin"),
    "pouch_cashew_honey": _pouch("cashew", "cashew_honey"),
    "pouch_cashew_wasabi": _pouch("cashew", "cashew_wasabi"),
    "pouch_cashew_garlic": _pouch("cashew", "cashew_garlic"),
    "jar_cashew": _jar("cashew", "cashew_roast"),
    "sack_cashew_w240": _sack("cashew", "cashew"),
    "sack_raw_nut": _sack("cashew", "raw_nut"),
    "pouch_pepper_black": _pouch("pepper", "pepper_black"),
    "sack_pepper_white": _sack("pepper", "pepper_white"),
    "jar_pepper_red": _jar("pepper", "pepper_red"),
    "jar_pepper_green": Packed(
        "pepper",
        lambda pen, look: brine_jar(pen, look, ("pepper_green", GOODS["pepper_green"])),
        "pepper_green",
        400,
        560,
    ),
    "jar_honey": Packed(
        "honey", lambda pen, look: jar_with(pen, look, "#d58a16"), "pollen", 400, 560
    ),
    "bottle_honey": Packed(
        "honey", lambda pen, look: bottle(pen, look, "#cf8413"), "pollen", 270, 650
    ),
    "coffee_bag": Packed(
        "coffee", lambda pen, look: bag(pen, look, ("coffee", GOODS["coffee"])), "coffee", 400, 690
    ),
}
MOTIFS: tuple[str, ...] = tuple(MOTIF)


def draw(*, motif: str, title: str, vendor: str, seed: int, view: str = "front") -> str:
    """The motif as SVG, 800 by 1000; the same arguments give the same text."""
    kind = MOTIF[motif]
    look = make_look(motif=motif, family=kind.family, words=(title, vendor), seed=seed)
    pen = Pen(Rng("draw", motif, seed, view))
    VIEWS[view](pen, look, kind)
    return pen.svg(WIDTH, HEIGHT)
