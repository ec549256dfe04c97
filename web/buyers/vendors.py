"""The list of vendors and a vendor's page."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.labels import VENDOR_KINDS
from catalog.selectors.lists import list_products
from catalog.selectors.pages import VENDORS_PER_PAGE, list_vendors, vendor_view
from catalog.selectors.tree import find_category
from catalog.selectors.types import ListPage, ListQuery, VendorPage, VendorView
from catalog.selectors.vendor_papers import vendor_papers
from vietnam.places import full_name, region_wards
from web.buyers import absolute, links, lists, sharing, structured, ward_map
from web.buyers.frame import About, page
from web.buyers.listing import found_kinds, listing
from web.buyers.markup import escape
from web.public import public_page
from web.templatetags.market import dotted, plainly

_SKIPPED = frozenset({"HTX", "CTY", "CÔNG", "TY", "TNHH", "CƠ", "SỞ", "HỘ", "HỢP", "TÁC", "XÃ"})


@public_page
def vendors(request: HttpRequest) -> HttpResponse:
    """All vendors in alphabetical order, by kind, ward and name."""
    kind, ward = request.GET.get("loai", ""), request.GET.get("xa", "")
    kind = kind if kind in VENDOR_KINDS else ""
    text = lists.read_text(request.GET.get("ten", ""))
    number = lists.read_page(request.GET)
    found = list_vendors(kind=kind, ward=ward, text=text, page=number)
    if number > found.pages:
        raise Http404
    lang, is_narrowed = links.language(), bool(kind or ward or text)
    context: dict[str, Any] = {
        "found": found,
        "items": vendor_items(found.vendors),
        "text": text,
        "kind": kind,
        "ward": ward,
        "kinds": [(value, names[lang == "en"]) for value, names in VENDOR_KINDS.items()],
        "wards": [(unit.code, full_name(unit, lang)) for unit in region_wards()],
        "numbers": [
            (n, links.here("/gian-hang/", ten=text, loai=kind, xa=ward, trang=n if n > 1 else ""))
            for n in range(1, found.pages + 1)
        ],
        "is_narrowed": is_narrowed,
    }
    about = _about_all(found, is_narrowed=is_narrowed)
    return page(request, "buyers/vendors.html", context, about=about)


@public_page
def vendor(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """A vendor with its goods; the id decides, a wrong slug moves."""
    found = vendor_view(int(pk))
    right = links.vendor(found.slug, found.id, found.name_en)
    if request.path_info != right:
        return links.moved(request, right)
    node = find_category(request.GET.get(lists.CATEGORY_PARAM, "")[:80])
    place = lists.Place(
        right,
        category_id=node.id if node else None,
        vendor_id=found.id,
        category_slug=node.slug if node else "",
    )
    query = lists.read_query(request.GET, place)
    goods = list_products(query)
    if lists.is_beyond(goods):
        raise Http404
    context = {
        "vendor": found,
        "kind": VENDOR_KINDS[found.kind][links.language() == "en"],
        "seal": seal(found, big=True),
        "story": _story(found),
        "category": node,
        "kinds": found_kinds(goods, place, query),
        "papers": vendor_papers(found.id),
        "spot": ward_map.spot(found.ward_code),
    }
    about = _about_one(found, goods, query, place)
    return page(request, "buyers/vendor.html", listing(query, goods, place) | context, about=about)


def _about_all(found: VendorPage, *, is_narrowed: bool) -> About:
    lang = links.language()
    here = f"/gian-hang/?trang={found.page}" if found.page > 1 else "/gian-hang/"
    addresses = [absolute.vendor(one.slug, one.id, one.name_en, lang) for one in found.vendors]
    first = (found.page - 1) * VENDORS_PER_PAGE + 1
    items = structured.item_list(addresses, total=found.total, first=first)
    return About(
        active="vendors",
        public=True,
        index=not is_narrowed,
        canonical=here,
        meta=sharing.tags(title=_("Vendors"), url=absolute.page(here, lang)),
        data=structured.block(None if is_narrowed else items),
    )


def _about_one(found: VendorView, goods: ListPage, query: ListQuery, place: lists.Place) -> About:
    is_plain = not lists.is_narrowed(query) and not query.text and query.category_id is None
    other = lists.Place(links.vendor(found.slug, found.id, found.name_en, links.other()))
    here = lists.address(lists.bare(query), place, page=query.page)
    return About(
        active="vendors",
        public=True,
        index=is_plain,
        canonical=here,
        other=lists.address(lists.bare(query), other, page=query.page),
        meta=sharing.tags(
            title=plainly(found, "name"),
            url=absolute.page(here, links.language()),
            text=plainly(found, "story"),
            token=sharing.first_picture(goods.cards),
        )
        + sharing.feed(f"/rss/gian-hang/{found.id}/"),
        data=structured.of_vendor(found, goods) if is_plain else structured.block(),
    )


def vendor_items(found: Iterable[VendorView]) -> SafeString:
    """A list item per vendor: seal, name, kind, ward, number of goods."""
    lang = links.language()
    base = links.base(lang)
    html = "".join(_item(one, lang, base) for one in found)
    return mark_safe(html)  # noqa: S308 made of escaped parts


def _item(one: VendorView, lang: str, base: str) -> str:
    goods = escape(_("%(count)s goods") % {"count": dotted(one.product_count)})
    href = base + links.vendor(one.slug, one.id, one.name_en, lang)
    return (
        f'<li class="vendor">{seal(one)}<div><h3>'
        f'<a href="{escape(href)}">{escape(one.label)}</a></h3>'
        f'<p class="small soft">{escape(VENDOR_KINDS[one.kind][lang == "en"])} · '
        f"{escape(plainly(one, 'ward'))} · {goods}</p></div></li>"
    )


def seal(one: VendorView, *, big: bool = False) -> SafeString:
    """A drawn stamp with the vendor's letters: who it is, before any logo was sent."""
    said = one.label.split()
    words = [word for word in said if word.upper() not in _SKIPPED] or said
    letters = "".join(word[0] for word in words[-2:]).upper()
    size = " big" if big else ""
    return mark_safe(  # noqa: S308
        f'<span class="seal {escape(one.kind)}{size}" aria-hidden="true">{escape(letters)}</span>'
    )


def _story(one: VendorView) -> SafeString:
    english = links.language() == "en"
    if english and one.story_en:
        return mark_safe(linebreaks(one.story_en, autoescape=True))  # noqa: S308
    html = linebreaks(one.story_vi, autoescape=True) if one.story_vi else ""
    return mark_safe(f'<div lang="vi">{html}</div>' if english and html else html)  # noqa: S308
