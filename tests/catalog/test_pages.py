from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from catalog.models import Product, Review
from catalog.selectors.pages import list_vendors, live_stock, product_page, vendor_view
from catalog.services.indexing import index_product
from catalog.states import ProductState
from core import clock, versions
from core.errors import NotFound
from tests.catalog.shelf import MOMENT, make_paper, put_up
from tests.making import make_product, make_variant, make_vendor
from vendors.models import Vendor, VendorKind
from vendors.states import VendorState


def review(product: Product, number: str, rating: int, **changes: object) -> None:
    fields = {"author_name": "Khách ở Thủ Đức", "text": "Ngon", "created_at": MOMENT} | changes
    Review.objects.create(product=product, order_number=number, rating=rating, **fields)
    Product.objects.filter(pk=product.pk).update(
        rating_sum=F("rating_sum") + rating, rating_count=F("rating_count") + 1
    )
    index_product(product.pk)


def test_a_page_holds_the_product_with_all_its_parts(shop: Vendor) -> None:
    product = put_up(shop, "Hạt điều", price_vnd=185_000, grade="W320")
    make_variant(shop, product=product, name_vi="Gói 1 kg", net_grams=1000, position=1)
    product.papers.add(make_paper(shop, "food_safety"), make_paper(shop, "ocop", stars=4))
    review(product, "BP1", 5)
    review(product, "BP2", 4)
    page = product_page(product.pk)
    assert (page.name_vi, page.grade, page.version) == ("Hạt điều", "W320", 4)
    assert [(unit.name_vi, unit.price_vnd, unit.per_kg_vnd) for unit in page.variants] == [
        ("Gói 500 g", 185_000, 370_000),
        ("Gói 1 kg", 100_000, 100_000),
    ]
    assert [(paper.kind, paper.label_vi) for paper in page.papers] == [
        ("ocop", "OCOP 4 sao"),
        ("food_safety", "An toàn thực phẩm"),
    ]
    assert (page.rating_tenths, page.rating_count, len(page.reviews)) == (45, 2, 2)
    assert [node.slug for node in page.trail] == [product.category.slug]
    assert (page.vendor.label, page.vendor.product_count) == ("HTX An", 1)


def test_expired_refused_and_waiting_papers_are_not_shown(shop: Vendor) -> None:
    product = put_up(shop, "A")
    today = clock.today()
    product.papers.add(
        make_paper(shop, "vietgap", valid_to=today - timedelta(days=1)),
        make_paper(shop, "organic", state="refused"),
        make_paper(shop, "haccp", state="waiting"),
        make_paper(shop, "growing_area", valid_to=today),
    )
    versions.bump_now()
    assert [paper.kind for paper in product_page(product.pk).papers] == ["growing_area"]


def test_a_removed_review_leaves_its_reason_and_hides_its_text(shop: Vendor) -> None:
    product = put_up(shop, "A")
    review(product, "BP1", 1, removed_reason="Không phải về món hàng")
    shown = product_page(product.pk).reviews[0]
    assert (shown.text, shown.removed_reason) == ("", "Không phải về món hàng")


@pytest.mark.parametrize("state", [ProductState.DRAFT, ProductState.PAUSED])
def test_a_product_that_is_not_live_has_no_page(shop: Vendor, state: str) -> None:
    product = make_product(shop, state=state)
    make_variant(shop, product=product)
    index_product(product.pk)
    with pytest.raises(NotFound):
        product_page(product.pk)
    assert live_stock(product.pk) == {}


def test_similar_goods_come_from_the_same_category(shop: Vendor) -> None:
    first = put_up(shop, "A")
    put_up(shop, "B", category=first.category)
    put_up(shop, "C")
    assert [card.data["name_vi"] for card in product_page(first.pk).similar] == ["B"]


def test_a_cold_page_takes_five_queries_and_a_known_one_takes_one(
    shop: Vendor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = put_up(shop, "A")
    for number in range(12):
        make_variant(shop, product=product)
        review(product, f"BP{number}", 5)
        product.papers.add(make_paper(shop, "ocop", stars=4))
        put_up(shop, f"Khác {number}", category=product.category)
    versions.bump_now()
    with django_assert_num_queries(5):
        product_page(product.pk)
    with django_assert_num_queries(1):
        product_page(product.pk)


def test_live_stock_is_what_is_not_promised(shop: Vendor) -> None:
    product = put_up(shop, "A", on_hand=7)
    variant = product.variants.get()
    variant.stock.held = 3
    variant.stock.save()
    assert live_stock(product.pk) == {variant.pk: 4}


def test_vendors_are_listed_alphabetically_and_narrowed(db: None) -> None:
    for name, kind in (("Ổi Đỏ", "company"), ("Điều Vàng", "household"), ("Dừa Xanh", "company")):
        make_vendor(name=name, kind=kind)
    make_vendor(name="Bị treo", state=VendorState.SUSPENDED)
    assert [one.name for one in list_vendors().vendors] == ["Dừa Xanh", "Điều Vàng", "Ổi Đỏ"]
    assert [one.name for one in list_vendors(kind=VendorKind.HOUSEHOLD).vendors] == ["Điều Vàng"]
    assert [one.name for one in list_vendors(text="oi d").vendors] == ["Ổi Đỏ"]
    second = list_vendors(page=2, per_page=2)
    assert ([one.name for one in second.vendors], second.total, second.pages) == (["Ổi Đỏ"], 3, 2)


def test_a_vendor_that_is_not_approved_has_no_page(db: None) -> None:
    vendor = make_vendor(state=VendorState.SUBMITTED)
    with pytest.raises(NotFound):
        vendor_view(vendor.pk)
