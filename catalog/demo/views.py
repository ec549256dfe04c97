"""The four views of packed goods: front, open, scene, detail."""

from catalog.demo.forms import Point
from catalog.demo.kinds import Packed
from catalog.demo.look import Look
from catalog.demo.matter import Powder
from catalog.demo.pen import Pen
from catalog.demo.props import board, bowl, cloth_spread, leaf, scoop, sprig
from catalog.demo.scenery import outdoors
from catalog.demo.stage import plinth, shadow, studio


def _stand(pen: Pen, look: Look, packed: Packed, at: Point, scale: float) -> None:
    shadow(pen, look, at, packed.width * scale)
    with pen.at(at[0], at[1], scale):
        packed.paint(pen, look)


def _fit(packed: Packed, w: float, h: float) -> float:
    return min(w / packed.width, h / packed.height)


def front(pen: Pen, look: Look, packed: Packed) -> None:
    """The pack alone in the studio, with a few pieces and leaves at its foot."""
    studio(pen, look)
    raised = look.shape % 3 == 1 and packed.width < 450
    scale = _fit(packed, 590, 690 if raised else 730)
    # Low things move up towards the middle of the picture.
    foot = 826 if raised else 892 - max(0, 690 - packed.height * scale) * 0.24
    if raised:
        plinth(pen, look, 822, min(640, packed.width * scale * 1.26))
    half = packed.width * scale / 2
    side = look.flip
    if look.shape % 4 != 2 and not raised:
        for turn, reach in ((-150, 190), (-118, 170)):
            leaf(pen, look, (400 + side * (half - 30), foot - 16), reach,
                 turn if side < 0 else -180 - turn)  # fmt: skip
    _stand(pen, look, packed, (400, foot), scale)
    if raised:
        return
    x = 400 - side * min(half + 6, 296)
    spots = [(x, foot + 44), (x + side * 74, foot + 62), (x + side * 30, foot + 78)]
    packed.matter.strew(pen, spots[: 2 + look.shape % 2], packed.grain * 1.12)


def opened(pen: Pen, look: Look, packed: Packed) -> None:
    """The pack behind, its goods in a bowl and strewn in front."""
    studio(pen, look)
    side = look.flip
    if look.shape % 2:
        cloth_spread(pen, look, 800)
    else:
        board(pen, look, (40, 742, 720, 170))
    scale = _fit(packed, 430, 690)
    x = min(170, 385 - packed.width * scale / 2)
    _stand(pen, look, packed, (400 - side * x, 818), scale)
    bowl(pen, look, packed.matter, (400 + side * 194, 906, 370), packed.grain)
    rng = pen.rng
    spots = [(400 - side * rng.uniform(20, 300), 872 + rng.uniform(0, 84)) for _ in range(9)]
    leaf(pen, look, (400 - side * 310, 940), 150, -22 if side > 0 else 202)
    packed.matter.strew(pen, spots, packed.grain)


def scene(pen: Pen, look: Look, packed: Packed) -> None:
    """Out where it grows: the pack on a table before the garden, a scoop, a bowl, leaves."""
    outdoors(pen, look)
    side = look.flip
    sprig(pen, look, (400 + side * 390, 760), 260, 188 if side > 0 else -8)
    scale = _fit(packed, 440, 660)
    _stand(pen, look, packed, (400 - side * 106, 850), scale)
    bowl(pen, look, packed.matter, (400 + side * 236, 872, 250), packed.grain * 0.82)
    if look.family != "rubber":
        scoop(pen, look, packed.matter, (400 + side * 40, 938), size=packed.grain * 0.9, turn=-4)
    spots = [(400 - side * 230 + dx, 916 + dy) for dx, dy in ((0, 0), (-52, 28), (34, 40))]
    packed.matter.strew(pen, spots, packed.grain)


def detail(pen: Pen, look: Look, packed: Packed) -> None:
    """Close to the goods: they fill the picture."""
    packed.matter.macro(pen)
    if isinstance(packed.matter, Powder):
        with pen.at(360, 620, 2.3):
            scoop(pen, look, packed.matter, (0, 0), size=1.5, turn=-8)
        return
    if look.shape % 2:
        leaf(pen, look, (400 + look.flip * 330, 850), 360, 200 if look.flip > 0 else -24)


VIEWS = {"front": front, "open": opened, "scene": scene, "detail": detail}
