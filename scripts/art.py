"""Draws the market's own pictures: hero scene, logo, icons, empty state. Run it again any time."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from catalog.demo.forms import Point, smooth, swept, turned, wobble
from catalog.demo.nuts import crescent
from catalog.demo.pen import circle, ellipse, line, path, rect
from catalog.demo.raster import render_png
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten, mix

ROOT = Path(__file__).parent.parent
ART = ROOT / "templates" / "buyers" / "art"
IMG = ROOT / "static" / "img"
EARTH = "#9a3d22"
LEAF = "#2a6a4b"
XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def whole(markup: str) -> str:
    """Markup with whole numbers in its outlines, to keep the inlined pictures small."""

    def ints(match: re.Match[str]) -> str:
        return re.sub(r"-?\d+\.\d+", lambda m: str(round(float(m[0]))), match[0])

    return re.sub(r' d="[^"]*"', ints, markup)


def blob(rng: Rng, x: float, y: float, size: Point, colour: str) -> str:
    """A soft round patch."""
    points = [(round(px + x), round(py + y)) for px, py in wobble(rng, *size, count=7, rough=0.1)]
    return path(smooth(points), colour)


def leaf(length: float, colour: str) -> str:
    """A cashew leaf to the right of the origin."""
    k = length / 100
    points = [(0, 0), (30, -15), (70, -24), (98, -12), (100, 4), (72, 22), (30, 14)]
    upper = [(0, 0), (30, -15), (70, -24), (98, -12), (96, 0)]
    return (
        path(smooth([(round(x * k), round(y * k)) for x, y in points]), colour)
        + path(smooth([(round(x * k), round(y * k)) for x, y in upper]), lighten(colour, 0.16))
        + line(f"M0 0H{round(94 * k)}", lighten(colour, 0.45), 1.6)
    )


def apple(colour: str) -> str:
    """A cashew apple hanging from the origin, its nut below, 60 by 92."""
    body = "M0 0C18 0 24 14 27 34 30 56 20 66 0 66S-30 56-27 34C-24 14-18 0 0 0Z"
    nut = "M-12 66C-16 80-6 92 8 90 18 88 20 78 13 76 6 76 6 72 6 65Z"
    return (
        path(nut, "#6f6353")
        + line("M-7 72Q-6 83 5 85", "#a3947c", 3)
        + path(body, colour)
        + path("M4 2C20 6 26 30 24 46 20 62 8 66-6 65 14 56 18 24 4 2Z", darken(colour, 0.24))
        + path("M-12 6C-20 14-22 34-20 46L-14 44C-16 30-12 16-6 6Z", "#fff", fill_opacity=0.5)
    )


def tree() -> str:
    """A cashew tree on the origin, 130 high."""
    rng = Rng("hero tree")
    fruit = "".join(
        path(f"M{x - 4} {y}q4-6 9 0l2 9q-7 7-13 0Z", "#e2573c")
        + circle(x + 1, y + 13, 2.6, "#6f6353")
        for x, y in ((-34, -66), (26, -58), (4, -92), (42, -84), (-16, -48), (-46, -88))
    )
    return (
        path("M-7 0Q0-32-9-58H11Q4-32 9 0Z", "#5d3a22")
        + blob(rng, 0, -78, (58, 42), darken(LEAF, 0.3))
        + blob(rng, -6, -86, (48, 34), LEAF)
        + blob(rng, -16, -97, (28, 17), lighten(LEAF, 0.16))
        + fruit
    )


def farmer() -> str:
    """Someone in a conical hat, carrying a basket."""
    return (
        ellipse(6, 1, 30, 5, "#3c150a", fill_opacity=0.4)
        + path("M-12 0L-9-34H9L13 0H4L0-24-4 0Z", "#2e3a3f")
        + path("M-15-32C-16-60-10-70 0-70S17-60 16-32Q0-26-15-32Z", "#3c6e8c")
        + path("M-15-60L-31-38-24-33-8-50Z", "#35627d")
        + circle(0, -76, 9, "#c98f63")
        + path("M-30-76Q-2-112 28-76Q0-66-30-76Z", "#ecd49a")
        + path("M0-97Q14-92 28-76Q14-72 4-71Z", "#c9a862")
        + path("M-50-40H-18L-23-14H-45Z", "#b98450")
        + path("M-50-40H-18L-19-34H-49Z", "#8d5f36")
        + "".join(circle(x, -42, 6, "#e2573c") for x in (-44, -34, -24))
    )


def posts() -> str:
    """A pepper vine on its post, 120 high."""
    rng = Rng("hero vine")
    marks = ["", ""]
    for i in range(8):
        for side in (-1, 1):
            x, y = side * rng.integer(1, 8), -10 - i * 13 + rng.integer(-3, 3)
            marks[(i + side) % 2] += f"M{x} {y}q{side * 5} -13 {side * 16} -7q-1 12 {-side * 16} 7Z"
    column = "M-12 0C-24-30-20-90-9-108 0-114 6-112 11-104 21-84 23-30 13 0Z"
    return (
        rect(-3, -122, 6, 122, "#6b4a30")
        + path(column, darken(LEAF, 0.26))
        + path(marks[0], LEAF)
        + path(marks[1], lighten(LEAF, 0.16))
    )


def _sky() -> str:
    light = '<linearGradient id="hero-sky" x2="0" y2="1"><stop stop-color="#f9e3b8"/>'
    light += '<stop offset="1" stop-color="#f6cd92"/></linearGradient>'
    bands = light + rect(0, 0, 800, 290, "url(#hero-sky)")
    glow = "".join(
        circle(596, 168, r, mix("#f6d89f", "#fff0c2", k)) for r, k in ((128, 0.2), (96, 0.5))
    )
    mountain = "M120 300C200 268 236 150 292 138 346 150 380 262 470 300Z"
    return (
        bands + glow + circle(596, 168, 60, "#fbc35c") + path(mountain, "#b9bf9d")
        + path("M292 138C346 150 380 262 470 300H330C340 240 320 170 292 138Z", "#a5b08f")
        + path("M0 268Q160 214 350 258T800 236V330H0Z", "#8fae8b")
        + path("M0 306Q240 250 470 296T800 278V360H0Z", "#5f8f6c")
    )  # fmt: skip


def _field() -> str:
    furrows = "".join(
        f"M{round(430 + (x - 430) * 0.14)} 346Q{round(430 + (x - 430) * 0.46)} 402 {x} 500"
        for x in range(-500, 1500, 92)
    )
    return (
        path("M0 340Q240 306 520 340T800 330V500H0Z", EARTH)
        + path("M0 392Q300 352 800 400V500H0Z", darken(EARTH, 0.14))
        + line(furrows, darken(EARTH, 0.38), 4, stroke_opacity=0.45)
        + path("M424 344C420 390 372 440 300 500H470C470 440 446 390 436 344Z", "#b9603c")
        + path("M428 344C426 400 408 450 372 500H404C426 450 434 400 431 344Z", "#c97b55")
    )


def hero() -> str:
    """The orchard on red earth, 800 by 500."""
    far = "".join(
        f'<use href="#ht" transform="translate({x} {y}) scale({k})"/>'
        for x, y, k in ((30, 350, 0.46), (108, 346, 0.44), (186, 344, 0.42), (262, 342, 0.4),
                        (338, 342, 0.38), (500, 342, 0.38), (576, 345, 0.4), (652, 346, 0.42),
                        (730, 346, 0.44), (796, 348, 0.46))
    )  # fmt: skip
    rows = "".join(
        ellipse(x + 8, y, 60 * k, 9 * k, "#3c150a", fill_opacity=0.35)
        + f'<use href="#{name}" transform="translate({x} {y}) scale({k})"/>'
        for name, x, y, k in (("ht", 214, 376, 0.78), ("hp", 560, 366, 0.6), ("hp", 640, 372, 0.68),
                              ("hp", 724, 376, 0.74), ("ht", 96, 418, 1.16), ("hp", 628, 424, 1.04),
                              ("hp", 742, 436, 1.14))
    )  # fmt: skip
    boughs = (
        line("M-10 36C80 22 170 34 262 86M96 26C130 50 150 66 160 92", "#5d3a22", 9)
        + _bough_leaves()
        + "".join(
            f'<g transform="translate({x} {y}) rotate({t})">{apple(c)}</g>'
            for x, y, t, c in ((66, 44, 6, "#e2573c"), (162, 92, -4, "#efa52f"),
                               (232, 76, -8, "#d9412c"))
        )
    )  # fmt: skip
    leaves = "".join(
        f'<g id="hl{i}">{leaf(100, tone)}</g>'
        for i, tone in enumerate((LEAF, "#3f7a45", "#28604a"))
    )
    return whole(
        f'<svg {XMLNS} viewBox="0 0 800 500" preserveAspectRatio="xMidYMid slice" '
        f'aria-hidden="true" focusable="false"><defs><g id="ht">{tree()}</g>'
        f'<g id="hp">{posts()}</g>{leaves}</defs>{_sky()}{far}{_field()}{rows}'
        f'<g transform="translate(404 440)">{farmer()}</g>{boughs}</svg>\n'
    )


def _bough_leaves() -> str:
    spots = ((20, 30, -60, 90), (60, 24, 30, 96), (116, 30, -40, 104), (150, 44, 30, 100),
             (200, 56, -52, 96), (258, 86, -16, 104), (254, 84, 46, 90), (4, 40, 64, 92),
             (110, 34, 84, 70))  # fmt: skip
    return "".join(
        f'<use href="#hl{i % 3}" transform="translate({x} {y}) rotate({t}) scale({size / 100})"/>'
        for i, (x, y, t, size) in enumerate(spots)
    )


def _nut(size: float, turn: float) -> str:
    spine, radii = crescent(Rng("mark"), size, 1.02)
    spine = turned(spine, turn)
    mid = (sum(p[0] for p in spine) / 7, sum(p[1] for p in spine) / 7)
    spine = [(x - mid[0], y - mid[1]) for x, y in spine]
    gleam = [(x - 2.2 * size, y - 3.6 * size) for x, y in spine[1:6]]
    return path(smooth(swept(spine, radii)), "#f8e3b4") + path(
        smooth(swept(gleam, [1.2 * size, 2 * size, 2.2 * size, 2 * size, 1 * size])), "#fffaf0"
    )


def _mark() -> str:
    """The cashew and its leaf, in a box of 64."""
    return (
        f'<g transform="translate(31 35)">{_nut(0.98, -62)}</g>'
        + path("M33 19C34 9 43 5 54 8 52 18 44 24 33 19Z", "#7fb069")
        + line("M33 19Q42 15 50 10", "#dcefc9", 1.4)
    )


def logo() -> str:
    """The mark on basalt red earth, in a circle of 64."""
    earth = path("M.3 36A32 32 0 0 0 63.7 36C50 46 36 38 24 42 14 45 6 42 .3 36Z", "#7c2b13")
    return (
        f'<svg {XMLNS} viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        f"{circle(32, 32, 32, '#96371b')}{earth}{_mark()}</svg>\n"
    )


def empty() -> str:
    """An empty basket under a leaf, for lists without entries; 240 by 180."""
    weave = "".join(
        line(f"M{52 + i * 4} {100 + i * 15}Q120 {110 + i * 15} {188 - i * 4} {100 + i * 15}",
             "#8d5f36", 2, stroke_opacity=0.6)
        for i in range(3)
    )  # fmt: skip
    slats = "".join(
        line(f"M{x} 94L{round(120 + (x - 120) * 0.78)} 158", "#e0b884", 2, stroke_opacity=0.6)
        for x in range(66, 186, 22)
    )
    shape = smooth([(round(x), round(y)) for x, y in _outline(20)])
    nuts = "".join(
        path(shape, "#c9964f", transform=f"translate({x} {y}) rotate({t}) scale(.5)")
        for x, y, t in ((34, 160, 0), (208, 164, 100))
    )
    return whole(
        f'<svg {XMLNS} viewBox="0 0 240 180" aria-hidden="true" focusable="false">'
        + ellipse(124, 164, 92, 9, "#000", fill_opacity=0.1)
        + line("M60 90C64 24 176 24 180 90", "#9a6a3e", 7)
        + ellipse(120, 92, 72, 13, "#7d5330")
        + ellipse(120, 94, 64, 9, "#50331c")
        + path("M48 92C52 130 60 150 68 160Q120 170 172 160C180 150 188 130 192 92"
               "A72 13 0 0 1 48 92Z", "#c08c54")
        + weave + slats
        + line("M48 92A72 13 0 0 0 192 92", "#dcae74", 4)
        + f'<g transform="translate(150 46) rotate(-28)">{leaf(64, LEAF)}</g>' + nuts + "</svg>\n"
    )  # fmt: skip


def _outline(turn: float) -> list[Point]:
    spine, radii = crescent(Rng("small", turn))
    return [(round(x), round(y)) for x, y in swept(turned(spine, turn), radii)]


def icon(scale: float = 0.844) -> str:
    """The mark on a filled square; at .7 even its leaf is inside the roundest mask."""
    shift = round(32 - 32 * scale)
    earth = path("M0 38C14 45 24 43 34 42 46 40 54 43 64 38V64H0Z", "#7c2b13")
    return (
        f'<svg {XMLNS} viewBox="0 0 64 64" width="64" height="64">{rect(0, 0, 64, 64, "#96371b")}'
        f'{earth}<g transform="translate({shift} {shift}) scale({scale})">{_mark()}</g></svg>'
    )


def share() -> bytes:
    """The hero scene in the shape in which messengers show a page."""
    scene = hero().replace('viewBox="0 0 800 500"', 'viewBox="0 40 800 420"', 1)
    image = Image.open(BytesIO(render_png(scene, width=1200))).convert("RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def main() -> None:
    """Write every file."""
    ART.mkdir(parents=True, exist_ok=True)
    IMG.mkdir(parents=True, exist_ok=True)
    (ART / "hero.svg").write_text(hero(), encoding="utf-8")
    (ART / "logo.svg").write_text(logo(), encoding="utf-8")
    (ART / "empty.svg").write_text(empty(), encoding="utf-8")
    (IMG / "favicon.svg").write_text(logo(), encoding="utf-8")
    for size in (180, 192, 512):
        (IMG / f"icon-{size}.png").write_bytes(render_png(icon(), width=size))
    (IMG / "icon-maskable-512.png").write_bytes(render_png(icon(0.7), width=512))
    (IMG / "share.jpg").write_bytes(share())


if __name__ == "__main__":
    main()
