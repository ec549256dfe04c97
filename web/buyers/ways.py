"""Ways on from a page that has nothing to show, and from the home page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from catalog.selectors.lists import list_products
from catalog.selectors.tree import category_tree
from catalog.selectors.types import ListQuery
from web.buyers import links, lists
from web.buyers.cards import cards
from web.templatetags.market import plainly

SHOWN = 4
MOST_TRIED = 4


def ways_on() -> dict[str, Any]:
    """The kinds of goods and what is bought most: for a list that found nothing."""
    popular = list_products(ListQuery(per_page=SHOWN)).cards
    return {"ways_on": kinds(), "popular": cards(popular)}


def ways_back(
    query: ListQuery, place: lists.Place, chosen: Iterable[lists.Choice]
) -> list[dict[str, object]]:
    """From a list that found nothing: without one of its filters, or in the whole market; only
    what then finds something, with how much."""
    tried = [
        (_("Without “%(filter)s”") % {"filter": label}, lists.without(query, name, value), place)
        for name, value, label in list(chosen)[:MOST_TRIED]
    ]
    if query.category_id is not None or query.vendor_id is not None:
        anywhere = replace(query, category_id=None, vendor_id=None)
        tried.append((_("In the whole market"), anywhere, lists.Place("/tim")))
    base = links.base(links.language())
    return [
        {"href": base + lists.address(wider, there), "name": name, "count": found.total}
        for name, wider, there in tried
        if (found := list_products(replace(wider, page=1))).total
    ]


def kinds() -> list[dict[str, object]]:
    """The top kinds that have goods, as ways on."""
    base = links.base(links.language())
    return [
        {
            "href": base + links.category(node.slug),
            "name": plainly(node, "name"),
            "count": node.count,
            "id": node.id,
        }
        for node in category_tree()
        if node.count
    ]
