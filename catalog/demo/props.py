"""What lies around the goods: leaves, bowls, scoops, boards, cloths, crates."""

from catalog.demo.forms import Point, smooth, trail
from catalog.demo.goods import Good, heap
from catalog.demo.look import Look
from catalog.demo.pen import Pen, ellipse, line, n, path, rect
from catalog.demo.stage import shadow
from catalog.demo.tint import darken, lighten, mix

# Half outlines of leaves 100 long, tip at the right: (way along, half width).
LEAF_SHAPES: dict[str, tuple[Point, ...]] = {
    "cashew": ((0, 3), (22, 13), (48, 24), (74, 29), (92, 20), (100, 0)),
    "pepper": ((-8, 14), (8, 33), (30, 36), (56, 26), (80, 11), (104, 0)),
    "rubber": ((0, 3), (24, 15), (48, 22), (72, 17), (90, 7), (104, 0)),
    "coffee": ((0, 3), (18, 15), (42, 22), (64, 18), (86, 6), (106, 0)),
    "bamboo": ((0, 2), (18, 9), (40, 11), (66, 8), (88, 3), (108, 0)),
}
FAMILY_LEAF = {
    "cashew": "cashew", "pepper": "pepper", "rubber": "rubber", "coffee": "coffee",
    "honey": "cashew", "fruit": "rubber", "turmeric": "bamboo", "special": "cashew",
}  # fmt: skip
WOODS = ("#b98450", "#9a6a3e", "#c79b68", "#7d5535")
CLAYS = ("#f2ead9", "#96472a", "#3f4a44", "#d8c7a5", "#5f7f86", "#c98b4a")


def leaf_markup(kind: str, colour: str, *, lit: bool = True) -> str:
    """A leaf 100 long from the origin to the right: two halves, midrib, veins."""
    half = LEAF_SHAPES[kind]
    upper = [(x, -y) for x, y in half]
    lower = [(x, y * 0.92) for x, y in half[:-1]]
    pale = lighten(colour, 0.5)
    veins = "".join(
        f"M{n(x - 12)} 0Q{n(x - 4)} {n(s * y * 0.5)} {n(x + 4)} {n(s * y * 0.86)}"
        for x, y in half[1:-1]
        for s in (-1, 1)
    )
    return (
        path(smooth(upper + lower[::-1]), darken(colour, 0.16))
        + (path(smooth([*upper, (60, 1.5), (0, 0)]), lighten(colour, 0.14)) if lit else "")
        + line(veins, pale, 1, stroke_opacity=0.5)
        + line("M-14 1Q40-2 98 0", pale, 2, stroke_opacity=0.75)
    )


def leaf(pen: Pen, look: Look, at: Point, length: float, turn: float, *, kind: str = "") -> None:
    """One leaf lying flat, with a thin shadow."""
    kind = kind or FAMILY_LEAF[look.family]
    colour = mix(look.leaf, pen.rng.choice(("#8aa04a", "#1d4a34", "#5f8a3c")), 0.28)
    with pen.at(at[0] + 5, at[1] + 9, length / 100, turn):
        outline = [(x, -y) for x, y in LEAF_SHAPES[kind]]
        under = [(x, y) for x, y in LEAF_SHAPES[kind][:-1]]
        pen.put(path(smooth(outline + under[::-1]), look.shadow, opacity=0.22))
    with pen.at(at[0], at[1], length / 100, turn):
        pen.put(leaf_markup(kind, colour))


def sprig(pen: Pen, look: Look, at: Point, length: float, turn: float) -> None:
    """A twig with five leaves."""
    with pen.at(at[0], at[1], 1, turn):
        stem: list[Point] = [(0, 0), (length * 0.4, -6), (length * 0.8, 2)]
        pen.put(line(trail(stem), "#6b5334", 5))
    for share, angle in ((0.25, 42), (0.4, -44), (0.62, 34), (0.7, -36), (0.84, 2)):
        with pen.at(at[0], at[1], 1, turn):
            leaf(pen, look, (length * share, -4 if angle else 2), length * 0.46, angle)


def bowl(
    pen: Pen, look: Look, goods: tuple[str, Good], place: tuple[float, float, float],
    size: float = 1.0,
) -> None:  # fmt: skip
    """A bowl heaped with goods: place is (centre, foot line, width)."""
    x, foot, w = place
    name, good = goods
    clay = CLAYS[(look.shape + look.label) % len(CLAYS)]
    a, rim = w / 2, w * 0.115
    top = foot - w * 0.4
    shadow(pen, look, (x, foot), w * 0.86)
    with pen.at(x, top):
        pen.put(
            ellipse(0, 0, a, rim, darken(clay, 0.12)),
            ellipse(0, 3, a * 0.94, rim * 0.84, darken(clay, 0.5)),
        )
        heap(pen, name, good, (0, rim * 0.42, w * 0.9, w * 0.24), size)
        deep = w * 0.4
        body = (
            f"M{n(-a)} 0C{n(-a)} {n(deep * 0.5)} {n(-a * 0.62)} {n(deep * 0.86)} {n(-a * 0.42)} "
            f"{n(deep)}Q0 {n(deep * 1.07)} {n(a * 0.42)} {n(deep)}C{n(a * 0.62)} {n(deep * 0.86)} "
            f"{n(a)} {n(deep * 0.5)} {n(a)} 0A{n(a)} {n(rim)} 0 0 1 {n(-a)} 0Z"
        )
        sheen = pen.fade(
            (0, darken(clay, 0.16)), (0.2, lighten(clay, 0.26)), (0.5, clay),
            (1, darken(clay, 0.42)),
        )  # fmt: skip
        edge = f"M{n(-a)} 0A{n(a)} {n(rim)} 0 0 0 {n(a)} 0"
        band = (
            f"M{n(-a * 0.975)} {n(deep * 0.2)}A{n(a)} {n(rim)} 0 0 0 {n(a * 0.975)} {n(deep * 0.2)}"
        )
        pen.put(
            path(body, sheen),
            line(edge, lighten(clay, 0.45), 5),
            line(band, darken(clay, 0.3), 3, stroke_opacity=0.5),
        )


def scoop(
    pen: Pen, look: Look, goods: tuple[str, Good], at: Point, *, size: float = 1.0, turn: float = 0
) -> None:
    """A wooden scoop with goods in it, its handle to the upper right."""
    wood = WOODS[look.shape % 2]
    shadow(pen, look, (at[0] + 20, at[1] + 42), 230, 26)
    with pen.at(at[0], at[1], 1, turn):
        grain = pen.fade((0, lighten(wood, 0.25)), (0.5, wood), (1, darken(wood, 0.3)), to=(0, 1))
        pen.put(
            path("M84-16C120-40 190-78 232-96Q250-100 252-86 250-76 238-70C190-44 130-6 96 18Z",
                 grain),
            ellipse(0, 0, 112, 38, darken(wood, 0.4)),
            ellipse(-2, -4, 98, 28, darken(wood, 0.62)),
        )  # fmt: skip
        heap(pen, goods[0], goods[1], (-4, 10, 172, 64), size)
        pen.put(
            path("M-112 0A112 38 0 0 0 112 0Q104 46 30 54-84 58-112 0Z", grain),
            line("M-112 0A112 38 0 0 0 112 0", lighten(wood, 0.5), 4),
        )


def board(pen: Pen, look: Look, box: tuple[float, float, float, float]) -> None:
    """A wooden board seen from slightly above: box is left, top, width, depth."""
    x, y, w, h = box
    wood = WOODS[(look.shape + 1) % len(WOODS)]
    shadow(pen, look, (x + w / 2, y + h + 14), w * 1.02, 36)
    s = w * 0.06
    top = (
        f"M{n(x + s)} {n(y)}H{n(x + w - s)}Q{n(x + w - s + 14)} {n(y)} {n(x + w - s + 18)} {n(y + 10)}"
        f"L{n(x + w)} {n(y + h)}H{n(x)}L{n(x + s - 18)} {n(y + 10)}Q{n(x + s - 14)} {n(y)} {n(x + s)} {n(y)}Z"
    )
    veins = "".join(
        f"M{n(x + s - s * t + 24)} {n(y + h * t)}Q{n(x + w / 2)} {n(y + h * t + (-7 if i % 2 else 7))} "
        f"{n(x + w - s + s * t - 30)} {n(y + h * t)}"
        for i, t in enumerate((0.16, 0.34, 0.52, 0.7, 0.86))
    )
    pen.put(
        rect(x, y + h - 2, w, 20, darken(wood, 0.36), rx=6),
        path(top, pen.fade((0, lighten(wood, 0.3)), (1, wood), to=(0.4, 1))),
        line(veins, darken(wood, 0.28), 2, stroke_opacity=0.45),
    )


def cloth_spread(pen: Pen, look: Look, y: float) -> None:
    """A linen cloth over the table's front, with a striped hem."""
    tone = mix(CLAYS[0], look.ground.wall[0], 0.4)
    d = f"M-10 {n(y + 40)}C180 {n(y - 26)} 330 {n(y + 30)} 520 {n(y)} 640 {n(y - 18)} 740 {n(y + 10)} 810 {n(y - 8)}V1010H-10Z"
    pen.put(
        path(d, darken(tone, 0.24), transform="translate(0 -7)", opacity=0.5),
        path(d, tone),
        line(f"M-10 {n(y + 66)}C180 {n(y)} 330 {n(y + 56)} 520 {n(y + 26)} 640 {n(y + 8)} 740 {n(y + 36)} 810 {n(y + 18)}",
             look.accent, 4, stroke_opacity=0.6),
        line(f"M-10 {n(y + 78)}C180 {n(y + 12)} 330 {n(y + 68)} 520 {n(y + 38)} 640 {n(y + 20)} 740 {n(y + 48)} 810 {n(y + 30)}",
             look.accent, 2, stroke_opacity=0.45),
        path(f"M90 {n(y + 26)}C130 {n(y + 110)} 110 920 60 1010H130C170 900 160 {n(y + 90)} 90 {n(y + 26)}Z",
             "#000", opacity=0.05),
        path(f"M560 {n(y)}C600 {n(y + 110)} 590 920 610 1010H690C660 900 640 {n(y + 90)} 560 {n(y)}Z",
             "#000", opacity=0.05),
    )  # fmt: skip
