"""One-colour emblems for labels, drawn in a box of 60 around the origin."""

from catalog.demo.forms import smooth, swept, turned
from catalog.demo.nuts import crescent
from catalog.demo.pen import circle, line, path
from catalog.demo.rng import Rng

LEAF = "M-24 14C-22-12-2-24 26-22 26 4 10 24-14 20-18 12-2-2 12-10-4-6-16 2-24 14Z"


def _cashew(ink: str) -> str:
    spine, radii = crescent(Rng("emblem"), 1.25, 1.1)
    return path(smooth(swept(turned(spine, -100), radii)), ink, transform="translate(0 8)")


def _pepper(ink: str) -> str:
    dots = ((-8, -18), (8, -14), (-12, -2), (4, 0), (16, 4), (-4, 14), (10, 18), (-16, 13), (2, 28))
    return line("M0-30C6-20 0-8 2 6", ink, 3) + "".join(circle(x, y, 7, ink) for x, y in dots)


def _drop(ink: str) -> str:
    return path("M0-30C10-12 20-2 20 10A20 20 0 0 1-20 10C-20-2-10-12 0-30Z", ink) + path(
        "M-11 9A11 11 0 0 0 0 21L0 25A15 15 0 0 1-15 9Z", "#fff", fill_opacity=0.6
    )


def _comb(ink: str) -> str:
    cells = ((0, -15), (-13, 7), (13, 7))
    return "".join(path(f"M{x} {y - 14}l12 7v14l-12 7-12-7v-14Z", ink) for x, y in cells)


def _bean(ink: str) -> str:
    return path(
        "M-14-22C4-34 26-20 24 4 22 22 6 32-8 26-2 14-4 4-8-4-11-11-14-16-14-22Z"
        "M-19-17C-16-8-10-2-9 8-9 15-11 20-14 24-28 14-28-6-19-17Z",
        ink,
    )


def _leaf(ink: str) -> str:
    return path(LEAF, ink) + line("M-26 26L-14 12", ink, 4)


def _sun(ink: str) -> str:
    rays = "M0-30v8M21-21l-6 6M30 0h-8M-21-21l6 6M-30 0h8M-24 18h48M-15 27h30"
    return path("M-16 10A16 16 0 0 1 16 10Z", ink) + line(rays, ink, 3.4)


EMBLEMS = {
    "cashew": _cashew,
    "pepper": _pepper,
    "rubber": _drop,
    "honey": _comb,
    "coffee": _bean,
    "fruit": _leaf,
    "turmeric": _sun,
    "special": _sun,
}
