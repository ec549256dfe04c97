"""New goods as RSS 2.0: all, of a category, of a vendor; in the language of the address."""

from datetime import datetime
from email.utils import format_datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.selectors import published
from catalog.selectors.pages import vendor_view
from catalog.selectors.tree import find_category_at
from catalog.selectors.types import Card
from vietnam.money import format_vnd
from web.buyers import absolute, links
from web.buyers.region import region
from web.buyers.xml import HEAD, element
from web.public import public_page
from web.templatetags.market import both, plainly

SHOWN = 50
KIND = "application/rss+xml; charset=utf-8"
_OPEN = (
    f'{HEAD}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:media="http://search.yahoo.com/mrss/"><channel>\n'
)
Found = list[tuple[Card, datetime]]


@public_page
def everything(request: HttpRequest) -> HttpResponse:
    """The newest goods of the whole market."""
    return _feed(request, _("New goods"), "/", published.newest(limit=SHOWN))


@public_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest goods of a category; its old addresses move here too."""
    node = find_category_at(slug, links.language())
    if node is None:
        raise Http404
    right = f"/rss{links.category(node.slug)}"
    if request.path_info != right:
        return links.moved(request, right)
    found = published.newest(category_id=node.id, limit=SHOWN)
    return _feed(request, plainly(node, "name"), links.category(node.slug), found)


@public_page
def vendor(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest goods of a vendor."""
    one = vendor_view(pk)
    found = published.newest(vendor_id=one.id, limit=SHOWN)
    return _feed(request, one.label, links.vendor(one.slug, one.id, one.name_en), found)


def _feed(request: HttpRequest, title: str, path: str, found: Found) -> HttpResponse:
    lang = links.language()
    words = region(lang)
    name = f"{words.name} {words.region}"
    itself = absolute.page(request.path_info, lang)
    said = [
        _OPEN,
        element("title", f"{title} · {name}"),
        element("link", absolute.page(path, lang)),
        element("description", words.operator),
        element("language", lang),
        element("atom:link", "", href=itself, rel="self", type="application/rss+xml"),
        *(element("lastBuildDate", format_datetime(at)) for _card, at in found[:1]),
        "\n",
        *(_item(card, at, lang) for card, at in found),
        "</channel></rss>\n",
    ]
    return HttpResponse("".join(said), content_type=KIND)


def _item(card: Card, at: datetime, lang: str) -> str:
    data = card.data
    vi, en = both(data, "name")
    token = str(data.get("picture") or "")
    picture = (
        element("media:content", "", url=absolute.jpeg(token), medium="image", type="image/jpeg")
        if token
        else ""
    )
    return (
        "<item>"
        + element("title", (en or vi) if lang == "en" else vi)
        + element("link", absolute.card(data, card.product_id, lang))
        + element("guid", f"product:{card.product_id}", isPermaLink="false")
        + element("pubDate", format_datetime(at))
        + element("description", _sentence(card, lang))
        + picture
        + "</item>\n"
    )


def _sentence(card: Card, lang: str) -> str:
    """185.000 ₫ · gói 500 g · HTX Bù Đăng, xã Bù Đăng."""
    data = card.data
    unit = data.get(f"unit_{lang}") or data.get("unit_vi") or ""
    ward = data.get(f"ward_{lang}") or data.get("ward_vi") or ""
    price = format_vnd(int(str(data["price_vnd"])))
    return " · ".join(str(part) for part in (price, unit, f"{data['vendor']}, {ward}") if part)
