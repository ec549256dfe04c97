"""Draws the region's wards and the country for `/ban-do/` from the points in `vietnam/data`.

    python scripts/ward_map.py     writes web/buyers/data/ward_map.json, static/img/region.svg

No boundaries with a clear licence were at hand. A ward's cell is what lies nearer to its point than
to any other ward's in the country, at most REACH_KM away: a sketch, and the page says so. The
country is drawn in rows of dots wherever a ward is near, with its islands as dots of their own.
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vietnam import places

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "web" / "buyers" / "data" / "ward_map.json"
PLAIN = ROOT / "static" / "img" / "region.svg"
Point = tuple[float, float]

REACH_KM = 12.5
SIDES = 28
WIDTH = 720
MARGIN = 8
KM_PER_DEGREE = 111.2

COUNTRY_STEP = 0.3  # degrees between two rows
COUNTRY_REACH = 0.24
COUNTRY_SCALE = 11  # units per degree
WEST, NORTH = 101.8, 23.6
HOANG_SA = ((16.83, 112.33), (16.54, 111.61), (15.78, 111.2), (16.67, 112.73), (16.45, 111.7))
TRUONG_SA = (
    (8.64, 111.92),
    (11.43, 114.33),
    (10.18, 114.37),
    (9.89, 114.33),
    (7.89, 112.92),
    (10.38, 114.48),
    (8.97, 113.69),
    (8.85, 112.25),
    (11.05, 114.28),
    (9.71, 114.45),
)


def main() -> None:
    region = places.region_wards()
    middle = sum(ward.lat for ward in region) / len(region)
    everywhere = list(_all_wards())
    points = {ward.code: _flat(ward.lat, ward.lon, middle) for ward in everywhere}
    near = {code: at for code, at in points.items() if _is_near(at, region, points)}
    cells = {ward.code: _cell(ward.code, near) for ward in region}
    drawing = _fitted(cells, {ward.code: points[ward.code] for ward in region})
    PLAIN.write_text(_plain(drawing))
    OUT.write_text(json.dumps(drawing | {"country": _country(everywhere)}, separators=(",", ":")))
    sys.stdout.write(f"{OUT.name}: {OUT.stat().st_size} bytes\n")


def _all_wards() -> Iterator[places.Ward]:
    for province in places.provinces():
        yield from places.wards(province.code)


def _flat(lat: float, lon: float, middle: float) -> Point:
    """Kilometres east and south; the region is small enough for a flat map."""
    return lon * KM_PER_DEGREE * math.cos(math.radians(middle)), -lat * KM_PER_DEGREE


def _is_near(at: Point, region: tuple[places.Ward, ...], points: dict[str, Point]) -> bool:
    return any(math.dist(at, points[ward.code]) < 2 * REACH_KM for ward in region)


def _cell(code: str, points: dict[str, Point]) -> list[Point]:
    """The disc around a point, cut by the line half-way to every other point."""
    x, y = points[code]
    turns = [2 * math.pi * i / SIDES for i in range(SIDES)]
    cell = [(x + REACH_KM * math.cos(turn), y + REACH_KM * math.sin(turn)) for turn in turns]
    for other, at in points.items():
        if other != code and math.dist(at, (x, y)) < 2 * REACH_KM:
            cell = _cut(cell, (x, y), at)
    return cell


def _cut(polygon: list[Point], own: Point, other: Point) -> list[Point]:
    """What of a polygon lies nearer to `own` than to `other`."""
    kept: list[Point] = []
    for i, here in enumerate(polygon):
        before = polygon[i - 1]
        a, b = _lead(before, own, other), _lead(here, own, other)
        if (a < 0) != (b < 0):
            share = a / (a - b)
            (x, y), (to_x, to_y) = before, here
            kept.append((x + share * (to_x - x), y + share * (to_y - y)))
        if b >= 0:
            kept.append(here)
    return kept


def _lead(at: Point, own: Point, other: Point) -> float:
    return math.dist(at, other) ** 2 - math.dist(at, own) ** 2


def _plain(drawing: dict[str, Any]) -> str:
    """The region without names, to put a point on."""
    outlines = "".join(ward["d"] for ward in drawing["wards"].values())
    size = f"{drawing['width']} {drawing['height']}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><path fill="#8fae9b"'
        f' stroke="#fbf8f1" stroke-width="4" stroke-linejoin="round" d="{outlines}"/></svg>\n'
    )


def _fitted(cells: dict[str, list[Point]], points: dict[str, Point]) -> dict[str, Any]:
    """Everything in units of the drawing, with the path and the point of each ward."""
    corners = [corner for cell in cells.values() for corner in cell]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    scale = (WIDTH - 2 * MARGIN) / (max(x for x, _ in corners) - left)
    height = (max(y for _, y in corners) - top) * scale + 2 * MARGIN

    def fit(at: Point) -> str:
        return f"{(at[0] - left) * scale + MARGIN:.0f} {(at[1] - top) * scale + MARGIN:.0f}"

    wards = {
        code: {"d": f"M{'L'.join(fit(at) for at in cell)}z", "at": fit(_middle(cell))}
        for code, cell in cells.items()
        if points[code]
    }
    return {"width": WIDTH, "height": round(height), "km": round(scale * 10), "wards": wards}


def _middle(cell: list[Point]) -> Point:
    """The centre of a polygon's area: where its name stands best."""
    area = x = y = 0.0
    for i, (bx, by) in enumerate(cell):
        ax, ay = cell[i - 1]
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return x / (3 * area), y / (3 * area)


def _country(wards: list[places.Ward]) -> dict[str, object]:
    """Rows of dots where a ward is near, and the islands of Hoàng Sa and Trường Sa."""
    mainland = [ward for ward in wards if ward.lon < 110.5]
    dots: list[str] = []
    rows = int((NORTH - 8.3) / COUNTRY_STEP) + 1
    for row in range(rows):
        lat = NORTH - row * COUNTRY_STEP
        inside = [ward for ward in mainland if abs(ward.lat - lat) < COUNTRY_REACH]
        for column in range(int((110.2 - WEST) / COUNTRY_STEP)):
            lon = WEST + column * COUNTRY_STEP
            if any(math.hypot(ward.lat - lat, ward.lon - lon) < COUNTRY_REACH for ward in inside):
                dots.append(_dot(lat, lon))
    region = places.region_wards()
    here = (
        sum(ward.lat for ward in region) / len(region),
        sum(ward.lon for ward in region) / len(region),
    )
    return {
        "width": round((115.8 - WEST) * COUNTRY_SCALE),
        "height": round((NORTH - 7.3) * COUNTRY_SCALE) + 6,
        "land": "".join(f"M{dot}h0" for dot in dots),
        "hoang_sa": "".join(f"M{_dot(*at)}h0" for at in HOANG_SA),
        "truong_sa": "".join(f"M{_dot(*at)}h0" for at in TRUONG_SA),
        "here": _dot(*here),
    }


def _dot(lat: float, lon: float) -> str:
    return f"{(lon - WEST) * COUNTRY_SCALE + 3:.1f} {(NORTH - lat) * COUNTRY_SCALE + 3:.1f}"


if __name__ == "__main__":
    main()
