"""Loose goods: what a good is, and how it fills a window, heaps in a bowl, or lies about."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.demo.forms import Point, moved, smooth, swept, turned
from catalog.demo.pen import Pen, circle, ellipse, path
from catalog.demo.rng import Rng

# Light falls from the upper left on everything.
LIT = (-0.56, -0.83)
Area = tuple[float, float, float, float]
Draw = Callable[[Rng, int], str]


@dataclass(frozen=True)
class Tones:
    """A body's four tones: rim in shade, body, lit part, gleam."""

    rim: str
    body: str
    lit: str
    gleam: str


@dataclass(frozen=True)
class Good:
    """Loose goods: the tone between the pieces, how many stamps, and what draws one of them.

    A piece is drawn around the origin with about `reach` as its half width.
    """

    bed: str
    reach: float
    draw: Draw
    kinds: int = 8
    # Pieces are stamped with the light where it belongs, so they may only turn a little.
    sway: float = 14


def shaded(spine: list[Point], radii: list[float], tones: Tones) -> str:
    """A swept body in four tones."""

    def layer(shift: float, scale: float, trim: int = 0) -> str:
        # The inner tones need half the points; a stamp is painted hundreds of times.
        pace = 2 if len(spine) > 6 and scale < 0.6 else 1
        part = spine[trim : len(spine) - trim : pace]
        rads = radii[trim : len(radii) - trim : pace]
        dx = [LIT[0] * r * shift for r in rads]
        dy = [LIT[1] * r * shift for r in rads]
        lifted = [(p[0] + dx[i], p[1] + dy[i]) for i, p in enumerate(part)]
        return smooth(swept(lifted, [r * scale for r in rads]))

    return (
        path(layer(0, 1), tones.rim)
        + path(layer(0.12, 0.87), tones.body)
        + path(layer(0.3, 0.56), tones.lit)
        + path(layer(0.5, 0.15, 1), tones.gleam)
    )


def ball(points: list[Point], tones: Tones) -> str:
    """A roundish body in four tones."""
    size = max(math.hypot(*p) for p in points)

    def layer(shift: float, scale: float) -> str:
        return smooth(moved(points, LIT[0] * size * shift, LIT[1] * size * shift, scale))

    return (
        path(smooth(points), tones.rim)
        + path(layer(0.1, 0.88), tones.body)
        + path(layer(0.24, 0.58), tones.lit)
        + ellipse(
            LIT[0] * size * 0.5, LIT[1] * size * 0.46, size * 0.17, size * 0.1, tones.gleam,
            transform=f"rotate(-34 {LIT[0] * size * 0.5:.1f} {LIT[1] * size * 0.46:.1f})",
        )
    )  # fmt: skip


def stamps(pen: Pen, name: str, good: Good) -> list[str]:
    """The good's stamps, defined on first use."""
    return [
        pen.stamp(f"{name}{kind}", good.draw(Rng(name, kind), kind)) for kind in range(good.kinds)
    ]


def piece(pen: Pen, name: str, good: Good, at: Point, size: float = 1) -> None:
    """One piece with its contact shadow."""
    r = good.reach * size
    pen.put(ellipse(at[0] + r * 0.2, at[1] + r * 0.6, r * 0.96, r * 0.4, "#000", fill_opacity=0.2))
    kind = pen.rng.choice(stamps(pen, name, good))
    pen.use(kind, at[0], at[1], size, pen.rng.uniform(-good.sway, good.sway))


def scatter(pen: Pen, name: str, good: Good, spots: Sequence[Point], size: float = 1) -> None:
    """Pieces lying about, the far ones first."""
    for spot in sorted(spots, key=lambda p: p[1]):
        piece(pen, name, good, spot, size * pen.rng.uniform(0.92, 1.08))


def fill(
    pen: Pen, name: str, good: Good, box: Area, size: float = 1, hidden: Area | None = None
) -> None:
    """Pieces side by side over the whole box, but for those that a label hides.

    Both areas are (left, top, width, height).
    """
    x, y, w, h = box
    ids = stamps(pen, name, good)
    step = good.reach * size * 1.38
    rows, cols = math.ceil(h / (step * 0.86)) + 1, math.ceil(w / step) + 1
    spots = [
        (x + (col + 0.5 * (row % 2)) * step, y + row * step * 0.86)
        for row in range(rows)
        for col in range(cols)
    ]
    if hidden:
        spots = [spot for spot in spots if not _inside(spot, hidden, good.reach * size * 1.5)]
    _lay(pen, ids, spots, good, size)


def _inside(spot: Point, area: Area, margin: float) -> bool:
    left, top, w, h = area
    return left + margin < spot[0] < left + w - margin and top + margin < spot[1] < top + h - margin


def _lay(pen: Pen, ids: list[str], spots: list[Point], good: Good, size: float) -> None:
    """Shuffle a little and stamp: neighbours overlap both ways, as poured goods do."""
    rng = pen.rng
    jitter = good.reach * size * 0.34
    order = sorted(spots, key=lambda p: p[1] + rng.uniform(-3, 3) * jitter)
    last = ""
    for x, y in order:
        kind = rng.choice([one for one in ids if one != last] or ids)
        last = kind
        pen.use(
            kind,
            x + rng.uniform(-jitter, jitter),
            y + rng.uniform(-jitter, jitter),
            size * rng.uniform(0.92, 1.1),
            rng.uniform(-good.sway, good.sway),
        )


def dome(w: float, h: float, drop: float = 0.3) -> str:
    """The outline of a heap of this width and height standing on y=0."""
    a = w / 2
    return (
        f"M{-a:.1f} 0C{-a * 0.88:.1f} {-h * 0.52:.1f} {-a * 0.5:.1f} {-h:.1f} 0 {-h:.1f}"
        f"S{a * 0.88:.1f} {-h * 0.52:.1f} {a:.1f} 0Q0 {h * drop:.1f} {-a:.1f} 0Z"
    )


def heap(
    pen: Pen, name: str, good: Good, place: tuple[float, float, float, float], size: float = 1
) -> None:
    """A poured heap: place is (centre, base line, width, height)."""
    cx, base, w, h = place
    ids = stamps(pen, name, good)
    step = good.reach * size * 1.3
    with pen.at(cx, base):
        pen.put(path(dome(w * 0.9, h * 0.9, 0.1), good.bed))
        spots: list[Point] = []
        rows = max(2, math.ceil((h + h * 0.16) / (step * 0.66)))
        for row in range(rows + 1):
            y = -h * 0.97 + row * (h * 1.1) / rows
            half = _half_width(w, h, y) - step * 0.2
            count = max(1, round(2 * half / step))
            spots += [(-half + (i + 0.5) * 2 * half / count, y) for i in range(count)]
        _lay(pen, ids, spots, good, size)
        shade = pen.fade((0.5, good.bed, 0), (1, good.bed, 0.34))
        pen.put(path(dome(w * 0.96, h * 0.9, 0.3), shade))


def _half_width(w: float, h: float, y: float) -> float:
    share = min(1.0, max(0.0, -y / h))
    edge = 1.0 if y > 0 else (1 - share**1.5) ** 0.7
    return w / 2 * max(0.1, edge * (1 if y <= 0 else 1 - (y / h) * 1.6))


def specks(rng: Rng, colours: tuple[str, ...], spots: list[Point], size: float) -> str:
    """Crumbs on a piece: salt, sesame, chilli."""
    return "".join(
        circle(x + rng.uniform(-5, 5), y + rng.uniform(-5, 5), size * rng.uniform(0.7, 1.3),
               rng.choice(colours))
        for x, y in spots
    )  # fmt: skip


def turn_kind(points: list[Point], kind: int, kinds: int, rng: Rng) -> list[Point]:
    """The points turned to the kind's own direction."""
    return turned(points, kind * 360 / kinds + rng.uniform(-10, 10))
