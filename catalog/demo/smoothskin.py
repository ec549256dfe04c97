"""Avocado, cashew apple, pomelo, mandarin, mangosteen: smooth skins and their cuts."""

import math

from catalog.demo.forms import moved, smooth, wobble
from catalog.demo.goods import shaded
from catalog.demo.look import Look
from catalog.demo.nuts import RAW
from catalog.demo.pen import Pen, circle, ellipse, line, n, path
from catalog.demo.props import leaf_markup
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten, mix

PEAR = "M0-330C52-330 60-250 92-190 132-116 116 0 0 0S-132-116-92-190C-60-250-52-330 0-330Z"
BELL = "M0-236C66-236 84-190 92-120 100-50 70 0 0 0S-100-50-92-120C-84-190-66-236 0-236Z"


def _skin(pen: Pen, d: str, colour: str) -> str:
    body = pen.glow((0, lighten(colour, 0.42)), (0.45, colour), (1, darken(colour, 0.46)),
                    cx=0.34, cy=0.36, r=0.74)  # fmt: skip
    return path(d, body)


def _pores(seed: str, w: float, h: float, colour: str, count: int = 60) -> str:
    rng = Rng("pores", seed)
    marks = []
    for _ in range(count):
        out, angle = math.sqrt(rng.unit()) * 0.92, rng.uniform(0, math.tau)
        marks.append(f"M{n(math.cos(angle) * out * w)} {n(math.sin(angle) * out * h)}h.6")
    return line("".join(marks), colour, 3.4, stroke_opacity=0.5)


def _small_leaf(pen: Pen, look: Look, turn: float, size: float, kind: str = "rubber") -> str:
    return f'<g transform="rotate({turn}) scale({size})">{leaf_markup(kind, look.leaf)}</g>'


def avocado(pen: Pen, look: Look) -> str:
    """A 034 avocado with its long neck, 250 by 330."""
    skin = mix("#4a6b2c", "#6f8f3a", look.shape / 11)
    return (
        _skin(pen, PEAR, skin)
        + f'<g transform="translate(0 -120)">{_pores("avocado", 96, 100, "#9fb96a", 70)}</g>'
        + path("M-34-286C-60-240-72-200-92-150-100-120-98-96-92-84-86-130-66-190-48-226-38-250"
               "-30-268-34-286Z", "#dfeab0", fill_opacity=0.55)
        + path("M-9-326L-12-350Q0-358 12-350L9-326Z", "#6b5330")
    )  # fmt: skip


def avocado_cut(pen: Pen, _look: Look) -> str:
    """Half an avocado with its stone."""
    flesh = pen.glow((0, "#f6f0b4"), (0.55, "#f0e89a"), (0.86, "#cbd873"), (1, "#9fbb4d"),
                     cy=0.6, r=0.6)  # fmt: skip
    stone = pen.glow((0, "#c08a52"), (0.5, "#8f5a2d"), (1, "#57331a"), cx=0.36, cy=0.34, r=0.7)
    return (
        path(PEAR, "#3f5a24")
        + path(PEAR, "#6d8f3a", transform="translate(-3 -3) scale(.975)")
        + path(PEAR, flesh, transform="translate(-1 -9) scale(.93 .94)")
        + circle(3, -104, 61, "#b9b35e", fill_opacity=0.8)
        + circle(0, -108, 58, stone)
        + ellipse(-20, -132, 15, 9, "#f0d3a5", fill_opacity=0.8, transform="rotate(-30 -20 -132)")
        + path("M-30-284C-52-240-62-206-78-160L-66-158C-52-200-40-240-22-280Z", "#fffbe0",
               fill_opacity=0.7)
    )  # fmt: skip


def cashew_apple(pen: Pen, look: Look) -> str:
    """A cashew apple with its nut below, 200 by 320."""
    skin = "#d8392a" if look.flip > 0 else "#eda21f"
    nut = shaded([(-8, -26), (-17, -8), (-12, 12), (8, 20)], [11, 15, 17, 14], RAW)
    return (
        f'<g transform="translate(12 -46) scale(1.42)">{nut}</g>'
        f'<g transform="translate(0 -58)">{_skin(pen, BELL, skin)}'
        + path("M-52-206C-80-180-84-120-82-84L-66-80C-70-130-60-180-34-212Z", "#ffffff",
               fill_opacity=0.45)
        + path("M40-222C66-180 76-100 56-30 70-80 84-140 64-200Z", lighten(skin, 0.5),
               fill_opacity=0.3)
        + line("M-4-232C-6-252-14-262-26-272", "#6b5330", 9)
        + f'<g transform="translate(-24 -266)">{_small_leaf(pen, look, 18, 1.15, "cashew")}</g></g>'
    )  # fmt: skip


def cashew_apple_cut(pen: Pen, look: Look) -> str:
    """A cashew apple cut lengthwise."""
    skin = "#d8392a" if look.flip > 0 else "#eda21f"
    flesh = pen.glow((0, "#fdf3cc"), (0.7, "#f8df96"), (1, mix(skin, "#f8df96", 0.4)))
    fibres = "".join(f"M{x} -210Q{n(x * 1.6)} -110 {n(x * 0.8)} -24" for x in (-44, -22, 0, 22, 44))
    return (
        path(BELL, darken(skin, 0.14))
        + path(BELL, flesh, transform="translate(0 -8) scale(.92 .93)")
        + line(fibres, "#e6c46e", 3, stroke_opacity=0.7)
        + path("M-56-196C-74-160-78-120-76-90L-64-88C-64-130-58-170-44-200Z", "#ffffff",
               fill_opacity=0.6)
    )  # fmt: skip


def _citrus(pen: Pen, look: Look, skin: str, r: float) -> str:
    ry = r * 0.94
    rng = Rng("citrus", r)
    body = smooth(wobble(rng, r, ry, count=14, rough=0.012))
    top = f'<g transform="translate(0 {n(-ry * 0.93)})">'
    return (
        f'<g transform="translate(0 {n(-ry)})">{_skin(pen, body, skin)}'
        + _pores(skin, r, ry, darken(skin, 0.3), 80)
        + ellipse(-r * 0.36, -ry * 0.46, r * 0.24, ry * 0.12, "#ffffff", fill_opacity=0.35,
                  transform=f"rotate(-32 {n(-r * 0.36)} {n(-ry * 0.46)})")
        + ellipse(0, -ry * 0.93, r * 0.14, ry * 0.05, darken(skin, 0.4))
        + top + line("M0 0C2-14-2-24 4-34", "#6b5330", 8)
        + f'<g transform="translate(4 -26)">{_small_leaf(pen, look, -16, r / 130)}'
        + f"{_small_leaf(pen, look, 196, r / 150)}</g></g></g>"
    )  # fmt: skip


def _citrus_cut(pen: Pen, skin: str, pulp: str, pith: float) -> str:
    """A half citrus, 360 wide, foot at the origin; pith is the share that is white."""
    r, ry = 178.0, 172.0
    inner = 1 - pith
    parts = [
        ellipse(3, 7, r, ry, darken(skin, 0.4)),
        ellipse(0, 0, r, ry, skin),
        ellipse(0, 0, r * 0.965, ry * 0.965, lighten(skin, 0.55)),
        ellipse(0, 0, r * 0.95, ry * 0.95, "#fdf6e3"),
        ellipse(0, 0, r * inner * 1.03, ry * inner * 1.03, "#f3e3c4"),
    ]
    rng = Rng("citruscut", skin)
    fresh = pen.glow((0, lighten(pulp, 0.34)), (1, pulp), cx=0.4, cy=0.4, r=0.7)
    sacs = []
    for i in range(11):
        a, b = math.tau * i / 11 + 0.05, math.tau * (i + 1) / 11 - 0.05
        mid = (a + b) / 2
        far = inner * 0.98
        pts = [
            (math.cos(mid) * r * 0.12, math.sin(mid) * ry * 0.12),
            (math.cos(a) * r * far * 0.7, math.sin(a) * ry * far * 0.7),
            (math.cos(a + 0.04) * r * far, math.sin(a + 0.04) * ry * far),
            (math.cos(b - 0.04) * r * far, math.sin(b - 0.04) * ry * far),
            (math.cos(b) * r * far * 0.7, math.sin(b) * ry * far * 0.7),
        ]
        parts.append(path(smooth(pts), fresh, stroke="#fdf3e0", stroke_width=2.5))
        for _ in range(7):
            t, q = rng.uniform(0.3, 0.86), rng.uniform(a + 0.1, b - 0.1)
            x, y = math.cos(q) * r * far * t, math.sin(q) * ry * far * t
            sacs.append(f"M{n(x)} {n(y)}L{n(x + math.cos(q) * 13)} {n(y + math.sin(q) * 13)}")
    parts.append(line("".join(sacs), lighten(pulp, 0.5), 4.4, stroke_opacity=0.55))
    parts.append(circle(0, 0, 13, "#fdf3e0"))
    return f'<g transform="translate(0 {n(-ry)})">{"".join(parts)}</g>'


def pomelo(pen: Pen, look: Look) -> str:
    """A green-skinned pomelo."""
    return _citrus(pen, look, mix("#7f9f3a", "#a8ad42", look.shape / 11), 190)


def pomelo_cut(pen: Pen, _look: Look) -> str:
    """Its rosy heart."""
    return _citrus_cut(pen, "#8fa53b", "#e4707a", 0.24)


def mandarin(pen: Pen, look: Look) -> str:
    """A mandarin."""
    return _citrus(pen, look, mix("#e27c22", "#efa034", look.shape / 11), 120)


def mandarin_cut(pen: Pen, _look: Look) -> str:
    """A mandarin cut across."""
    return _citrus_cut(pen, "#e8872b", "#f08c1e", 0.1)


def mangosteen(pen: Pen, _look: Look) -> str:
    """A mangosteen with its green cap, 230 wide."""
    skin = "#5b2338"
    body = smooth(wobble(Rng("mangosteen"), 114, 104, count=12, rough=0.015))
    petals = "".join(
        f'<g transform="rotate({turn})">{path("M0 0C14-18 44-20 56-4 46 16 16 16 0 0Z", hue)}</g>'
        for turn, hue in ((168, "#7d9a4a"), (12, "#6f8c40"), (-52, "#8dab57"), (-128, "#97b562"))
    )
    return (
        f'<g transform="translate(0 -104)">{_skin(pen, body, skin)}'
        + ellipse(-42, -46, 26, 14, "#ffffff", fill_opacity=0.3, transform="rotate(-34 -42 -46)")
        + f'<g transform="translate(0 -84) scale(1 .62)">{petals}</g>'
        + path("M-9-84L-11-116Q0-122 11-116L9-84Z", "#8a7a44") + "</g>"
    )  # fmt: skip


def mangosteen_cut(_pen: Pen, _look: Look) -> str:
    """Its lower half with the white segments, 250 wide."""
    parts = [
        ellipse(2, 8, 124, 104, "#3a1424"),
        ellipse(0, 0, 122, 100, "#6b2a44"),
        ellipse(0, -6, 108, 86, "#8f3b58"),
        ellipse(0, -6, 90, 70, "#a7506a"),
    ]
    for i in range(6):
        angle = math.tau * i / 6 + 0.3
        x, y = math.cos(angle) * 42, math.sin(angle) * 32 - 8
        rng = Rng("segment", i)
        points = moved(wobble(rng, 34, 25, count=8, rough=0.04), x, y)
        parts += [
            path(smooth([(px + 1, py + 4) for px, py in points]), "#cdb7a6"),
            path(smooth(points), "#fbf6ec"),
            ellipse(x - 9, y - 8, 10, 5, "#ffffff"),
        ]
    return f'<g transform="translate(0 -104)">{"".join(parts)}</g>'
