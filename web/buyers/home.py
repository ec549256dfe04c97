"""The home page: what is in season, what is bought, who sells and where."""

import calendar
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalog.selectors.lists import list_products
from catalog.selectors.pages import kind_pictures, list_vendors, vendor_view
from catalog.selectors.tree import count_public
from catalog.selectors.types import Card, Facet, ListQuery, VendorView
from core import pictures
from web.buyers import absolute, links, lists, sharing, structured
from web.buyers.cards import cards
from web.buyers.frame import About, page
from web.buyers.region import region
from web.buyers.vendors import vendor_items
from web.buyers.ways import kinds
from web.public import public_page

POPULAR, NEWEST, VENDORS, WARDS = 8, 4, 6, 8


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The market's front."""
    lang = links.language()
    month = datetime.now(ZoneInfo(settings.TIME_ZONE)).month
    headline, wanted = region(lang).months[month - 1]
    popular = list_products(ListQuery(per_page=POPULAR))
    newest = list_products(ListQuery(per_page=NEWEST, sort="new"))
    wards = _wards(popular.facets)
    context: dict[str, Any] = {
        "month": month if lang == "vi" else calendar.month_name[month],
        "headline": headline,
        "season_href": links.here("/tim", q=wanted),
        "popular": cards(popular.cards, eager=2),
        "newest": cards(newest.cards),
        "vendors": vendor_items(_sellers([*popular.cards, *newest.cards])),
        "vendor_count": list_vendors(per_page=1).total,
        "total": count_public(),
        "kinds": _with_pictures(kinds()),
        "wards": wards[:WARDS],
        "more_wards": wards[WARDS:],
        "ward_count": len(wards),
    }
    words = region(lang)
    about = About(
        public=True,
        canonical="/",
        meta=sharing.tags(
            title=f"{words.name} {words.region}", url=absolute.page("/", lang), text=words.operator
        )
        + sharing.feed("/rss/"),
        data=structured.of_home(),
    )
    return page(request, "buyers/home.html", context, about=about)


def _sellers(found: list[Card]) -> list[VendorView]:
    """Who sells the goods above, each once."""
    keys = dict.fromkeys(int(str(card.data["vendor_id"])) for card in found)
    return [vendor_view(pk) for pk in list(keys)[:VENDORS]]


def _with_pictures(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each kind with the picture of what is bought most in it."""
    tokens = kind_pictures()
    for kind in found:
        token = tokens.get(int(str(kind["id"])))
        kind["picture"] = pictures.url(token, pictures.FIRST_WIDTH) if token else ""
    return found


def _wards(facets: tuple[Facet, ...]) -> list[dict[str, object]]:
    """Where goods come from, the wards with most of them first: a few are shown, the rest fold."""
    lang = links.language()
    base = links.base(lang)
    found = next((facet.options for facet in facets if facet.name == "ward"), ())
    return [
        {
            "href": f"{base}/tim?{lists.PARAMS['ward']}={option.value}",
            "name": option.label_en if lang == "en" else option.label_vi,
            "count": option.count,
        }
        for option in sorted(found, key=lambda option: -option.count)
    ]
