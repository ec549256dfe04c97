"""Outlines: smooth closed curves through points, and bodies swept along a line."""

import math
from collections.abc import Sequence

from catalog.demo.pen import n
from catalog.demo.rng import Rng

Point = tuple[float, float]


def smooth(points: Sequence[Point]) -> str:
    """A closed soft curve through the points."""
    count = len(points)
    parts = [f"M{n(points[0][0])} {n(points[0][1])}C"]
    for i in range(count):
        before, here = points[i - 1], points[i]
        there, after = points[(i + 1) % count], points[(i + 2) % count]
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append(" ".join(f"{n(p[0])} {n(p[1])}" for p in (one, two, there)) + " ")
    return "".join(parts).rstrip() + "Z"


def trail(points: Sequence[Point]) -> str:
    """An open soft curve through the points."""
    parts = [f"M{n(points[0][0])} {n(points[0][1])}"]
    for i in range(len(points) - 1):
        before = points[max(i - 1, 0)]
        here, there = points[i], points[i + 1]
        after = points[min(i + 2, len(points) - 1)]
        one = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        two = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append("C" + " ".join(f"{n(p[0])} {n(p[1])}" for p in (one, two, there)))
    return "".join(parts)


def wobble(rng: Rng, rx: float, ry: float, *, count: int = 10, rough: float = 0.08) -> list[Point]:
    """Points of an uneven oval."""
    start = rng.uniform(0, math.tau)
    return [
        (
            math.cos(start + math.tau * i / count) * rx * rng.uniform(1 - rough, 1 + rough),
            math.sin(start + math.tau * i / count) * ry * rng.uniform(1 - rough, 1 + rough),
        )
        for i in range(count)
    ]


def moved(points: Sequence[Point], dx: float, dy: float, scale: float = 1) -> list[Point]:
    """The points scaled about the origin, then moved."""
    return [(x * scale + dx, y * scale + dy) for x, y in points]


def turned(points: Sequence[Point], degrees: float) -> list[Point]:
    """The points turned about the origin."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in points]


def swept(spine: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """The outline of a body with these radii along the spine, with round ends."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(spine) - 1
    for i, (x, y) in enumerate(spine):
        ax, ay = spine[max(i - 1, 0)]
        bx, by = spine[min(i + 1, last)]
        length = math.hypot(bx - ax, by - ay) or 1
        tx, ty = (bx - ax) / length, (by - ay) / length
        r = radii[i]
        left.append((x - ty * r, y + tx * r))
        right.append((x + ty * r, y - tx * r))
        if i == 0:
            right.insert(0, (x - tx * r * 0.8, y - ty * r * 0.8))
        elif i == last:
            left.append((x + tx * r * 0.8, y + ty * r * 0.8))
    return left + right[::-1]


def spiral_fill(count: int, index: int) -> tuple[float, float]:
    """Even spread on a disc: (radius share, angle) of the index-th of count points."""
    return math.sqrt((index + 0.5) / count), index * 2.399963
