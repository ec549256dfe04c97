"""Rambutan, longan, pepper spikes, honeycomb: many small things that hang together."""

import math

from catalog.demo.forms import moved, smooth, wobble
from catalog.demo.grains import GRAINS
from catalog.demo.look import Look
from catalog.demo.pen import Pen, circle, ellipse, line, n, path, rect
from catalog.demo.props import leaf_markup
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten


def _hairs(rng: Rng, r: float, count: int, inner: float) -> str:
    parts = []
    for i in range(count):
        angle = math.tau * i / count + rng.uniform(-0.1, 0.1)
        x, y = math.cos(angle) * r * inner, math.sin(angle) * r * inner
        far = r * rng.uniform(0.2, 0.3)
        bend = angle + rng.uniform(-0.7, 0.7)
        parts.append(
            f"M{n(x)} {n(y)}q{n(math.cos(angle) * far * 0.6)} {n(math.sin(angle) * far * 0.6)} "
            f"{n(math.cos(bend) * far)} {n(math.sin(bend) * far)}"
        )
    return "".join(parts)


def rambutan(_pen: Pen, _look: Look) -> str:
    """One hairy rambutan, 210 wide."""
    rng = Rng("rambutan")
    outer, mid, near = (_hairs(rng, 84, c, i) for c, i in ((40, 0.9), (26, 0.62), (14, 0.3)))
    skin = wobble(rng, 84, 80, count=11, rough=0.02)
    return (
        '<g transform="translate(0 -94)">'
        + line(outer, "#a3301f", 6)
        + line(_hairs(rng, 74, 26, 1.16), "#b5b13c", 3.4)
        + path(smooth(skin), "#8f1f1a")
        + path(smooth(moved(skin, -5, -7, 0.9)), "#c4362a")
        + path(smooth(moved(skin, -16, -22, 0.58)), "#dd5240")
        + line(mid, "#d9503c", 5) + line(near, "#ee8066", 4.4)
        + line(_hairs(rng, 60, 12, 1.2), "#c8c04d", 3)
        + "</g>"
    )  # fmt: skip


def rambutan_cut(_pen: Pen, _look: Look) -> str:
    """A rambutan with the upper half of its skin taken off."""
    rng = Rng("rambutan cut")
    flesh = wobble(rng, 74, 82, count=10, rough=0.02)
    cup = "M-92-4C-70 16 70 16 92-4 92 60 50 92 0 92S-92 60-92-4Z"
    return (
        '<g transform="translate(0 -96)">'
        + f'<g transform="translate(0 6)">{line(_hairs(rng, 86, 30, 1.02), "#a3301f", 5)}</g>'
        + path(smooth(moved(flesh, 0, -12)), "#c9bfae")
        + path(smooth(moved(flesh, -2, -15, 0.95)), "#f3ede0")
        + path(smooth(moved(flesh, -14, -30, 0.6)), "#ffffff")
        + path(cup, "#b02a22") + path("M-92-4C-70 16 70 16 92-4 70 30-70 30-92-4Z", "#f0b9a4")
        + path("M-80 22C-60 70-20 80-4 84-50 82-84 50-80 22Z", "#dd5240")
        + line("M-60 40l-16 10M-30 62l-10 18M10 60l2 22M44 48l12 18M66 26l20 8", "#c8c04d", 3.6)
        + "</g>"
    )  # fmt: skip


def longan(_pen: Pen, look: Look) -> str:
    """A bunch of longans, 330 wide."""
    rng = Rng("longan bunch")
    good = GRAINS["longan"]
    stems = line("M0-300C-10-220-60-200-90-150M0-290C10-200 60-190 96-140M0-290C-4-200 10-140 0-90",
                 "#7d6236", 7)  # fmt: skip
    leaves = "".join(
        f'<g transform="translate(0 -296) rotate({turn}) scale(1.5)">'
        f"{leaf_markup('rubber', look.leaf)}</g>"
        for turn in (8, 168)
    )
    spots = []
    for row, (count, y) in enumerate(((3, -214), (4, -166), (5, -116), (4, -68), (3, -34))):
        spots += [
            (
                (i - (count - 1) / 2) * 62 + rng.uniform(-7, 7) + (row % 2) * 4,
                y + rng.uniform(-7, 7),
            )
            for i in range(count)
        ]
    fruits = "".join(
        f'<g transform="translate({n(x)} {n(y)}) scale(1.95)">{good.draw(Rng("l", i), i % 6)}</g>'
        for i, (x, y) in enumerate(spots)
    )
    return leaves + stems + fruits


def longan_cut(_pen: Pen, _look: Look) -> str:
    """A peeled longan on its cracked shell, a stone beside it; 240 wide."""
    shell = wobble(Rng("shell"), 78, 34, count=10, rough=0.06)
    flesh = wobble(Rng("aril"), 60, 58, count=10, rough=0.02)
    return (
        path(smooth(moved(shell, -26, -34, 1.0)), "#7d5a26")
        + path(smooth(moved(shell, -26, -40, 0.95)), "#e0c391")
        + path(smooth(moved(flesh, -24, -76)), "#b9ac92")
        + path(smooth(moved(flesh, -26, -79, 0.95)), "#e6dcc6")
        + ellipse(-20, -66, 32, 34, "#8b7455", fill_opacity=0.34)
        + path(smooth(moved(flesh, -38, -94, 0.58)), "#fbf7ec", fill_opacity=0.8)
        + ellipse(-46, -112, 15, 8, "#ffffff", transform="rotate(-30 -46 -112)")
        + path("M-104-38C-86-4 34-4 52-38 48 0 10 8-26 8S-98 2-104-38Z", "#b3884a")
        + path("M-94-24C-80 0-50 4-26 4-60 4-86-4-94-24Z", "#d5ae6c")
        + circle(84, -30, 30, "#160c07") + circle(82, -33, 27, "#33200f")
        + ellipse(72, -44, 9, 5, "#cfa878", transform="rotate(-30 72 -44)")
        + ellipse(94, -16, 11, 7, "#cdb591")
    )  # fmt: skip


def pepper_spike(_pen: Pen, look: Look) -> str:
    """Two ripening pepper spikes under their leaves, 330 wide, 400 high."""
    rng = Rng("spike")
    parts = [line("M-150-392C-60-372 60-380 160-410", "#6d7d3c", 9)]
    for x, y, turn, size in ((-70, -384, 158, 1.55), (60, -384, 24, 1.7), (150, -404, -24, 1.2)):
        parts.append(
            f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">'
            f"{leaf_markup('pepper', look.leaf)}</g>"
        )
    for x, length, ripe in ((-52, 12, 0.25), (66, 14, 0.5)):
        parts.append(line(f"M{x} -376Q{x + 8} -230 {x} {n(-376 + length * 26)}", "#7e8f45", 7))
        for i in range(length):
            for side in (-1, 0, 1):
                hue = "pepper_red" if rng.chance(ripe * (0.4 + i / length)) else "pepper_green"
                spread = 21 * math.sin(math.pi * (0.2 + 0.72 * i / length)) + 2
                px = x + side * spread + rng.uniform(-5, 5) + math.sin(i * 0.4) * 6
                py = -352 + i * 25 + abs(side) * 9 + rng.uniform(-5, 5)
                drawn = ripe_corn(hue, rng.integer(0, 3))
                parts.append(f'<g transform="translate({n(px)} {n(py)}) scale(1.5)">{drawn}</g>')
    return "".join(parts)


def ripe_corn(hue: str, kind: int) -> str:
    """A fresh corn, green or red; fresh red corns are smooth and bright."""
    if hue == "pepper_green":
        return GRAINS[hue].draw(Rng(hue, kind), kind)
    rng = Rng("ripe", kind)
    tones = GRAINS["pepper_green"]
    body = tones.draw(rng, kind)
    for old, new in (("#3b511f", "#6d150c"), ("#72913c", "#c2331f"), ("#98b45a", "#e2583c"),
                     ("#e8f3c2", "#ffd9c8"), ("#4d6627", "#8f1f12")):  # fmt: skip
        body = body.replace(old, new)
    return body


def spike_cut(_pen: Pen, _look: Look) -> str:
    """A little heap of fresh green and red corns, 240 wide."""
    rng = Rng("fresh corns")
    parts = [ellipse(0, -14, 110, 22, "#26330f", fill_opacity=0.4)]
    for row, count in enumerate((3, 5, 7, 8)):
        for i in range(count):
            x = (i - (count - 1) / 2) * 28 + rng.uniform(-5, 5)
            hue = "pepper_red" if rng.chance(0.35) else "pepper_green"
            parts.append(f'<g transform="translate({n(x)} {-92 + row * 25}) scale(1.4)">'
                         f"{ripe_corn(hue, (row + i) % 4)}</g>")  # fmt: skip
    return "".join(parts)


def _cells(cols: int, rows: int, r: float, seed: int) -> str:
    """Capped and open cells of a comb."""
    rng = Rng("cells", seed)
    parts = []
    for row in range(rows):
        for col in range(cols):
            x = (col + 0.5 * (row % 2)) * r * 1.76
            y = row * r * 1.53
            corners = [(x + math.cos(math.radians(60 * k + 30)) * r,
                        y + math.sin(math.radians(60 * k + 30)) * r) for k in range(6)]  # fmt: skip
            d = "M" + "L".join(f"{n(a)} {n(b)}" for a, b in corners) + "Z"
            hue = rng.choice(("#d98d15", "#c97a0e", "#e6a52a", "#b86a0c"))
            parts.append(path(d, hue, stroke="#f5cf77", stroke_width=n(r * 0.2)))
            parts.append(ellipse(x - r * 0.24, y - r * 0.3, r * 0.34, r * 0.18, "#fff0b8",
                                 fill_opacity=0.75))  # fmt: skip
    return "".join(parts)


def comb(pen: Pen, _look: Look) -> str:
    """A frame of comb honey, 420 wide, dripping."""
    wood = "#b98450"
    face = "M-176-300H176V-40H-176Z"
    inner = f'<g transform="translate(-180 -306)">{_cells(9, 8, 24, 3)}</g>'
    name = pen.clip(face)
    return (
        rect(-210, -340, 420, 44, lighten(wood, 0.1), rx=6)
        + rect(-236, -340, 472, 22, wood, rx=6)
        + path(face, "#8a4d0c")
        + f'<g clip-path="url(#{name})">{inner}</g>'
        + rect(-210, -300, 36, 292, pen.fade((0, lighten(wood, 0.3)), (1, wood)), rx=4)
        + rect(174, -300, 36, 292, pen.fade((0, wood), (1, darken(wood, 0.3))), rx=4)
        + rect(-210, -44, 420, 40, darken(wood, 0.14), rx=5)
        + path("M-130-60C-120-30-128-8-118-8S-104-40-96-58C-60-40-40-60-20-52-8-10-12 14 0 14"
               "S12-30 22-50C60-40 100-60 140-56V-80H-140Z", "#dd9a22", fill_opacity=0.95)
        + path("M-122-56C-116-36-122-18-117-18-112-18-108-44-104-58Z", "#fff0b8",
               fill_opacity=0.7)
        + line("M-206-330H206", lighten(wood, 0.5), 3)
    )  # fmt: skip


def comb_cut(pen: Pen, _look: Look) -> str:
    """A cut block of comb in a pool of honey, 380 wide."""
    top = "M-160-120L-84-186H180L120-120Z"
    name = pen.clip("M-160-120H120V-14H-160Z")
    lid = pen.clip(top)
    return (
        ellipse(10, -6, 224, 34, "#c97a0e") + ellipse(4, -10, 208, 26, "#e6a52a")
        + path("M-160-120H120V-14H-160Z", "#9a570e")
        + f'<g clip-path="url(#{name})"><g transform="translate(-160 -112)">{_cells(9, 4, 19, 5)}'
        + "</g></g>"
        + path("M120-120L180-186V-76L120-14Z", "#a9650f")
        + line("M128-112l44-48M128-88l46-50M128-62l46-50M128-36l46-50", "#e6b04a", 4,
               stroke_opacity=0.7)
        + path(top, "#f0c45e")
        + f'<g clip-path="url(#{lid})"><g transform="translate(-160 -190) scale(1 .6)">'
        + f"{_cells(11, 5, 19, 7)}</g></g>"
        + path("M-160-120H120L180-186", "none", stroke="#ffe7a6", stroke_width=4)
        + ellipse(-120, -16, 40, 6, "#fff3c8", fill_opacity=0.8)
    )  # fmt: skip
