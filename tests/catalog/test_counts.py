"""Numbers that are kept are the numbers that counting gives."""

from catalog.models import FacetCount, Product, SearchEntry
from catalog.selectors.lists import ORDERS, list_products
from catalog.selectors.tree import category_tree
from catalog.selectors.types import CategoryNode, ListQuery
from catalog.services.entries import RECIPE
from catalog.services.indexing import index_product
from catalog.tasks import reindex_outdated
from core import versions
from marketplace.books import run_checks
from tests.catalog.shelf import below, facet, make_paper, names, put_up
from tests.making import make_category
from tests.marketplace.seeded import make_small_market
from vendors.models import Vendor


def flat(nodes: tuple[CategoryNode, ...]) -> list[CategoryNode]:
    return [found for node in nodes for found in (node, *flat(node.children))]


def kept(category_id: int) -> dict[tuple[str, str], int]:
    rows = FacetCount.objects.filter(category_id=category_id, goods__gt=0)
    return {(row.facet, row.value): row.goods for row in rows}


def test_every_category_of_the_market_shows_what_counting_gives(db: None) -> None:
    make_small_market()
    versions.bump_now()
    places = [None, *(node.id for node in flat(category_tree()))]
    assert len(places) == 34
    for place in places:
        known = list_products(ListQuery(category_id=place))
        counted = list_products(ListQuery(category_id=place, price_min=0))
        assert (known.total, known.facets, known.cards) == (
            counted.total,
            counted.facets,
            counted.cards,
        )


def test_a_change_moves_a_product_from_one_number_to_another(shop: Vendor) -> None:
    nuts = make_category(slug="hat")
    kernels = below(nuts, slug="nhan")
    product = put_up(shop, "Nhân điều", category=kernels, grade="W320")
    put_up(shop, "Hạt điều", category=nuts, grade="W240")
    values = {("all", ""): 1, ("ward", shop.ward_code): 1, ("kind", shop.kind): 1}
    values |= {("price", "100000"): 1, ("stock", "1"): 1}
    assert kept(kernels.pk) == values | {("grade", "W320"): 1}
    assert kept(nuts.pk)[("all", "")] == kept(0)[("all", "")] == 2
    product.papers.add(make_paper(shop, "vietgap"))
    Product.objects.filter(pk=product.pk).update(grade="W240")
    index_product(product.pk)
    assert kept(kernels.pk) == values | {("grade", "W240"): 1, ("badge", "vietgap"): 1}
    assert kept(nuts.pk)[("grade", "W240")] == 2
    Product.objects.filter(pk=product.pk).update(state="paused")
    index_product(product.pk)
    index_product(product.pk)
    assert kept(kernels.pk) == {}
    assert kept(nuts.pk)[("all", "")] == 1
    assert run_checks() == []


def test_a_search_inside_one_kind_of_goods_keeps_its_order(shop: Vendor) -> None:
    rubber, other = make_category(slug="cao-su"), make_category(slug="khac")
    for number in range(5):
        put_up(shop, f"Cao su SVR {number}", category=rubber, sold_count=number)
        put_up(shop, f"Mít sấy {number}", category=other, sold_count=100 + number)
    wanted = [f"Cao su SVR {number}" for number in (4, 3, 2, 1, 0)]
    assert names(list_products(ListQuery(text="cao su"))) == wanted
    for sort in ORDERS:
        found = list_products(ListQuery(text="cao su", sort=sort))
        assert (found.total, sorted(map(str, names(found)))) == (5, sorted(wanted))
    assert facet(list_products(ListQuery(text="cao su")), "category") == {"cao-su": 5}


def test_entries_of_an_older_program_are_made_anew(shop: Vendor) -> None:
    product = put_up(shop, "Hạt điều")
    SearchEntry.objects.update(words="'cu'", recipe=0)
    assert reindex_outdated() == 1
    assert names(list_products(ListQuery(text="hat dieu"))) == ["Hạt điều"]
    assert SearchEntry.objects.get(pk=product.pk).recipe == RECIPE
    assert reindex_outdated() == 0
