import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from catalog.models import Category
from catalog.selectors import tree
from catalog.selectors.lists import list_products
from catalog.selectors.types import ListQuery
from catalog.services.indexing import index_product
from core import versions
from tests.catalog.shelf import below, facet, make_paper, names, put_up
from tests.making import make_category, make_vendor
from vendors.models import Vendor, VendorKind


@pytest.fixture
def nuts(db: None) -> Category:
    return make_category(slug="hat", name_vi="Hạt", name_en="Nuts", commodity="cashew")


def test_a_card_holds_what_a_list_shows(shop: Vendor, nuts: Category) -> None:
    shop.short_name = "An"
    shop.save()
    product = put_up(shop, "Hạt điều", name_en="Cashews", price_vnd=185_000, category=nuts)
    card = list_products(ListQuery()).cards[0]
    assert card.product_id == product.pk
    assert card.data == {
        "name_vi": "Hạt điều",
        "name_en": "Cashews",
        "slug": product.slug,
        "vendor": "An",
        "vendor_slug": "htx-an",
        "vendor_id": shop.pk,
        "ward_vi": "Xã Bù Đăng",
        "ward_en": "Bù Đăng commune",
        "price_vnd": 185_000,
        "price_max_vnd": 185_000,
        "unit_vi": "Gói 500 g",
        "unit_en": "500 g pack",
        "per_kg_vnd": 370_000,
        "badge_vi": "",
        "badge_en": "",
        "badge_tone": "",
        "picture": "",
        "rating": 0,
        "ratings": 0,
        "in_stock": True,
    }


def test_sorts(shop: Vendor) -> None:
    put_up(shop, "Ổi", price_vnd=30_000, sold_count=5)
    put_up(shop, "Đu đủ", price_vnd=10_000, sold_count=9)
    put_up(shop, "Dừa", price_vnd=20_000)
    found = {sort: names(list_products(ListQuery(sort=sort))) for sort in ("popular", "price")}
    assert found["popular"] == ["Đu đủ", "Ổi", "Dừa"]
    assert found["price"] == ["Đu đủ", "Dừa", "Ổi"]
    assert names(list_products(ListQuery(sort="-price"))) == ["Ổi", "Dừa", "Đu đủ"]
    assert names(list_products(ListQuery(sort="name"))) == ["Dừa", "Đu đủ", "Ổi"]


def test_sold_out_goods_stand_last_and_can_be_hidden(shop: Vendor) -> None:
    put_up(shop, "Hết", on_hand=0, sold_count=500)
    put_up(shop, "Còn")
    assert names(list_products(ListQuery())) == ["Còn", "Hết"]
    assert names(list_products(ListQuery(in_stock=True))) == ["Còn"]


def test_a_category_holds_its_whole_subtree(shop: Vendor, nuts: Category) -> None:
    child = below(nuts, slug="dieu")
    put_up(shop, "Điều", category=child)
    put_up(shop, "Tiêu")
    assert names(list_products(ListQuery(category_id=nuts.pk))) == ["Điều"]


def test_a_facet_is_not_narrowed_by_itself_but_by_all_others(shop: Vendor) -> None:
    farm = make_vendor(kind=VendorKind.HOUSEHOLD, ward_code="25405")
    put_up(shop, "A", grade="W320")
    put_up(shop, "B", grade="W240")
    put_up(farm, "C", grade="W320")
    page = list_products(ListQuery(grades=("W320",), vendor_kinds=("household",)))
    assert names(page) == ["C"]
    assert page.total == 1
    assert facet(page, "grade") == {"W320": 1}
    assert facet(page, "kind") == {"cooperative": 1, "household": 1}
    assert facet(page, "ward") == {"25405": 1}


def test_choices_of_one_facet_add_up(shop: Vendor) -> None:
    for name, grade in (("A", "W320"), ("B", "W240"), ("C", "LP")):
        put_up(shop, name, grade=grade)
    page = list_products(ListQuery(grades=("W320", "LP")))
    assert page.total == 2
    assert facet(page, "grade") == {"W320": 1, "W240": 1, "LP": 1}
    chosen = {option.value for one in page.facets for option in one.options if option.selected}
    assert chosen == {"W320", "LP"}


def test_a_selected_choice_stays_even_with_nothing_left(shop: Vendor) -> None:
    put_up(shop, "A", grade="W320")
    page = list_products(ListQuery(grades=("W450",)))
    assert page.total == 0
    assert facet(page, "grade") == {"W320": 1, "W450": 0}


def test_badges_count_once_per_product(shop: Vendor) -> None:
    product = put_up(shop, "A")
    product.papers.add(make_paper(shop, "ocop", stars=4), make_paper(shop, "vietgap"))
    put_up(shop, "B")
    index_product(product.pk)
    versions.bump_now()
    assert facet(list_products(ListQuery()), "ocop") == {"ocop-4": 1}
    assert facet(list_products(ListQuery()), "badge") == {"vietgap": 1}
    assert names(list_products(ListQuery(badges=("vietgap",)))) == ["A"]


def test_category_choices_are_the_children_or_the_siblings_of_a_leaf(
    shop: Vendor, nuts: Category
) -> None:
    first, second = below(nuts, slug="rang"), below(nuts, slug="tho")
    put_up(shop, "A", category=first)
    put_up(shop, "B", category=second)
    assert facet(list_products(ListQuery(category_id=nuts.pk)), "category") == {"rang": 1, "tho": 1}
    leaf = list_products(ListQuery(category_id=first.pk))
    assert leaf.total == 1
    assert facet(leaf, "category") == {"rang": 1, "tho": 1}


def test_price_and_vendor_narrow_everything(shop: Vendor) -> None:
    other = make_vendor()
    put_up(shop, "A", price_vnd=50_000)
    put_up(shop, "B", price_vnd=90_000)
    put_up(other, "C", price_vnd=90_000)
    page = list_products(ListQuery(vendor_id=shop.pk, price_min=60_000, price_max=90_000))
    assert (names(page), page.total) == (["B"], 1)


def test_pages_cut_the_list_without_gaps(shop: Vendor) -> None:
    for number in range(5):
        put_up(shop, f"Hàng {number}", sold_count=10 - number)
    pages = [list_products(ListQuery(page=number, per_page=2)) for number in (1, 2, 3, 4)]
    assert [names(page) for page in pages] == [
        ["Hàng 0", "Hàng 1"],
        ["Hàng 2", "Hàng 3"],
        ["Hàng 4"],
        [],
    ]
    assert {page.pages for page in pages} == {3}


def test_pages_of_a_search_run_through_its_buckets(shop: Vendor) -> None:
    put_up(shop, "Muối tiêu đen", sold_count=50)
    put_up(shop, "Gói quà", summary_vi="Có tiêu đen", sold_count=90)
    put_up(shop, "Tiêu đen", sold_count=1)
    put_up(shop, "Đen như tiêu", sold_count=70)
    found = [
        names(list_products(ListQuery(text="tiêu đen", page=number, per_page=1)))
        for number in (1, 2, 3, 4)
    ]
    assert found == [["Tiêu đen"], ["Muối tiêu đen"], ["Đen như tiêu"], ["Gói quà"]]


def test_the_tree_counts_public_goods_of_whole_subtrees(shop: Vendor, nuts: Category) -> None:
    child = below(nuts, slug="dieu")
    put_up(shop, "A", category=child)
    put_up(shop, "B", category=nuts)
    found = tree.find_category("hat")
    assert found is not None
    assert (found.count, [(one.slug, one.count) for one in found.children]) == (2, [("dieu", 1)])
    assert [one.slug for one in tree.trail(child.pk)] == ["hat", "dieu"]
    assert tree.count_public() == 2
    assert tree.find_category("không có") is None


@pytest.mark.parametrize("goods", [1, 30])
def test_a_cold_list_takes_three_queries_and_a_known_one_takes_one(
    shop: Vendor, django_assert_num_queries: DjangoAssertNumQueries, goods: int
) -> None:
    for number in range(goods):
        put_up(shop, f"Hạt điều {number}")
    with django_assert_num_queries(3):
        list_products(ListQuery(text="hat dieu"))
    with django_assert_num_queries(1):
        list_products(ListQuery(text="hat  dieu", sort="price"))


def test_a_typing_error_takes_at_most_five_queries(shop: Vendor) -> None:
    put_up(shop, "Hạt điều")
    tree.category_tree()
    with CaptureQueriesContext(connection) as queries:
        assert list_products(ListQuery(text="hat diue")).total == 1
    assert len(queries) == 5
