"""What lies around the goods: leaves, bowls, scoops, boards, cloths, crates."""

from catalog.demo.forms import Point, smooth, trail
from catalog.demo.look import Look
from catalog.demo.matter import Matter
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
PAIL = "#8b9297"
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
        pen.put(path(smooth(outline + under[::-1]), look.shadow, fill_opacity=0.22))
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
    pen: Pen, look: Look, matter: Matter, place: tuple[float, float, float],
    size: float = 1.0,
) -> None:  # fmt: skip
    """A bowl heaped with goods: place is (centre, foot line, width)."""
    x, foot, w = place
    clay = CLAYS[(look.shape + look.label) % len(CLAYS)]
    if look.family == "rubber":
        clay = PAIL
    a, rim = w / 2, w * 0.115
    top = foot - w * 0.4
    shadow(pen, look, (x, foot), w * 0.86)
    with pen.at(x, top):
        pen.put(
            ellipse(0, 0, a, rim, darken(clay, 0.12)),
            ellipse(0, 3, a * 0.94, rim * 0.84, darken(clay, 0.5)),
        )
        matter.mound(pen, (0, rim * 0.42, w * 0.9, w * 0.24), size)
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
    pen: Pen, look: Look, matter: Matter, at: Point, *, size: float = 1.0, turn: float = 0
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
        matter.mound(pen, (-4, 10, 172, 64), size)
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
    left, right = x + s, x + w - s
    top = (
        f"M{n(left)} {n(y)}H{n(right)}Q{n(right + 14)} {n(y)} {n(right + 18)} {n(y + 10)}"
        f"L{n(x + w)} {n(y + h)}H{n(x)}L{n(left - 18)} {n(y + 10)}"
        f"Q{n(left - 14)} {n(y)} {n(left)} {n(y)}Z"
    )
    veins = "".join(
        f"M{n(left - s * t + 24)} {n(y + h * t)}Q{n(x + w / 2)} {n(y + h * t + bend)} "
        f"{n(right + s * t - 30)} {n(y + h * t)}"
        for t, bend in ((0.16, 7), (0.34, -7), (0.52, 7), (0.7, -7), (0.86, 7))
    )
    pen.put(
        rect(x, y + h - 2, w, 20, darken(wood, 0.36), rx=6),
        path(top, pen.fade((0, lighten(wood, 0.3)), (1, wood), to=(0.4, 1))),
        line(veins, darken(wood, 0.28), 2, stroke_opacity=0.45),
    )


def cloth_spread(pen: Pen, look: Look, y: float) -> None:
    """A linen cloth over the table's front, with a striped hem."""
    tone = mix(CLAYS[0], look.ground.wall[0], 0.4)
    hem = "M-10 40C180-26 330 30 520 0 640-18 740 10 810-8"
    folds = "M90 26C130 110 110 170 60 260H130C170 160 160 90 90 26Z"
    with pen.at(0, y):
        pen.put(
            path(hem + "V260H-10Z", darken(tone, 0.24), transform="translate(0 -7)"),
            path(hem + "V260H-10Z", tone),
            line(hem, look.accent, 4, stroke_opacity=0.6, transform="translate(0 26)"),
            line(hem, look.accent, 2, stroke_opacity=0.45, transform="translate(0 38)"),
            path(folds, "#000", fill_opacity=0.05),
            path(folds, "#000", fill_opacity=0.05, transform="translate(490 -24)"),
        )
