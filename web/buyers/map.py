"""The map of the region by ward, with a table that says the same."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.selectors.wards import WardCount, ward_counts
from vietnam import places
from web.buyers import links, lists, ward_map
from web.buyers.frame import About, page
from web.public import public_page


@public_page
def region_map(request: HttpRequest) -> HttpResponse:
    """Every ward with its goods and vendors."""
    lang = links.language()
    counts = ward_counts()
    goods = {code: count.goods for code, count in counts.items()}
    context: dict[str, Any] = {
        "map": ward_map.drawing(goods, _goods, lang, _("Map of wards and communes")),
        "country": ward_map.country(),
        "rows": [_row(ward, counts.get(ward.code, WardCount())) for ward in places.region_wards()],
    }
    return page(request, "buyers/map.html", context, about=About(public=True))


def _goods(code: str) -> str:
    return links.here("/tim", **{lists.PARAMS["ward"]: code})


def _row(ward: places.Ward, count: WardCount) -> dict[str, object]:
    return {
        "name": places.full_name(ward, links.language()),
        "goods": count.goods,
        "goods_href": _goods(ward.code),
        "vendors": count.vendors,
        "vendors_href": links.here("/gian-hang/", xa=ward.code),
    }
