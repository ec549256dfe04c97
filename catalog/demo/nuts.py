"""Cashews in all their coats, raw nuts, macadamias, coffee beans, sweets."""

import math

from catalog.demo.forms import Point, moved, smooth, swept, turned, wobble
from catalog.demo.goods import Draw, Good, Tones, ball, shaded, specks, turn_kind
from catalog.demo.pen import line, path
from catalog.demo.rng import Rng
from catalog.demo.tint import mix

KERNEL = Tones("#b98f55", "#ecd3a0", "#f7e9c6", "#fffaf0")
ROAST = Tones("#9c6425", "#dda552", "#efc67e", "#fff0cf")
SKIN = Tones("#4c2412", "#94502a", "#b36e3d", "#e0aa78")
HONEY = Tones("#7f3f0c", "#d08420", "#eeae43", "#fff3cf")
WASABI = Tones("#5f7a2f", "#a9c168", "#c9dc8f", "#f4fadb")
GARLIC = Tones("#93591f", "#dca047", "#f0c679", "#fff0cf")
COCONUT = Tones("#a98d62", "#efe3c8", "#fbf5e6", "#ffffff")
RAW = Tones("#3b342a", "#857662", "#a3947c", "#cdc2ab")
MACADAMIA = Tones("#3f2112", "#7c4a2a", "#9b6539", "#e2b98b")
BEAN = Tones("#1d0f08", "#4c2b18", "#6d4226", "#b98a62")
GREEN_BEAN = Tones("#6d6a48", "#a9a57c", "#c3c09a", "#e9e7cf")


def crescent(rng: Rng, size: float = 1, fat: float = 1) -> tuple[list[Point], list[float]]:
    """Spine and radii of a cashew: one end fuller, the inside a deep notch."""
    bow = rng.uniform(160, 192)
    spine, radii = [], []
    for i in range(7):
        share = i / 6
        angle = math.radians(-bow / 2 + bow * share)
        reach = 15.5 * size * (1 - 0.1 * share)
        spine.append((math.cos(angle) * reach - 3 * size, math.sin(angle) * reach))
        swell = 0.74 + 0.3 * math.sin(math.pi * (0.08 + 0.78 * share))
        radii.append(11 * size * fat * swell * (1.1 - 0.3 * share))
    return spine, radii


def cashew_shape(rng: Rng, kind: int, tones: Tones, fat: float = 1) -> tuple[str, list[Point]]:
    """A kernel turned to the kind's direction, and its spine."""
    spine, radii = crescent(rng, rng.uniform(0.94, 1.06), fat)
    spine = turn_kind(spine, kind, 8, rng)
    return shaded(spine, radii, tones), spine


def _plain(tones: Tones) -> Draw:
    return lambda rng, kind: cashew_shape(rng, kind, tones)[0]


def _coated(tones: Tones, crumbs: tuple[str, ...], size: float, rounds: int = 1) -> Draw:
    def draw(rng: Rng, kind: int) -> str:
        body, spine = cashew_shape(rng, kind, tones, 1.06)
        return body + specks(rng, crumbs, spine[1:-1] * rounds, size)

    return draw


def _skin(rng: Rng, kind: int) -> str:
    body, spine = cashew_shape(rng, kind, SKIN)
    # The papery skin peels off here and there.
    if kind % 3 == 0:
        patch = turned(wobble(rng, 5, 3.4, count=7, rough=0.2), rng.uniform(0, 180))
        x, y = spine[2]
        body += path(smooth(moved(patch, x, y)), "#ecc98f")
    return body + specks(rng, ("#fff4e4", "#f3dcc0"), spine[1:-1], 1.1)


_garlic_nut = _coated(GARLIC, ("#b8321c", "#8b1f10", "#f8e7b0"), 1.6, 2)


def _garlic(rng: Rng, kind: int) -> str:
    if kind == 7:
        chilli = [(-16.0, 3.0), (-6.0, -3.0), (6.0, -2.0), (17.0, 5.0)]
        return shaded(chilli, [4.4, 5.4, 4.6, 2], Tones("#6d140a", "#c0301a", "#e2553a", "#ffc9b3"))
    if kind == 3:
        points = wobble(rng, 14, 9, count=7, rough=0.25)
        return ball(points, Tones("#a97b2c", "#e6c66e", "#f6e3a4", "#fffbe6"))
    return _garlic_nut(rng, kind)


def _broken(rng: Rng, kind: int) -> str:
    spine, radii = crescent(rng, 0.95)
    cut = rng.integer(2, 3)
    part = turn_kind(spine[cut : cut + 4], kind, 8, rng)
    mid_x = sum(p[0] for p in part) / len(part)
    mid_y = sum(p[1] for p in part) / len(part)
    return shaded([(x - mid_x, y - mid_y) for x, y in part], radii[cut : cut + 4], KERNEL)


def _raw(rng: Rng, kind: int) -> str:
    spine: list[Point] = [(-13, 7), (-12, -4), (-3, -10), (8, -8), (14, 2)]
    spine = turn_kind([(x * 0.92, y * 0.92 + 2) for x, y in spine], kind, 8, rng)
    tones = Tones(RAW.rim, mix(RAW.body, "#8a6a4a", rng.uniform(0, 0.5)), RAW.lit, RAW.gleam)
    return shaded(spine, [11, 13, 13.6, 13, 11.4], tones)


def _macadamia(rng: Rng, kind: int) -> str:
    body = ball(wobble(rng, 17, 17, count=9, rough=0.02), MACADAMIA)
    if kind % 2:
        return (
            body
            + line("M-9 11Q1 15 11 8", "#2b150a", 2.6)
            + line("M-8 9Q1 13 10 6.6", "#f0dfbd", 1.6)
        )
    return body + specks(rng, ("#5d3219",), [(6.0, 4.0), (-4.0, 8.0)], 1.4)


def bean(rng: Rng, kind: int, tones: Tones) -> str:
    """A coffee bean: an oval with its S-shaped furrow."""
    angle = kind * 22.5 + rng.uniform(-8, 8)
    spine = turned([(-7.0, 0.0), (0.0, 0.0), (7.0, 0.0)], angle)
    body = shaded(spine, [10.4, 11.6, 10.4], tones)
    furrow = turned([(-17.0, 0.5), (-8.0, 2.6), (0.0, 0.0), (8.0, -2.6), (17.0, -0.5)], angle)
    groove = smooth(swept(furrow, [0.4, 1.5, 1.9, 1.5, 0.4]))
    return body + (path(groove, tones.rim) if kind % 4 else "")


def _coffee(rng: Rng, kind: int) -> str:
    return bean(rng, kind, BEAN)


def _green_coffee(rng: Rng, kind: int) -> str:
    return bean(rng, kind, GREEN_BEAN)


def _candy(rng: Rng, kind: int) -> str:
    """A cut of brittle with nut halves in caramel."""
    turn = (kind - 1.5) * 9
    box = turned([(-19, -14), (19, -14), (20, 13), (-20, 13)], turn)
    edge = "M" + "L".join(f"{x:.1f} {y + 5:.1f}" for x, y in box) + "Z"
    face = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in box) + "Z"
    nuts = "".join(
        f'<g transform="translate({x} {y}) scale(.44)">'
        f"{cashew_shape(rng, (kind * 3 + i) % 8, tones)[0]}</g>"
        for i, (x, y, tones) in enumerate(
            ((-9, -5, KERNEL), (8, -7, ROAST), (-1, 6, KERNEL), (12, 5, KERNEL), (-13, 7, ROAST))
        )
    )
    return (
        path(edge, "#7a3d10") + path(face, "#cf8a2c") + nuts + line("M-15-10L10-11", "#ffe9b8", 1.6)
    )


NUTS: dict[str, Good] = {
    "cashew": Good("#a27a45", 20, _plain(KERNEL)),
    "cashew_roast": Good("#7d4f1e", 20, _plain(ROAST)),
    "cashew_skin": Good("#3c1d0f", 20, _skin),
    "cashew_honey": Good("#6e380c", 20, _coated(HONEY, ("#fdf2d3", "#f8e0a8"), 1.6)),
    "cashew_wasabi": Good(
        "#4f6528", 21, _coated(WASABI, ("#6f8d36", "#e8f2c4", "#7d9a45"), 1.5, 2)
    ),
    "cashew_garlic": Good("#74451a", 20, _garlic),
    "cashew_coconut": Good(
        "#8f7750", 21, _coated(COCONUT, ("#d9c396", "#ffffff", "#cdb483"), 1.5, 2)
    ),
    "cashew_broken": Good("#a27a45", 13, _broken),
    "raw_nut": Good("#2f2a22", 19, _raw),
    "macadamia": Good("#311a0e", 16, _macadamia, 6),
    "coffee": Good("#190d07", 15, _coffee),
    "coffee_green": Good("#5c593c", 15, _green_coffee),
    "candy": Good("#5d300f", 20, _candy, 4, 20),
}
