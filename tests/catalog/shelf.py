"""Public goods for the tests of lists, search and pages."""

from datetime import UTC, datetime
from typing import Any

from catalog.models import Category, Product
from catalog.selectors.lists import list_products
from catalog.selectors.types import Facet, ListPage, ListQuery
from catalog.services.indexing import index_product
from core import versions
from tests.making import make_category, make_product, make_variant
from vendors.models import Paper, PaperState, Vendor

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)


def put_up(
    vendor: Vendor, name: str, *, price_vnd: int = 100_000, on_hand: int = 10, **changes: Any
) -> Product:
    """A public product with one pack of 500 g, in the index."""
    fields: dict[str, Any] = {"name_en": "", "published_at": MOMENT}
    product = make_product(vendor, name_vi=name, **(fields | changes))
    make_variant(vendor, product=product, price_vnd=price_vnd, on_hand=on_hand)
    index_product(product.pk)
    versions.bump_now()
    return product


def make_paper(vendor: Vendor, kind: str, **changes: Any) -> Paper:
    """A checked paper."""
    fields: dict[str, Any] = {"state": PaperState.ACCEPTED, "issuer": "Sở", "number": "1"}
    return Paper.objects.create(vendor=vendor, kind=kind, **(fields | changes))


def below(parent: Category, **changes: Any) -> Category:
    child = make_category(parent=parent, **changes)
    child.path = f"{parent.path}{child.pk:04d}/"
    child.save()
    return child


def names(page: ListPage) -> list[object]:
    return [card.data["name_vi"] for card in page.cards]


def find(text: str, **changes: Any) -> list[object]:
    """What a search shows, in order."""
    return names(list_products(ListQuery(text=text, **changes)))


def facet(page: ListPage, name: str) -> dict[str, int]:
    found = {one.name: one for one in page.facets}
    return {option.value: option.count for option in found.get(name, Facet(name, ())).options}
