"""Ways on from a page that has nothing to show, and from the home page."""

from typing import Any

from catalog.selectors.lists import list_products
from catalog.selectors.tree import category_tree
from catalog.selectors.types import ListQuery
from web.buyers import links
from web.buyers.cards import cards
from web.templatetags.market import plainly

SHOWN = 4


def ways_on() -> dict[str, Any]:
    """The kinds of goods and what is bought most: for a list that found nothing."""
    popular = list_products(ListQuery(per_page=SHOWN)).cards
    return {"ways_on": kinds(), "popular": cards(popular)}


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
