"""The four views of goods without a pack: front, open, scene, detail."""

from catalog.demo.forms import Point
from catalog.demo.fresh import Fresh
from catalog.demo.label import Box, label, tag
from catalog.demo.look import Look
from catalog.demo.pen import Pen, line, n, path, rect
from catalog.demo.props import WOODS, board, cloth_spread, leaf, sprig
from catalog.demo.scenery import outdoors
from catalog.demo.stage import shadow, studio
from catalog.demo.tint import darken, lighten

# Places of the pieces for each count: share of the width from the middle, and how far back.
GROUPS: dict[int, tuple[Point, ...]] = {
    1: ((0, 0),),
    2: ((-0.24, -60), (0.2, 0)),
    3: ((-0.3, -40), (0.32, -36), (0.0, 0)),
    6: ((-0.22, -190), (0.2, -186), (-0.38, -84), (0.02, -96), (0.4, -80), (0.2, 0)),
}


def _place(pen: Pen, look: Look, stamp: str, size: Point, at: tuple[float, float, float]) -> None:
    x, foot, scale = at
    shadow(pen, look, (x, foot), size[0] * scale * 0.92)
    pen.use(stamp, x, foot, scale)


def _scale(fresh: Fresh, w: float) -> float:
    """The pieces' scale in a group about `w` wide."""
    share = {1: 1.0, 2: 0.56, 3: 0.46, 6: 0.36}[fresh.count]
    tallest = w * (1.06 if fresh.count == 1 else 0.8)
    return min(w * share / fresh.size[0], tallest / fresh.size[1])


def _group(pen: Pen, look: Look, fresh: Fresh, at: Point, w: float) -> None:
    """All pieces together, about `w` wide, the far ones first."""
    stamp = pen.stamp("whole", fresh.whole(pen, look))
    scale = _scale(fresh, w)
    for share, back in GROUPS[fresh.count]:
        spot = (at[0] + share * w, at[1] + back * w / 560, scale)
        _place(pen, look, stamp, fresh.size, spot)


def _cut(pen: Pen, look: Look, fresh: Fresh, at: Point, scale: float) -> None:
    """The cut goods in true proportion to whole pieces of this scale."""
    stamp = pen.stamp("cut", fresh.cut(pen, look))
    own = scale * fresh.size[0] * fresh.ratio / fresh.cut_size[0]
    _place(pen, look, stamp, fresh.cut_size, (at[0], at[1], own))


def front(pen: Pen, look: Look, fresh: Fresh) -> None:
    """The goods in the studio, one cut beside them, and a paper card with the names."""
    studio(pen, look)
    side = look.flip
    for turn, reach in ((-150, 220), (-112, 190)):
        leaf(pen, look, (400 + side * 180, 770), reach, turn if side < 0 else -180 - turn)
    w = {1: 560, 2: 640, 3: 640, 6: 600}[fresh.count]
    scale = _scale(fresh, w) * fresh.near * (0.8 if fresh.count == 1 else 1)
    _group(pen, look, fresh, (400 - side * 36, 776), w)
    _cut(pen, look, fresh, (400 + side * 186, 888), scale)
    tag(pen, look, Box(400 - side * 210, 806, 320, 150))


def opened(pen: Pen, look: Look, fresh: Fresh) -> None:
    """Cut open on a board, the whole goods behind."""
    studio(pen, look)
    side = look.flip
    if look.shape % 2:
        cloth_spread(pen, look, 770)
    board(pen, look, (50, 738, 700, 176))
    leaf(pen, look, (400 - side * 330, 930), 170, -24 if side > 0 else 204)
    if fresh.count == 1:
        scale = _scale(fresh, 440)
        _group(pen, look, fresh, (400 - side * 150, 764), 440)
        _cut(pen, look, fresh, (400 + side * 130, 884), scale * fresh.near * 1.1)
        return
    scale = _scale(fresh, 500)
    _group(pen, look, fresh, (400 - side * 90, 766), 500)
    for x, y in ((-190, 862), (230, 842), (60, 900)):
        _cut(pen, look, fresh, (400 + side * x, y), scale * fresh.near)


def scene(pen: Pen, look: Look, fresh: Fresh) -> None:
    """A crate of it on the table before the garden."""
    outdoors(pen, look)
    side = look.flip
    sprig(pen, look, (400 - side * 390, 780), 250, -10 if side > 0 else 190)
    _crate(pen, look, fresh, (400 - side * 40, 884), 600)
    _cut(pen, look, fresh, (400 + side * 262, 952), 200 / fresh.size[0] / fresh.ratio)


def _crate(pen: Pen, look: Look, fresh: Fresh, at: Point, w: float) -> None:
    """A slatted crate heaped with the goods, the label on its front."""
    wood = WOODS[look.shape % len(WOODS)]
    x, foot = at
    top, half = foot - 250, w / 2
    shadow(pen, look, (x, foot), w * 1.02, 64)
    inside = (
        f"M{n(x - half + 22)} {n(top)}L{n(x - half + 60)} {n(top - 64)}H{n(x + half - 60)}"
        f"L{n(x + half - 22)} {n(top)}V{n(foot)}H{n(x - half + 22)}Z"
    )
    pen.put(path(inside, darken(wood, 0.6)))
    stamp = pen.stamp("whole", fresh.whole(pen, look))
    across = {1: 2, 2: 4, 3: 4, 6: 5}[fresh.count]
    scale = min((w - 40) / across / fresh.size[0] * 1.24, 330 / fresh.size[1])
    tall = fresh.size[1] * scale
    for count, foot_line in ((across - 1, top - 10 + tall * 0.22), (across, top + tall * 0.5)):
        for i in range(count):
            shift = (i - (count - 1) / 2) * (w - 70) / across
            spin = pen.rng.uniform(-9, 9)
            pen.use(stamp, x + shift, min(foot_line, foot - 10), scale, spin)
    for i, y in enumerate((top, top + 86, top + 172)):
        hue = lighten(wood, 0.12 - 0.06 * i)
        a, b = n(x - half + 40), n(x + half - 40)
        grain = (
            f"M{a} {y + 26}Q{n(x)} {y + 16} {b} {y + 30}M{a} {y + 50}Q{n(x)} {y + 58} {b} {y + 44}"
        )
        pen.put(
            rect(x - half, y, w, 74, pen.fade((0, lighten(hue, 0.2)), (0.6, hue),
                                              (1, darken(hue, 0.24))), rx=5),
            rect(x - half, y + 66, w, 8, darken(hue, 0.4), fill_opacity=0.5, rx=4),
            line(grain, darken(hue, 0.35), 2, stroke_opacity=0.4),
        )  # fmt: skip
    for post in (x - half + 6, x + half - 50):
        pen.put(rect(post, top - 12, 44, foot - top + 12, darken(wood, 0.16), rx=4))
        pen.put(
            rect(post, top - 12, 12, foot - top + 12, lighten(wood, 0.3), fill_opacity=0.4, rx=4)
        )
    label(pen, look, Box(x, top + 12, 330, 226))


def detail(pen: Pen, look: Look, fresh: Fresh) -> None:
    """Close to the cut."""
    ground = look.ground
    pen.bands((0, 0, 800, 1000), ground.table[0], darken(ground.table[1], 0.16))
    cut = pen.stamp("cut", fresh.cut(pen, look))
    whole = pen.stamp("whole", fresh.whole(pen, look))
    scale = max(900 / fresh.cut_size[0], 760 / fresh.cut_size[1])
    back = max(700 / fresh.size[0], 620 / fresh.size[1])
    side = look.flip
    _place(pen, look, whole, fresh.size, (400 - side * 270, 620, back))
    leaf(pen, look, (400 + side * 200, 300), 420, -30 if side > 0 else 210)
    _place(pen, look, cut, fresh.cut_size, (400 + side * 60, 960, scale * 0.86))


FRESH_VIEWS = {"front": front, "open": opened, "scene": scene, "detail": detail}
