"""Pepper in its four colours, dried fruit, leaves, tubers and other small goods."""

from catalog.demo.forms import Point, moved, smooth, turned, wobble
from catalog.demo.goods import Draw, Good, Tones, ball, shaded, specks, turn_kind
from catalog.demo.pen import circle, ellipse, line, n, path
from catalog.demo.rng import Rng
from catalog.demo.tint import mix

BLACK = Tones("#0f0d0b", "#37302a", "#544a3f", "#a3988a")
WHITE = Tones("#9c8a62", "#dccda6", "#efe4c6", "#fffdf3")
GREEN = Tones("#3b511f", "#72913c", "#98b45a", "#e8f3c2")
RED = Tones("#4d0f0a", "#9b2a1c", "#bd4a31", "#f2b39a")
MANGO = Tones("#a9620f", "#eda52f", "#f8c45c", "#fff0c4")
JACK = Tones("#a5790f", "#e9c137", "#f6da6b", "#fff7cd")
CHIP = Tones("#a9772b", "#e8c475", "#f4dca0", "#fffae6")
TUBER = Tones("#7a3f12", "#c67a2a", "#dd9a4a", "#f8d29b")
LUMP = Tones("#9b9077", "#ddd5c0", "#eee8d8", "#ffffff")


def _ridges(rng: Rng, size: float) -> str:
    """Wrinkles: short bent strokes over the corn."""
    parts = []
    for i in range(5):
        angle = i * 72 + rng.uniform(-24, 24)
        points = turned([(size * 0.12, 0), (size * 0.48, size * 0.14), (size * 0.78, 0)], angle)
        (ax, ay), (bx, by), (cx, cy) = points
        parts.append(f"M{n(ax)} {n(ay)}Q{n(bx)} {n(by)} {n(cx)} {n(cy)}")
    return "".join(parts)


def _wrinkled(tones: Tones, crack: str) -> Draw:
    def draw(rng: Rng, _kind: int) -> str:
        body = ball(wobble(rng, 13, 13, count=9, rough=0.08), tones)
        return body + line(_ridges(rng, 12), crack, 1.7)

    return draw


def _smooth_corn(tones: Tones, seam: str) -> Draw:
    def draw(rng: Rng, kind: int) -> str:
        body = ball(wobble(rng, 13, 13, count=8, rough=0.03), tones)
        if kind % 2:
            return body + circle(rng.uniform(-3, 6), rng.uniform(0, 6), 1.9, seam)
        return body + line(f"M-6 9Q{n(rng.uniform(-1, 4))} 2 5 9", seam, 1.2)

    return draw


_black = _wrinkled(BLACK, "#15110e")
_red = _wrinkled(RED, "#5e150d")
_white = _smooth_corn(WHITE, "#b7a577")
_green = _smooth_corn(GREEN, "#4d6627")


def _mixed(rng: Rng, kind: int) -> str:
    return (_black, _white, _red, _green)[kind % 4](rng, kind)


def _strip(rng: Rng, kind: int) -> str:
    spine: list[Point] = [(-20, 3), (-10, -4), (1, -5), (11, -2), (20, 5)]
    spine = turn_kind([(x, y * rng.uniform(0.6, 1.5)) for x, y in spine], kind, 8, rng)
    return shaded(spine, [6.5, 8.6, 9, 8.4, 6], MANGO)


def _jack(rng: Rng, kind: int) -> str:
    spine: list[Point] = [(-14, 6), (-8, -6), (3, -9), (13, -3)]
    spine = turn_kind([(x, y * rng.uniform(0.7, 1.2) + 2) for x, y in spine], kind, 8, rng)
    body = shaded(spine, [6, 8.6, 9, 7], JACK)
    return body + line("M" + "L".join(f"{n(x)} {n(y + 3)}" for x, y in spine), "#c99a1c", 1.2)


def _chip(rng: Rng, kind: int) -> str:
    points = turned(wobble(rng, 18, 13, count=9, rough=0.05), kind * 24 - 40)
    body = ball(points, CHIP)
    core = turned(wobble(rng, 6, 3.4, count=6, rough=0.2), kind * 24 - 40)
    seeds = turned([(-4, 0), (0, 1.5), (4, -0.5), (8, 1), (-9, 1)], kind * 24 - 40)
    return (
        body + path(smooth(core), "#d9ad58") + "".join(circle(x, y, 1, "#7a4f1c") for x, y in seeds)
    )


def _finger(rng: Rng, kind: int) -> str:
    """A turmeric finger with its rings and a knob."""
    spine: list[Point] = [(-24, 5), (-10, -2), (6, -4), (23, 3)]
    spine = turn_kind(spine, kind, 8, rng)
    (ax, ay), (bx, by) = spine[1], spine[2]
    mid = ((ax + bx) / 2, (ay + by) / 2)
    knob = [(mid[0] + (ay - by) * t, mid[1] + (bx - ax) * t) for t in (0, 0.5, 0.9)]
    body = shaded(knob, [8, 7.4, 5.6], TUBER) + shaded(spine, [7.6, 10.4, 10.8, 7], TUBER)
    dx, dy = (bx - ax), (by - ay)
    rings = "".join(
        f"M{n(ax + dx * t - dy * 0.5)} {n(ay + dy * t + dx * 0.5)}"
        f"Q{n(ax + dx * (t + 0.22))} {n(ay + dy * (t + 0.22))} "
        f"{n(ax + dx * t + dy * 0.5)} {n(ay + dy * t - dx * 0.5)}"
        for t in (-0.3, 0.15, 0.6, 1.05)
    )
    return body + line(rings, "#8f4c17", 1.5)


def _slice(rng: Rng, kind: int) -> str:
    """A cut turmeric slice: brown rim, orange heart with a paler ring."""
    points = turned(wobble(rng, 15, 11, count=8, rough=0.06), kind * 30)
    return (
        path(smooth(moved(points, 0.8, 2.4)), "#7a3f12")
        + path(smooth(points), "#b56a1e")
        + path(smooth(moved(points, 0, 0, 0.86)), "#e8861a")
        + path(smooth(moved(points, 0, 0, 0.56)), "#f3a233")
        + path(smooth(moved(points, 0, 0, 0.48)), "#e98c1d")
    )


def _turmeric(rng: Rng, kind: int) -> str:
    return _slice(rng, kind) if kind in (2, 6) else _finger(rng, kind)


def _tea(rng: Rng, kind: int) -> str:
    spine: list[Point] = [(-14, 3), (-5, -3), (5, 2), (14, -3)]
    spine = turn_kind([(x, y * rng.uniform(0.5, 1.8)) for x, y in spine], kind, 8, rng)
    hue = rng.choice(("#3c4a2c", "#2f3a2a", "#4a4a2e", "#37442f"))
    tones = Tones("#1a2016", hue, mix(hue, "#a9b184", 0.3), mix(hue, "#e3e6c8", 0.5))
    return shaded(spine, [2, 4.2, 4.4, 1.6], tones)


def _pollen(rng: Rng, kind: int) -> str:
    hue = ("#d99a1e", "#c97a1a", "#e2b93a", "#b9731f", "#d9a94a", "#a98a2a")[kind % 6]
    tones = Tones(mix(hue, "#4a2a08", 0.45), hue, mix(hue, "#fff3c4", 0.4), "#fff6d8")
    return ball(wobble(rng, 11, 10, count=7, rough=0.1), tones)


def _mushroom(rng: Rng, kind: int) -> str:
    """A termite mushroom: long pale stem, grey pointed cap."""
    lean = rng.uniform(-4, 4)
    stem = shaded([(lean, 24), (lean / 2, 10), (0, -4)], [6.4, 5.4, 5],
                  Tones("#a08e70", "#e6dcc4", "#f6efdd", "#ffffff"))  # fmt: skip
    gills = ellipse(0, -3, 19, 6, "#bba888")
    cap = "M-21-2C-20-14-8-20 0-27C8-20 20-14 21-2Q0 5-21-2Z"
    lit = "M-17-5C-16-13-8-17-1-23C2-16-4-9-8-3Q-13-3-17-5Z"
    return (
        stem
        + gills
        + path(cap, "#6f5f4c")
        + path(lit, "#988670")
        + line("M-10-8Q-6-15-2-18", "#d6c9b4", 2)
    )


def _shoot(rng: Rng, kind: int) -> str:
    """A strip of dried bamboo shoot with its ladder of chambers."""
    spine: list[Point] = [(-24, 2), (-8, -3), (8, -2), (24, 3)]
    spine = turn_kind(spine, kind, 8, rng)
    tones = Tones("#8a6224", "#d2a552", "#e6c47c", "#faeac0")
    body = shaded(spine, [5, 8, 8.6, 6], tones)
    rungs = "".join(f"M{n(x - 3)} {n(y - 3)}L{n(x + 3)} {n(y + 4)}" for x, y in spine[:3])
    return body + line(rungs, "#a57a34", 1.6)


def _lump(rng: Rng, kind: int) -> str:
    points = wobble(rng, 20, 16, count=9, rough=0.14)
    body = ball(points, LUMP)
    return body + specks(rng, ("#b9ad90", "#8f7f62"), [(4, 6), (-8, 7), (9, -2)], 1.7)


def _crumb(tones: Tones) -> Draw:
    """A crumb of pressed rubber."""

    def draw(rng: Rng, _kind: int) -> str:
        body = ball(wobble(rng, 17, 14, count=8, rough=0.2), tones)
        return body + line("M-8 3q5 4 10 1M-2-6q5 3 9 2", tones.rim, 1.6, stroke_opacity=0.6)

    return draw


def _rib(rng: Rng, kind: int) -> str:
    """A square cut from a ribbed smoked sheet."""
    tone = ("#b8742a", "#c4813a", "#a9661f")[kind % 3]
    box = turned([(-20, -15), (20, -15), (20, 15), (-20, 15)], kind * 22 - 40)
    face = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in box) + "Z"
    under = "M" + "L".join(f"{n(x + 1)} {n(y + 5)}" for x, y in box) + "Z"
    ribs = ""
    for x in range(-16, 20, 7):
        (ax, ay), (bx, by) = turned([(x, -14), (x + rng.uniform(-1, 1), 14)], kind * 22 - 40)
        ribs += f"M{n(ax)} {n(ay)}L{n(bx)} {n(by)}"
    return (
        path(under, mix(tone, "#2a1405", 0.6))
        + path(face, tone)
        + line(ribs, mix(tone, "#ffe9c4", 0.4), 2.2)
    )


def _longan(rng: Rng, kind: int) -> str:
    tones = Tones("#6f4d1f", "#b98d4a", "#d1aa68", "#f3ddb0")
    body = ball(wobble(rng, 17, 17, count=10, rough=0.02), tones)
    return body + specks(
        rng, ("#93692f", "#a57b3c"), [(3, 6), (-7, 4), (8, -3), (-2, -6), (1, 11)], 1.1
    )


def _strand(rng: Rng, kind: int) -> str:
    spine: list[Point] = [(-17, 2), (-6, -3), (6, 3), (17, -2)]
    spine = turn_kind([(x, y * rng.uniform(0.6, 2)) for x, y in spine], kind, 8, rng)
    return shaded(spine, [1.8, 3.4, 3.4, 1.6], Tones("#b79c63", "#ecdcb4", "#f9f1da", "#ffffff"))


def _sausage(rng: Rng, kind: int) -> str:
    bend = rng.uniform(2, 6)
    spine: list[Point] = [(-20, 2), (-10, -bend), (10, -bend), (20, 2)]
    spine = turned(spine, (kind - 2) * 12)
    body = shaded(spine, [8.4, 10, 10, 8.4], Tones("#4f120c", "#9c3222", "#bd5138", "#f3b79c"))
    return body + specks(rng, ("#e2a58d", "#d98f78"), [(-10, 1), (3, 3), (12, 2), (-2, -1)], 1.5)


GRAINS: dict[str, Good] = {
    "pepper_black": Good("#0d0b09", 13, _black, 6),
    "pepper_white": Good("#8d7a52", 13, _white, 6),
    "pepper_green": Good("#33461b", 13, _green, 6),
    "pepper_red": Good("#410c08", 13, _red, 6),
    "pepper_mix": Good("#1f1712", 13, _mixed),
    "mango": Good("#9b5a10", 18, _strip),
    "jack": Good("#94700f", 15, _jack),
    "banana": Good("#94682a", 16, _chip),
    "turmeric": Good("#5e2f0d", 20, _turmeric),
    "tea": Good("#171c12", 12, _tea),
    "pollen": Good("#7a4d12", 10.5, _pollen, 6),
    "mushroom": Good("#5b4d3a", 20, _mushroom, 5),
    "bamboo": Good("#7d5a20", 20, _shoot),
    "crumb_pale": Good("#8d7c4c", 15, _crumb(Tones("#8f7f4f", "#d8c68f", "#eadcae", "#fdf7e0")), 6),
    "crumb_brown": Good(
        "#36240f", 15, _crumb(Tones("#38260f", "#7a5832", "#9a7648", "#d4b78a")), 6
    ),
    "sheet": Good("#4f2c0b", 18, _rib, 6, 8),
    "lump": Good("#857a60", 19, _lump, 6),
    "longan": Good("#5d4019", 17, _longan, 6),
    "nest": Good("#bda771", 14, _strand),
    "sausage": Good("#42100a", 19, _sausage, 5),
}
