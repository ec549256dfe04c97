"""The category tree with the number of public goods in each subtree."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from catalog.models import CategoryAddress
from catalog.selectors.cached import under_version
from catalog.selectors.types import CategoryNode

TREE = """
SELECT category.id, parent_id, slug, slug_en, name_vi, name_en, commodity, COALESCE(goods, 0)
FROM catalog_category category LEFT JOIN catalog_facetcount counted
    ON counted.category_id = category.id AND facet = 'all'
ORDER BY position, path
"""


@dataclass(frozen=True, slots=True)
class _Tree:
    roots: tuple[CategoryNode, ...]
    by_id: dict[int, CategoryNode]
    by_slug: dict[str, CategoryNode]
    by_english: dict[str, CategoryNode]


def category_tree() -> tuple[CategoryNode, ...]:
    """All categories from the roots, in their order, with counts of public goods."""
    return _tree().roots


def find_category(slug: str) -> CategoryNode | None:
    return _tree().by_slug.get(slug)


def find_category_at(slug: str, language: str) -> CategoryNode | None:
    """The category that has this address, or once had it (one query, where none has it now).

    The address of the page's own language counts before one of the other language.
    """
    tree = _tree()
    first, second = tree.by_slug, tree.by_english
    if language == "en":
        first, second = second, first
    found = first.get(slug) or second.get(slug)
    if found is not None:
        return found
    old = CategoryAddress.objects.filter(slug=slug).values_list("category_id", flat=True).first()
    return tree.by_id.get(old) if old is not None else None


def find_category_by_id(category_id: int) -> CategoryNode | None:
    return _tree().by_id.get(category_id)


def trail(category_id: int) -> tuple[CategoryNode, ...]:
    """From the root to this category, without children; empty for an unknown id."""
    nodes: list[CategoryNode] = []
    node = _tree().by_id.get(category_id)
    while node is not None:
        nodes.append(replace(node, children=()))
        node = _tree().by_id.get(node.parent_id) if node.parent_id else None
    return tuple(reversed(nodes))


def count_public() -> int:
    """How many goods are public in all."""
    return sum(node.count for node in category_tree())


def _tree() -> _Tree:
    return under_version("tree", (), _build)


def _build() -> _Tree:
    with connection.cursor() as cursor:
        cursor.execute(TREE)
        rows = cursor.fetchall()
    children: dict[int | None, list[tuple[Any, ...]]] = {}
    for row in rows:
        children.setdefault(row[1], []).append(row)
    by_id: dict[int, CategoryNode] = {}

    def node(row: tuple[Any, ...]) -> CategoryNode:
        pk, parent_id, slug, slug_en, name_vi, name_en, commodity, goods = row
        below = tuple(node(child) for child in children.get(pk, []))
        made = CategoryNode(pk, slug, name_vi, name_en, commodity, goods, parent_id, below, slug_en)
        by_id[pk] = made
        return made

    roots = tuple(node(row) for row in children.get(None, []))
    return _Tree(
        roots,
        by_id,
        {made.slug: made for made in by_id.values()},
        {made.slug_en: made for made in by_id.values() if made.slug_en},
    )
