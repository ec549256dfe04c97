"""The four views of packed goods: front, open, scene, detail."""

from catalog.demo.forms import Point
from catalog.demo.goods import fill, heap, scatter
from catalog.demo.kinds import GOODS, Packed
from catalog.demo.look import Look
from catalog.demo.pen import Pen, path, rect
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
    raised = look.shape % 3 == 1
    foot = 836 if raised else 884
    if raised:
        plinth(pen, look, 832, min(620, packed.width * 1.28))
    scale = _fit(packed, 470, 690 if raised else 720)
    half = packed.width * scale / 2
    side = look.flip
    if look.shape % 4 != 2 and not raised:
        for turn, reach in ((-150, 190), (-118, 170)):
            leaf(pen, look, (400 + side * (half - 24), foot - 16), reach,
                 turn if side < 0 else -180 - turn)  # fmt: skip
    _stand(pen, look, packed, (400, foot), scale)
    if raised:
        return
    name, good = packed.goods, GOODS[packed.goods]
    x = 400 - side * (half + 6)
    spots = [(x, foot + 38), (x + side * 74, foot + 58), (x + side * 30, foot + 72)]
    scatter(pen, name, good, spots[: 2 + look.shape % 2], packed.grain * 1.12)


def opened(pen: Pen, look: Look, packed: Packed) -> None:
    """The pack behind, its goods in a bowl and strewn in front."""
    studio(pen, look)
    goods = (packed.goods, GOODS[packed.goods])
    side = look.flip
    if look.shape % 2:
        cloth_spread(pen, look, 800)
    else:
        board(pen, look, (40, 742, 720, 170))
    scale = _fit(packed, 360, 600)
    _stand(pen, look, packed, (400 - side * 160, 812), scale)
    bowl(pen, look, goods, (400 + side * 196, 902, 350), packed.grain)
    rng = pen.rng
    spots = [(400 - side * rng.uniform(20, 300), 872 + rng.uniform(0, 84)) for _ in range(9)]
    leaf(pen, look, (400 - side * 310, 940), 150, -22 if side > 0 else 202)
    scatter(pen, *goods, spots, packed.grain)


def scene(pen: Pen, look: Look, packed: Packed) -> None:
    """Out where it grows: the pack on a table before the garden, a scoop, a heap, leaves."""
    outdoors(pen, look)
    goods = (packed.goods, GOODS[packed.goods])
    side = look.flip
    sprig(pen, look, (400 + side * 390, 760), 260, 188 if side > 0 else -8)
    scale = _fit(packed, 360, 590)
    _stand(pen, look, packed, (400 - side * 96, 846), scale)
    x = 400 + side * 190
    shadow(pen, look, (x, 862), 250, 30)
    heap(pen, *goods, (x, 862, 270, 120), packed.grain * 0.92)
    scoop(pen, look, goods, (400 + side * 40, 936), size=packed.grain * 0.9, turn=-4)
    spots = [(400 - side * 230 + dx, 916 + dy) for dx, dy in ((0, 0), (-52, 28), (34, 40))]
    scatter(pen, *goods, spots, packed.grain)


def detail(pen: Pen, look: Look, packed: Packed) -> None:
    """Close to the goods: they fill the picture, sharp in front and dim behind."""
    name, good = packed.goods, GOODS[packed.goods]
    size = 84 / good.reach
    pen.put(rect(0, 0, 800, 1000, good.bed))
    fill(pen, name, good, (-40, 10, 880, 1010), size)
    if look.shape % 2:
        leaf(pen, look, (400 + look.flip * 330, 850), 360, 200 if look.flip > 0 else -24)
    dark = pen.fade((0, good.bed, 0.55), (0.3, good.bed, 0), to=(0, 1))
    pen.put(
        rect(0, 0, 800, 320, dark), path("M0 1000V640Q60 900 400 1000Z", good.bed, opacity=0.16)
    )


VIEWS = {"front": front, "open": opened, "scene": scene, "detail": detail}
