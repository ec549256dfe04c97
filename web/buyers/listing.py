"""Category and search pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from catalog.labels import ward_label
from catalog.selectors.lists import list_products
from catalog.selectors.tree import find_category, find_category_at, trail
from catalog.selectors.types import CategoryNode, Facet, ListPage, ListQuery
from web.buyers import absolute, commodity, facets, links, lists, sharing, structured
from web.buyers.cards import cards
from web.buyers.frame import About, page
from web.buyers.ways import ways_back, ways_on
from web.public import public_page
from web.templatetags.market import plainly

EAGER = 2


@public_page
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods of a category with facets; an old, foreign or unfinished address moves."""
    node = find_category_at(slug, links.language())
    if node is None:
        raise Http404
    right = links.category(node.slug)
    if request.path_info != right:
        return links.moved(request, right)
    place = lists.Place(right, category_id=node.id)
    query = lists.read_query(request.GET, place)
    found = list_products(query)
    if lists.is_beyond(found):
        raise Http404
    up = trail(node.id)
    about = _about(node, found, query, place)
    context = {
        "category": node,
        "trail": up[:-1],
        "kinds": _kinds(node, found, place, query),
        "told_at": links.here(commodity.address(node)) if commodity.is_told(node) else "",
    }
    return page(
        request,
        "buyers/category.html",
        listing(query, found, place) | context,
        about=about,
    )


def _about(node: CategoryNode, found: ListPage, query: ListQuery, place: lists.Place) -> About:
    up = trail(node.id)
    is_plain = not lists.is_narrowed(query) and not query.text and query.sort == "popular"
    other = lists.Place(links.category(node.slug, links.other()), category_id=node.id)
    here = lists.address(lists.bare(query), place, page=query.page)
    name, url = plainly(node, "name"), absolute.page(here, links.language())
    crumbs = structured.crumbs(up[:-1], (name, url))
    return About(
        active=(up[0] if up else node).slug,
        public=True,
        index=is_plain,
        canonical=here,
        other=lists.address(lists.bare(query), other, page=query.page),
        meta=sharing.tags(title=name, url=url, token=sharing.first_picture(found.cards))
        + sharing.feed(f"/rss{links.category(node.slug)}"),
        data=structured.of_list(found, crumbs) if is_plain else structured.block(),
    )


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """What was searched for; without words, all goods."""
    node = find_category(request.GET.get(lists.CATEGORY_PARAM, "")[:80])
    place = lists.Place(
        "/tim",
        category_id=node.id if node else None,
        category_slug=node.slug if node else "",
    )
    query = lists.read_query(request.GET, place)
    found = list_products(query)
    if lists.is_beyond(found):
        raise Http404
    about = About(query=query.text, public=True, index=False)
    context = {
        "category": node,
        "text": query.text,
        "ward": _only_ward(query),
        "kinds": found_kinds(found, place, query),
    }
    return page(request, "buyers/search.html", listing(query, found, place) | context, about=about)


def listing(query: ListQuery, found: ListPage, place: lists.Place) -> dict[str, Any]:
    """What every list shows, whatever it is a list of."""
    base = links.base(links.language())
    return (_ways(query, found, place) if not found.total else {}) | {
        "query": query,
        "found": found,
        "cards": cards(found.cards, eager=EAGER),
        "boxes": facets.boxes(found.facets),
        "chosen": facets.chosen(query, found.facets, place),
        "sorts": facets.sorts(query, place),
        "numbers": facets.pages(query, found, place),
        "path": base + place.path,
        "bare": base + lists.address(lists.bare(query), place),
        "is_narrowed": lists.is_narrowed(query),
        "next_page": base + lists.address(query, place, page=found.page + 1)
        if found.page < found.pages
        else "",
    }


def _ways(query: ListQuery, found: ListPage, place: lists.Place) -> dict[str, Any]:
    return ways_on() | {
        "ways_back": ways_back(query, place, facets.choices(query, found.facets)),
    }


def _options(found: ListPage) -> Facet | None:
    return next((facet for facet in found.facets if facet.name == "category"), None)


def _kinds(
    node: CategoryNode, found: ListPage, place: lists.Place, query: ListQuery
) -> list[dict[str, object]]:
    """The kinds below this category, with the goods that the chosen filters leave."""
    facet = _options(found)
    if facet is None or not node.children:
        return []
    base, lang = links.base(links.language()), links.language()
    return [
        {
            "href": base
            + lists.address(query, lists.Place(links.category(option.value), place.category_id)),
            "name": option.label_en if lang == "en" else option.label_vi,
            "count": option.count,
        }
        for option in facet.options
    ]


def _only_ward(query: ListQuery) -> str:
    """The ward's name on a list of all that comes from one ward."""
    if query.text or len(query.wards) != 1:
        return ""
    vi, en = ward_label(query.wards[0])
    return en if links.language() == "en" else vi


def found_kinds(found: ListPage, place: lists.Place, query: ListQuery) -> list[dict[str, object]]:
    """The kinds that the found goods belong to; the chosen one can be taken off again."""
    facet = _options(found)
    if facet is None or len(facet.options) < 2:
        return []
    base, lang = links.base(links.language()), links.language()
    return [
        {
            "href": base
            + lists.address(
                query,
                lists.Place(place.path, category_slug="" if option.selected else option.value),
            ),
            "name": option.label_en if lang == "en" else option.label_vi,
            "count": option.count,
            "is_chosen": option.selected,
        }
        for option in facet.options
    ]
