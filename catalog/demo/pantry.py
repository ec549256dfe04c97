"""Turmeric, mushrooms, bamboo shoots, sausages, birds' nests."""

import math

from catalog.demo.forms import Point, smooth, swept
from catalog.demo.goods import Tones, shaded, specks
from catalog.demo.grains import GRAINS, TUBER
from catalog.demo.look import Look
from catalog.demo.pen import Pen, ellipse, line, n, path
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten

PORK = Tones("#4f120c", "#9c3222", "#bd5138", "#f3b79c")
STEM = Tones("#a08e70", "#e6dcc4", "#f6efdd", "#ffffff")


def _rings(spine: list[Point], reach: float) -> str:
    marks = []
    for (ax, ay), (bx, by) in zip(spine, spine[1:], strict=False):
        dx, dy = bx - ax, by - ay
        size = math.hypot(dx, dy)
        ox, oy = -dy / size * reach, dx / size * reach
        for t in (0.3, 0.8):
            x, y = ax + dx * t, ay + dy * t
            marks.append(
                f"M{n(x - ox)} {n(y - oy)}Q{n(x + dx * 0.16)} {n(y + dy * 0.16)} "
                f"{n(x + ox)} {n(y + oy)}"
            )
    return line("".join(marks), "#8f4c17", 3, stroke_opacity=0.8)


def turmeric(_pen: Pen, _look: Look) -> str:
    """A hand of turmeric, 320 wide."""
    fingers: tuple[tuple[list[Point], list[float]], ...] = (
        ([(-20, -60), (-50, -120), (-60, -170), (-48, -206)], [30, 28, 25, 18]),
        ([(40, -62), (70, -110), (96, -160), (130, -184)], [28, 26, 24, 17]),
        ([(-60, -46), (-104, -62), (-140, -90), (-156, -124)], [30, 26, 23, 16]),
        ([(-130, -40), (-60, -50), (20, -48), (90, -42), (146, -60)], [26, 38, 42, 36, 22]),
    )
    parts = []
    for spine, radii in fingers:
        parts += [shaded(spine, radii, TUBER), _rings(spine, radii[1] * 0.72)]
    tips = ((-48, -218, 14), (139, -190, 13), (-158, -136, 13))
    parts += [ellipse(x, y, r, r * 0.7, "#f0a02e", stroke="#b56a1e", stroke_width=3)
              for x, y, r in tips]  # fmt: skip
    return "".join(parts)


def turmeric_cut(_pen: Pen, _look: Look) -> str:
    """Slices of turmeric, 300 wide."""
    good = GRAINS["turmeric"]
    spots = ((-74, -90, 3.2), (46, -104, 3.6), (-10, -44, 4.0), (110, -40, 3.2), (-110, -30, 3.0))
    return "".join(
        f'<g transform="translate({x} {y}) scale({s})">{good.draw(Rng("slice", x), 2)}</g>'
        for x, y, s in spots
    )


def _mushroom(lean: float, height: float, cap: float, hue: str) -> str:
    stem = shaded([(0, -8), (lean * 0.4, -height * 0.4), (lean, -height * 0.8)],
                  [cap * 0.26, cap * 0.2, cap * 0.2], STEM)  # fmt: skip
    x, y = lean, -height * 0.78
    dome = (
        f"M{n(x - cap)} {n(y)}C{n(x - cap)} {n(y - cap * 0.62)} {n(x - cap * 0.34)} "
        f"{n(y - cap * 0.8)} {n(x)} {n(y - cap * 1.06)}C{n(x + cap * 0.34)} {n(y - cap * 0.8)} "
        f"{n(x + cap)} {n(y - cap * 0.62)} {n(x + cap)} {n(y)}Q{n(x)} {n(y + cap * 0.22)} "
        f"{n(x - cap)} {n(y)}Z"
    )
    lit = (
        f"M{n(x - cap * 0.86)} {n(y - cap * 0.1)}C{n(x - cap * 0.84)} {n(y - cap * 0.5)} "
        f"{n(x - cap * 0.3)} {n(y - cap * 0.74)} {n(x - cap * 0.06)} {n(y - cap * 0.94)}"
        f"C{n(x - cap * 0.1)} {n(y - cap * 0.5)} {n(x - cap * 0.3)} {n(y - cap * 0.16)} "
        f"{n(x - cap * 0.4)} {n(y + cap * 0.04)}Z"
    )
    return (
        stem
        + ellipse(x, y - 2, cap * 0.93, cap * 0.24, "#c9b897")
        + path(dome, hue) + path(lit, lighten(hue, 0.3))
        + path(f"M{n(x - cap)} {n(y)}Q{n(x)} {n(y + cap * 0.22)} {n(x + cap)} {n(y)}"
               f"Q{n(x)} {n(y + cap * 0.36)} {n(x - cap)} {n(y)}Z", darken(hue, 0.5),
               fill_opacity=0.6)
        + ellipse(x, y - cap * 0.92, cap * 0.12, cap * 0.1, darken(hue, 0.3))
    )  # fmt: skip


def mushroom(_pen: Pen, _look: Look) -> str:
    """A tuft of termite mushrooms, 330 wide."""
    tuft = ((-96, 190, 50, 0), (90, 210, 54, 1), (-10, 290, 66, 2), (-150, 110, 40, 1),
            (146, 120, 42, 0), (44, 130, 46, 2), (-52, 120, 44, 0))  # fmt: skip
    hues = ("#7a6650", "#8d7860", "#6c5945")
    return "".join(
        f'<g transform="translate({n(x * 0.62)} 0)">{_mushroom(x * 0.38, h, cap, hues[k])}</g>'
        for x, h, cap, k in tuft
    )


def mushroom_cut(_pen: Pen, _look: Look) -> str:
    """Two mushrooms halved lengthwise, 300 wide."""
    half = (
        path("M-22-10C-26-80-20-120-16-150H16C20-120 26-80 22-10Q0 4-22-10Z", "#f3ebd8",
             stroke="#b9a888", stroke_width=4)
        + path("M-92-148C-92-206-30-226 0-250 30-226 92-206 92-148 60-172-60-172-92-148Z",
               "#f7f0e0", stroke="#7a6650", stroke_width=9)
        + path("M-84-150Q0-176 84-150 50-128 18-132L16-150H-16L-18-132Q-50-128-84-150Z", "#cbb897")
    )  # fmt: skip
    return (
        f'<g transform="translate(-78 0) rotate(-16)">{half}</g>'
        f'<g transform="translate(84 6) rotate(20) scale(.9)">{half}</g>'
    )


def _shoot(tone: str) -> str:
    """A fresh bamboo shoot in its sheaths, 130 by 330."""
    parts = [
        path("M-64-20C-74-150-40-270 0-334 40-270 74-150 64-20Q0 12-64-20Z", darken(tone, 0.3))
    ]
    sheaths = ((-300, 0.34), (-240, 0.56), (-176, 0.76), (-108, 0.92), (-40, 1.0))
    for i, (y, w) in enumerate(sheaths):
        side = 1 if i % 2 else -1
        hue = lighten(tone, 0.06 * i)
        d = (
            f"M{n(-66 * w)} {y + 34}C{n(-60 * w)} {y - 40} {n(-20 * w)} {y - 60} {n(side * 16)} "
            f"{y - 92}C{n(30 * w)} {y - 60} {n(62 * w)} {y - 40} {n(66 * w)} {y + 34}"
            f"Q0 {y + 58} {n(-66 * w)} {y + 34}Z"
        )
        parts += [
            path(d, hue, stroke=darken(tone, 0.4), stroke_width=2),
            path(f"M{n(-58 * w)} {y + 26}C{n(-54 * w)} {y - 30} {n(-22 * w)} {y - 50} "
                 f"{n(side * 10 - 6)} {y - 74}L{n(-26 * w)} {y + 36}Z", lighten(hue, 0.3),
                 fill_opacity=0.6),
            line(f"M{n(10 * w)} {y - 40}V{y + 34}M{n(34 * w)} {y - 24}V{y + 30}",
                 darken(tone, 0.3), 1.6, stroke_opacity=0.4),
        ]  # fmt: skip
    parts.append(ellipse(0, -8, 60, 15, "#f0e2b4"))
    parts.append(ellipse(0, -8, 44, 10, "#e0cc92"))
    return "".join(parts)


def bamboo(_pen: Pen, _look: Look) -> str:
    """Three shoots leaning together, 320 wide."""
    return (
        f'<g transform="translate(-84 -6) rotate(-15) scale(.86)">{_shoot("#9a7a3e")}</g>'
        f'<g transform="translate(88 -6) rotate(16) scale(.84)">{_shoot("#7f7a3c")}</g>'
        f'<g transform="translate(0 0)">{_shoot("#8a6f3a")}</g>'
    )


def bamboo_cut(_pen: Pen, _look: Look) -> str:
    """A peeled shoot halved, its chambers like a ladder, 180 by 330."""
    rungs = "".join(
        f"M{n(-46 + i * 6)} {-46 - i * 42}Q0 {-58 - i * 42} {n(46 - i * 6)} {-46 - i * 42}"
        for i in range(6)
    )
    return (
        path("M-80-16C-86-150-46-280 0-340 46-280 86-150 80-16Q0 20-80-16Z", "#c7ad62")
        + path("M-72-20C-76-150-40-270-2-328 38-270 74-150 70-20Q0 12-72-20Z", "#f6ebc4")
        + path("M-50-30C-50-140-28-230 0-286 28-230 50-140 50-30Q0-14-50-30Z", "#e9d698")
        + line(rungs, "#cdb268", 9) + line(rungs, "#fbf3d6", 4)
        + path("M-62-60C-60-150-40-230-16-290-50-220-62-140-62-60Z", "#ffffff", fill_opacity=0.7)
    )  # fmt: skip


def sausage(_pen: Pen, _look: Look) -> str:
    """A string of sausages, 380 wide."""
    parts = [line("M-150-40C-190-90-176-160-110-176S60-200 130-150 150-60 90-40", "#b3261c", 6)]
    links: tuple[list[Point], ...] = (
        [(-150, -54), (-168, -100), (-150, -146), (-110, -168)],
        [(-70, -172), (-20, -190), (40, -190), (90, -172)],
        [(122, -150), (150, -116), (146, -72), (112, -48)],
        [(70, -40), (20, -30), (-40, -30), (-96, -44)],
        [(-90, -104), (-40, -116), (20, -116), (74, -100)],
    )
    for spine in links:
        body = shaded(spine, [24, 31, 31, 24], PORK)
        parts += [body, specks(Rng(spine), ("#e2a58d", "#d98f78"), spine * 3, 4)]
    knots = ((-130, -172), (106, -166), (92, -42), (-122, -46))
    parts += [ellipse(x, y, 10, 9, "#b3261c") for x, y in knots]
    return "".join(parts)


def sausage_cut(_pen: Pen, _look: Look) -> str:
    """A sausage with slices off it, 330 wide."""
    parts = [shaded([(-150, -64), (-90, -76), (-20, -78)], [36, 44, 44], PORK)]
    for x, y in ((40, -70), (88, -58), (134, -44)):
        rng = Rng("cut", x)
        fat = "".join(
            ellipse(x + rng.uniform(-20, 20), y + rng.uniform(-24, 24), rng.uniform(4, 9),
                    rng.uniform(4, 8), "#f3cdb8") for _ in range(9)
        )  # fmt: skip
        parts += [
            ellipse(x + 7, y + 3, 36, 46, "#4f120c"),
            ellipse(x, y, 35, 45, "#8d2a1c"),
            ellipse(x, y, 31, 41, "#b34733"),
            fat,
        ]
    return "".join(parts)


def nest(_pen: Pen, _look: Look) -> str:
    """A white bird's nest, 300 wide."""
    rng = Rng("nest")
    body = "M-150-60C-146-10-90 10 0 10S146-10 150-60C150-110 90-128 0-128S-150-110-150-60Z"
    parts = [path(body, "#c9b27c"), path(body, "#e6d6aa", transform="translate(-3 -6) scale(.96)")]
    for i in range(58):
        angle = rng.uniform(0, math.tau)
        far = rng.uniform(0.66, 1.0)
        x, y = math.cos(angle) * 142 * far, -58 + math.sin(angle) * 62 * far
        spread = 0.34
        spine = [
            (
                math.cos(angle + k * spread) * 142 * far,
                -58 + math.sin(angle + k * spread) * 62 * far,
            )
            for k in (-1, 0, 1)
        ]
        tone = ("#f7eed4", "#efe2bd", "#fffaea", "#d9c48e")[i % 4]
        parts.append(path(smooth(swept(spine, [1, 3.4, 1])), tone))
        if i % 9 == 0:
            parts.append(ellipse(x, y, 5, 3, "#fffdf4"))
    hollow = "M-100-66C-90-40-50-26 0-26S90-40 100-66C90-96 50-106 0-106S-90-96-100-66Z"
    parts.append(path(hollow, "#bfa770"))
    for i in range(30):
        angle = math.tau * i / 30 + rng.uniform(-0.1, 0.1)
        spine = [
            (math.cos(angle + k * 0.3) * 90 * f, -66 + math.sin(angle + k * 0.3) * 36 * f)
            for k, f in ((-1, 1.0), (0, 0.86), (1, 0.6))
        ]
        parts.append(path(smooth(swept(spine, [1, 2.6, 0.8])), ("#f3e8c8", "#dcc994")[i % 2]))
    return "".join(parts)


def nest_cut(pen: Pen, _look: Look) -> str:
    """A little glass of sweet nest soup, 210 wide."""
    glass = "M-100-200C-104-90-90-20-60-4Q0 10 60-4C90-20 104-90 100-200Z"
    soup = pen.fade((0, "#d9b35c"), (0.3, "#f8e4ab"), (0.7, "#efd081"), (1, "#c99f48"))
    rng = Rng("soup")
    threads = "".join(
        f"M{n(rng.uniform(-76, 40))} {n(rng.uniform(-150, -40))}q{n(rng.uniform(10, 30))} "
        f"{n(rng.uniform(-14, 14))} {n(rng.uniform(30, 46))} {n(rng.uniform(-6, 8))}"
        for _ in range(16)
    )
    return (
        path(glass, "#ffffff", fill_opacity=0.6)
        + path("M-94-160C-94-80-84-26-58-12Q0 0 58-12C84-26 94-80 94-160Q0-136-94-160Z", soup)
        + line(threads, "#fffbe8", 5, stroke_opacity=0.85)
        + ellipse(0, -160, 94, 15, "#fbeec6")
        + "".join(ellipse(x, y, 9, 7, "#b3261c") for x, y in ((-30, -160), (16, -164), (46, -158)))
        + ellipse(0, -200, 100, 17, "none", stroke="#ffffff", stroke_width=5)
        + path("M-84-170C-84-90-76-50-62-34-70-70-72-120-70-168Z", "#ffffff", fill_opacity=0.7)
    )  # fmt: skip
