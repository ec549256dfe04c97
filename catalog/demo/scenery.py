"""Out of doors: basalt-red earth, orchards, pepper posts, rubber rows, and a table in front."""

from catalog.demo.forms import smooth, wobble
from catalog.demo.look import Look
from catalog.demo.pen import Pen, circle, ellipse, line, n, path, rect
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten, mix

EARTH = "#a1452a"
SKIES = (
    ("#fbe9c4", "#f6d9a2"), ("#e3edea", "#f6ead0"), ("#f8e0c4", "#f2c69a"), ("#dfe9ea", "#efe3c9"),
)  # fmt: skip
HILLS = ("#a9bd9f", "#86a583", "#64896a")


def outdoors(pen: Pen, look: Look) -> None:
    """Sky, hills and the family's own garden down to the table's edge."""
    sky = SKIES[(look.shape + look.setting) % len(SKIES)]
    pen.bands((0, 0, 800, 420), sky[0], sky[1])
    sun = 400 + look.flip * 230
    for radius, share in ((120, 0.3), (86, 0.55), (58, 1.0)):
        pen.put(circle(sun, 190, radius, mix(sky[0], "#fdd585", share)))
    ridges = ("M0 330Q180 250 390 316T800 290V700H0Z", "M0 376Q250 306 470 366T800 342V700H0Z")
    for ridge, tone in zip(ridges, HILLS, strict=False):
        pen.put(path(ridge, mix(tone, sky[1], 0.25)))
    pen.put(
        path("M0 420Q260 372 520 414T800 402V760H0Z", HILLS[2]),
        path("M0 470Q300 424 800 474V800H0Z", EARTH),
        path("M0 540Q340 486 800 556V800H0Z", darken(EARTH, 0.16)),
    )
    _furrows(pen)
    GARDENS[look.family](pen, look)
    table(pen, look, 668)


def _furrows(pen: Pen) -> None:
    rows = "".join(
        f"M{n(400 + (x - 400) * 0.3)} 470Q{n(400 + (x - 400) * 0.7)} 540 {x} 700"
        for x in range(-500, 1400, 120)
    )
    pen.put(line(rows, darken(EARTH, 0.4), 4, stroke_opacity=0.35))


def _tree(rng: Rng, leaf: str, *, fruit: str = "") -> str:
    """A round crowned tree standing on the origin, about 200 high."""
    crown = (
        path(smooth([(x, y - 128) for x, y in wobble(rng, 84, 62, rough=0.1)]), darken(leaf, 0.26))
        + path(smooth([(x - 8, y - 138) for x, y in wobble(rng, 70, 50, rough=0.1)]), leaf)
        + path(smooth([(x - 22, y - 154) for x, y in wobble(rng, 42, 27, rough=0.14)]),
               lighten(leaf, 0.16))
    )  # fmt: skip
    trunk = path("M-9 0Q-2-50-12-92H14Q6-50 11 0Z", "#5a3b26")
    spots = ((-48, -110), (38, -98), (8, -150), (60, -136), (-20, -84), (-62, -142))
    if not fruit:
        return trunk + crown
    apples = "".join(f"M{x - 8} {y}q8-9 16 0l3 13q-11 9-22 0Z" for x, y in spots)
    nuts = "".join(f"M{x - 5} {y + 16}q8 10 11-2" for x, y in spots)
    return trunk + crown + path(apples, fruit) + path(nuts, "#6a6140")


def _orchard(pen: Pen, look: Look, fruit: str) -> None:
    ids = [pen.stamp(f"tree{fruit}{i}", _tree(Rng("tree", i), look.leaf, fruit=fruit))
           for i in range(2)]  # fmt: skip
    far = [(x, 452, 0.42) for x in (40, 170, 300, 430, 560, 690, 790)]
    near = [(60, 560, 0.95), (300, 520, 0.72), (520, 524, 0.74), (748, 566, 0.98)]
    for i, (x, y, size) in enumerate(far + near):
        pen.put(ellipse(x + 14 * size, y, 82 * size, 13 * size, "#3c150a", fill_opacity=0.32))
        pen.use(ids[i % 2], x, y, size)


def _cashews(pen: Pen, look: Look) -> None:
    _orchard(pen, look, "#e2543a" if look.flip > 0 else "#efb13a")


def _fruits(pen: Pen, look: Look) -> None:
    _orchard(pen, look, "")


def _vine(leaf: str) -> str:
    """A pepper vine on its post."""
    rng = Rng("vine")
    body = path("M-26 0C-46-70-40-180-16-214 0-228 18-224 26-206 44-160 44-70 28 0Z",
                darken(leaf, 0.3))  # fmt: skip
    leaves = ["", ""]
    for i in range(11):
        y = -12 - i * 18
        for side in (-1, 1):
            reach = 15 + 16 * (1 - abs(i - 5) / 7)
            tone = rng.integer(0, 1)
            leaves[tone] += (
                f"M{n(side * reach)} {y}q{side * 4} -14 {side * 17} -9q2 17 {-side * 17} 9Z"
            )
    corns = ["", ""]
    for i in range(16):
        corns[i % 2] += f"M{n(rng.uniform(-26, 26))} {n(rng.uniform(-190, -30))}h.5"
    return (
        rect(-5, -236, 10, 236, "#6b4a30")
        + body
        + path(leaves[0], leaf)
        + path(leaves[1], mix(leaf, "#9ab35c", 0.35))
        + line(corns[0], "#b4412a", 6.4)
        + line(corns[1], "#a9bd4f", 6.4)
    )


def _peppers(pen: Pen, look: Look) -> None:
    vine = pen.stamp("vine", _vine(look.leaf))
    rows = ((448, 0.42, 84, 30), (496, 0.64, 128, -20), (566, 0.98, 196, 14))
    for y, size, gap, start in rows:
        for x in range(start, 860, gap):
            pen.put(ellipse(x + 12 * size, y, 52 * size, 9 * size, "#3c150a", fill_opacity=0.3))
            pen.use(vine, x, y, size)


def _rubbers(pen: Pen, look: Look) -> None:
    """Straight rows of tapped trees that meet far away."""
    pen.put(path("M0 250Q200 190 400 214T800 240V452H0Z", darken(look.leaf, 0.12)))
    pen.put(path("M0 180Q160 110 330 160T620 140 800 190V330Q600 270 400 300T0 330Z", look.leaf))
    bark = "#8b7561"
    for depth in (0.32, 0.44, 0.62, 0.92):
        y, w = 452 + 130 * (depth - 0.32) / 0.6, 30 * depth
        for side in (-1, 1):
            for k in (1, 2):
                x = 400 + side * (110 + 230 * k) * depth * 0.95
                pen.put(
                    rect(x - w / 2, 90, w, y - 90, mix(bark, look.leaf, 0.5 - depth * 0.4)),
                    rect(x - w / 2, 90, w * 0.3, y - 90, lighten(bark, 0.3), fill_opacity=0.5),
                    line(f"M{n(x - w / 2)} {n(y - 96 * depth)}L{n(x + w / 2)} {n(y - 70 * depth)}",
                         "#efe4cd", max(2, 5 * depth)),
                    path(f"M{n(x - 10 * depth)} {n(y - 58 * depth)}h{n(26 * depth)}"
                         f"l{n(-5 * depth)} {n(20 * depth)}h{n(-16 * depth)}Z", "#2d2520"),
                )  # fmt: skip
    pen.put(path("M0 0H800V150Q650 220 500 150T230 170 0 140Z", darken(look.leaf, 0.22)))
    pen.put(path("M0 0H800V90Q600 160 420 96T0 96Z", lighten(look.leaf, 0.1)))


def table(pen: Pen, look: Look, y: float) -> None:
    """Wooden planks in the foreground."""
    wood = ("#b98652", "#a5713f", "#c7976a")[look.shape % 3]
    pen.bands((0, y, 800, 1000 - y), lighten(wood, 0.22), darken(wood, 0.12))
    seams = "".join(
        f"M{n(400 + (x - 400) * 0.84)} {n(y)}L{x} 1000" for x in (-60, 130, 310, 500, 690, 880)
    )
    grain = "".join(
        f"M{n(400 + (x - 400) * 0.87)} {n(y + 30)}L{n(400 + (x - 400) * 0.98)} {n(y + 270)}"
        for x in range(-30, 860, 38)
    )
    pen.put(
        line(seams, darken(wood, 0.5), 4, stroke_opacity=0.55),
        line(grain, darken(wood, 0.4), 2, stroke_opacity=0.22),
        line(f"M-5 {n(y)}H805", lighten(wood, 0.5), 5),
    )


GARDENS = {
    "cashew": _cashews,
    "pepper": _peppers,
    "rubber": _rubbers,
    "coffee": _fruits,
    "honey": _cashews,
    "fruit": _fruits,
    "turmeric": _fruits,
    "special": _cashews,
}
