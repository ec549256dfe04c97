"""Durian and jackfruit: spines and warts on a round body, and what the knife shows."""

import math

from catalog.demo.forms import Point, moved, smooth, wobble
from catalog.demo.look import Look
from catalog.demo.pen import Pen, ellipse, line, n, path
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten, mix


def _globe(rx: float, ry: float, rows: int) -> list[tuple[Point, float, float]]:
    """Even points on the near half of a globe: (point, share of the way out, scale)."""
    spots = []
    rng = Rng("globe", rx, ry)
    for row in range(rows):
        lat = math.radians(-84 + 168 * (row + 0.5) / rows)
        count = max(3, round(rows * 1.25 * math.cos(lat)))
        for col in range(count):
            lon = math.radians(-88 + 176 * (col + 0.5 * (row % 2) + 0.25) / count)
            lon += rng.uniform(-0.05, 0.05)
            tilt = lat + rng.uniform(-0.07, 0.07)
            x, y = math.sin(lon) * math.cos(tilt), math.sin(tilt)
            out = math.hypot(x, y)
            spots.append(((x * rx, y * ry), out, max(0.3, math.sqrt(1.02 - min(1, out**2)))))
    return spots


def _spines(rx: float, ry: float, colour: str, rows: int) -> str:
    """Pyramids over a globe; the far ones first, facets of one tone in one path."""
    tones = (
        lighten(colour, 0.34),
        lighten(colour, 0.1),
        darken(colour, 0.14),
        darken(colour, 0.42),
    )
    size = rx / rows * 1.5
    rings: dict[int, list[list[str]]] = {}
    for (x, y), out, near in _globe(rx, ry, rows):
        w, h = size * max(0.62, near), size * max(0.62, near) * ry / rx
        reach = 1 + 0.02 + 0.15 * out
        tip = (x * reach, y * reach - size * 0.16)
        base = ((x - w, y), (x, y - h), (x + w, y), (x, y + h))
        ring = rings.setdefault(-int(out * 6), [[], [], [], []])
        for i, (a, b) in enumerate(((0, 1), (1, 2), (3, 0), (2, 3))):
            corners = (base[a], base[b], tip)
            ring[i].append("M" + "L".join(f"{n(px)} {n(py)}" for px, py in corners) + "Z")
    parts = []
    for key in sorted(rings):
        parts += [path("".join(d), tones[i]) for i, d in enumerate(rings[key]) if d]
    return "".join(parts)


def durian(rx: float, ry: float, colour: str) -> str:
    """A durian standing on the origin."""
    rng = Rng("durian", rx)
    body = path(
        smooth(wobble(rng, rx * 1.02, ry * 1.02, count=16, rough=0.02)), darken(colour, 0.5)
    )
    stalk = path(
        f"M-16 {n(-ry * 0.96)}C-20 {n(-ry - 40)} -10 {n(-ry - 64)} -22 {n(-ry - 88)}"
        f"L20 {n(-ry - 94)}C10 {n(-ry - 60)} 20 {n(-ry - 36)} 20 {n(-ry * 0.96)}Z",
        "#7b6236",
    ) + path(f"M-16 {n(-ry * 0.96)}C-20 {n(-ry - 40)} -10 {n(-ry - 64)} -22 {n(-ry - 88)}l14-2"
             f"C2 {n(-ry - 60)} -8 {n(-ry - 40)} -4 {n(-ry * 0.96)}Z", "#a78c55")  # fmt: skip
    shade = ellipse(
        rx * 0.34, ry * 0.34, rx * 0.72, ry * 0.7, darken(colour, 0.7), fill_opacity=0.13
    )
    spines = _spines(rx, ry, colour, 11)
    return f'<g transform="translate(0 {n(-ry)})">{stalk}{body}{spines}{shade}</g>'


def _lobe(rx: float, ry: float, hue: str) -> str:
    """A creamy lobe of durian flesh."""
    rng = Rng("lobe", rx, ry)
    points = wobble(rng, rx, ry, count=9, rough=0.05)
    return (
        path(smooth(moved(points, 2, 6)), darken(hue, 0.42))
        + path(smooth(points), darken(hue, 0.1))
        + path(smooth(moved(points, -rx * 0.06, -ry * 0.1, 0.86)), hue)
        + path(smooth(moved(points, -rx * 0.18, -ry * 0.26, 0.5)), lighten(hue, 0.36))
        + line(f"M{n(rx * 0.5)} {n(-ry * 0.3)}Q{n(rx * 0.66)} {n(ry * 0.2)} {n(rx * 0.3)} "
               f"{n(ry * 0.56)}", darken(hue, 0.22), 2.6, stroke_opacity=0.7)
        + ellipse(-rx * 0.34, -ry * 0.46, rx * 0.2, ry * 0.1, "#fffdf0", fill_opacity=0.9)
    )  # fmt: skip


def durian_cut(colour: str, flesh: str) -> str:
    """Half a husk, 440 wide, with its chambers of flesh; foot at the origin."""
    edge = []
    for i in range(64):
        angle = math.tau * i / 64
        far = 1.1 if i % 2 else 0.98
        edge.append(f"{n(math.cos(angle) * 212 * far)} {n(math.sin(angle) * 150 * far)}")
    husk = "M" + "L".join(edge) + "Z"
    rng = Rng("husk")
    pith = wobble(rng, 194, 134, count=14, rough=0.02)
    parts = [
        path(husk, darken(colour, 0.34)),
        path(husk, colour, transform="translate(-3 -5) scale(.975)"),
        path(smooth(moved(pith, 0, 2, 1.02)), "#b9a66c"),
        path(smooth(pith), "#f6edd0"),
    ]
    for x, y, turn in ((-92, 8, 14), (4, -8, 0), (98, 10, -14)):
        room = wobble(Rng(x), 46, 104, count=10, rough=0.03)
        lobes = f'<g transform="translate(0 -46)">{_lobe(38, 46, flesh)}</g>'
        lobes += f'<g transform="translate(-1 40)">{_lobe(40, 50, flesh)}</g>'
        parts.append(
            f'<g transform="translate({x} {y}) rotate({turn})">'
            + path(smooth(room), "#d8c48a") + path(smooth(moved(room, 2, 5, 0.94)), "#e9d9a6")
            + lobes + "</g>"
        )  # fmt: skip
    return f'<g transform="translate(0 -158)">{"".join(parts)}</g>'


def jackfruit(colour: str) -> str:
    """A jackfruit lying on its side, 460 wide, foot at the origin."""
    rx, ry = 226.0, 150.0
    rng = Rng("jack")
    body = wobble(rng, rx, ry, count=14, rough=0.015)
    dark, lit, faint = [], [], []
    for (x, y), _, near in _globe(rx * 0.99, ry * 0.99, 15):
        r = 9.5 * near + 2
        d = f"M{n(x - r)} {n(y)}L{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}Z"
        dark.append(d)
        lit.append(f"M{n(x - r * 0.8)} {n(y)}L{n(x)} {n(y - r * 0.8)}L{n(x)} {n(y + r * 0.3)}Z")
        faint.append(f"M{n(x - 1.5)} {n(y)}h3")
    shade = ellipse(
        rx * 0.24, ry * 0.4, rx * 0.74, ry * 0.62, darken(colour, 0.7), fill_opacity=0.2
    )
    gleam = ellipse(-rx * 0.3, -ry * 0.46, rx * 0.42, ry * 0.24, "#fff7d0", fill_opacity=0.16)
    stalk = path("M-214-30C-250-40-262-70-290-66L-292-40C-266-40-250 0-212 6Z", "#76663a")
    return (
        f'<g transform="translate(0 {n(-ry)})">{stalk}'
        + path(smooth(body), darken(colour, 0.3))
        + path(smooth(moved(body, -6, -8, 0.95)), colour)
        + path("".join(dark), darken(colour, 0.22))
        + path("".join(lit), lighten(colour, 0.26))
        + line("".join(faint), darken(colour, 0.6), 2.6)
        + shade + gleam + "</g>"
    )  # fmt: skip


def jackfruit_cut(colour: str) -> str:
    """A round cut of jackfruit, 420 wide: bulbs about the core."""
    rng = Rng("jackcut")
    rind = wobble(rng, 212, 178, count=16, rough=0.015)
    parts = [
        path(smooth(moved(rind, 4, 10)), darken(colour, 0.5)),
        path(smooth(rind), colour),
        path(smooth(moved(rind, 0, 0, 0.95)), lighten(colour, 0.4)),
        path(smooth(moved(rind, 0, 0, 0.92)), "#f4e6ae"),
    ]
    rags = "".join(
        f"M{n(math.cos(a) * 60)} {n(math.sin(a) * 50)}"
        f"L{n(math.cos(a) * 190)} {n(math.sin(a) * 158)}"
        for a in (math.tau * i / 26 for i in range(26))
    )
    parts.append(line(rags, "#dcc57c", 4))
    for ring, count, reach in ((0, 13, 138), (1, 8, 82)):
        for i in range(count):
            angle = math.tau * (i + 0.5 * ring) / count
            x, y = math.cos(angle) * reach, math.sin(angle) * reach * 0.84
            turn = math.degrees(angle)
            hue = mix("#f0bb2b", "#f7cf4f", rng.unit())
            parts.append(
                f'<g transform="translate({n(x)} {n(y)}) rotate({turn:.0f})">'
                + ellipse(2, 3, 37 - ring * 8, 24 - ring * 4, darken(hue, 0.4))
                + ellipse(0, 0, 36 - ring * 8, 23 - ring * 4, hue)
                + ellipse(4, 0, 17 - ring * 4, 10 - ring * 2, darken(hue, 0.16))
                + ellipse(5, -1, 13 - ring * 3, 7 - ring, "#d8b487")
                + f"</g>{ellipse(x - 10, y - 9, 10, 5, '#fff6cc', fill_opacity=0.85)}"
            )
    parts.append(path(smooth(wobble(rng, 46, 38, count=9, rough=0.08)), "#fbf3d4"))
    return f'<g transform="translate(0 -180)">{"".join(parts)}</g>'


def _ripeness(look: Look, greener: str, riper: str) -> str:
    return mix(greener, riper, look.shape / 11)


def ri6(_pen: Pen, look: Look) -> str:
    """Durian Ri6: round, green."""
    return durian(186, 196, _ripeness(look, "#6f8a3c", "#8f8f3e"))


def ri6_cut(_pen: Pen, _look: Look) -> str:
    """Ri6 opened: deep yellow flesh."""
    return durian_cut("#7f8f3c", "#f3bf3a")


def monthong(_pen: Pen, look: Look) -> str:
    """Durian Monthong: tall, straw-green."""
    return durian(178, 232, _ripeness(look, "#98984c", "#b09a50"))


def monthong_cut(_pen: Pen, _look: Look) -> str:
    """Monthong opened: pale cream flesh."""
    return durian_cut("#a39a4c", "#f2dc8b")


def jack_whole(_pen: Pen, look: Look) -> str:
    """A ripe jackfruit."""
    return jackfruit(_ripeness(look, "#869a42", "#a8953c"))


def jack_cut(_pen: Pen, _look: Look) -> str:
    """A cut of it."""
    return jackfruit_cut("#93983f")
