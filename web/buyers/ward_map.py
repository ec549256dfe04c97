"""The region's wards as a drawing whose parts are links; made by `scripts/ward_map.py`."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vietnam import places
from web.buyers.markup import escape
from web.templatetags.market import dotted

_FILE = Path(__file__).resolve().parent / "data" / "ward_map.json"
SHADES = 4


def drawing(
    goods: Mapping[str, int], href: Callable[[str], str], lang: places.Lang, title: str
) -> SafeString:
    """Each ward with its name and number; those with more goods are darker."""
    data = _data()
    most = max(goods.values(), default=1)
    shapes, names = [], []
    for ward in places.region_wards():
        if cell := data["wards"].get(ward.code):
            count = goods.get(ward.code, 0)
            shapes.append(_shape(ward, cell["d"], count, (most, href, lang)))
            names.append(_name(ward, cell["at"], count))
    width, height, scale = data["width"], data["height"], data["km"]
    return mark_safe(  # noqa: S308 made of escaped parts
        f'<svg class="map" viewBox="0 0 {width} {height}" role="group"'
        f' aria-label="{escape(title)}">'
        f'{"".join(shapes)}<g aria-hidden="true">{"".join(names)}</g>'
        f'<g aria-hidden="true" class="scale"><path d="M{width - 90} {height - 14}v5h{scale}v-5"/>'
        f'<text x="{width - 90 + scale // 2}" y="{height - 18}">10 km</text></g></svg>'
    )


def spot(code: str) -> SafeString:
    """The region with a point in one ward, to look at only; empty for a ward that isn't drawn."""
    data = _data()
    cell = data["wards"].get(code)
    if cell is None:
        return mark_safe("")
    x, y = cell["at"].split()
    width, height = data["width"], data["height"]
    return mark_safe(  # noqa: S308 made of escaped parts
        f'<svg class="spot" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<image href="{static("img/region.svg")}" width="{width}" height="{height}"/>'
        f'<circle cx="{x}" cy="{y}" r="22"/></svg>'
    )


def _shape(
    ward: places.Ward,
    outline: str,
    goods: int,
    about: tuple[int, Callable[[str], str], places.Lang],
) -> str:
    most, href, lang = about
    if not goods:
        return f'<path d="{outline}"/>'
    name = places.full_name(ward, lang)
    label = _("%(ward)s: %(count)s goods") % {"ward": name, "count": dotted(goods)}
    return (
        f'<a href="{escape(href(ward.code))}" aria-label="{escape(label)}">'
        f'<path class="s{-(-goods * SHADES // most)}" d="{outline}"/></a>'
    )


def _name(ward: places.Ward, at: str, goods: int) -> str:
    x, y = at.split()
    number = f'<tspan x="{x}" dy="1.3em">{dotted(goods)}</tspan>' if goods else ""
    return f'<text x="{x}" y="{y}">{escape(ward.name)}{number}</text>'


@cache
def country() -> dict[str, Any]:
    """The dots of the small map of the country."""
    found: dict[str, Any] = _data()["country"]
    return found


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found
