"""What pages tell machines: valid for a schema validator, and exactly what people see."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.models import Product, Review
from catalog.services.indexing import index_product
from core import clock, versions
from tests.making import make_variant
from tests.web.buyers_making import Shop, make_shop
from tests.web.machine_making import SITE, said, thing
from web.buyers import structured

pytestmark = pytest.mark.django_db

SALTED = "/san-pham/hat-dieu-rang-muoi-{}"


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def change(shop: Shop, **fields: object) -> None:
    """Change the cashews, and tell the shop."""
    Product.objects.filter(pk=shop.product.pk).update(**fields)
    index_product(shop.product.pk)


def rated(shop: Shop, *stars: int, **changes: Any) -> None:
    """Reviews with these stars, as the service counts them."""
    for number, rating in enumerate(stars, start=1):
        fields = {
            "order_number": f"BP00000000{number}",
            "author_name": f"Chị {number}",
            "rating": rating,
            "text": "Giòn, thơm",
            "created_at": clock.now(),
        }
        Review.objects.create(product=shop.product, **(fields | changes))
    change(shop, rating_sum=sum(stars), rating_count=len(stars))


def test_a_product_says_its_price_stock_seller_and_way(client: Client, shop: Shop) -> None:
    path = SALTED.format(shop.product.pk)
    product = thing(client, path, "Product")
    assert product["name"] == "Hạt điều rang muối"
    assert product["url"] == f"{SITE}{path}"
    assert product["brand"] == {"@type": "Brand", "name": "HTX Bù Đăng"}
    assert product["sku"] == shop.cashew.sku
    assert product["category"] == "Hạt điều"
    assert product["offers"] == {
        "@type": "Offer",
        "url": f"{SITE}{path}",
        "name": "Gói 500 g",
        "sku": shop.cashew.sku,
        "price": 185_000,
        "priceCurrency": "VND",
        "availability": "https://schema.org/InStock",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {
            "@type": "Organization",
            "name": "HTX Bù Đăng",
            "url": f"{SITE}/gian-hang/bu-dang-{shop.vendor.pk}",
        },
    }
    crumbs = thing(client, path, "BreadcrumbList")["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in crumbs] == [
        (1, "Sàn", f"{SITE}/"),
        (2, "Hạt điều", f"{SITE}/nganh/hat-dieu/"),
        (3, "Hạt điều rang muối", f"{SITE}{path}"),
    ]


def test_several_packs_make_one_range_of_prices(client: Client, shop: Shop) -> None:
    make_variant(shop.vendor, product=shop.product, name_vi="Gói 1 kg", price_vnd=350_000)
    index_product(shop.product.pk)
    offers = thing(client, SALTED.format(shop.product.pk), "Product")["offers"]
    assert offers["@type"] == "AggregateOffer"
    assert (offers["lowPrice"], offers["highPrice"], offers["offerCount"]) == (185_000, 350_000, 2)
    assert [offer["price"] for offer in offers["offers"]] == [185_000, 350_000]


def test_what_is_sold_out_says_so(client: Client, shop: Shop) -> None:
    path = SALTED.format(shop.product.pk)
    stock = shop.cashew.stock
    stock.on_hand = 0
    stock.save()
    index_product(shop.product.pk)
    offer = thing(client, path, "Product")["offers"]
    assert offer["availability"] == "https://schema.org/OutOfStock"


def test_ratings_are_said_only_where_there_are_reviews(client: Client, shop: Shop) -> None:
    path = SALTED.format(shop.product.pk)
    product = thing(client, path, "Product")
    assert "aggregateRating" not in product
    assert "review" not in product
    rated(shop, 5, 4, 5)
    product = thing(client, path, "Product")
    assert product["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": 4.7,
        "reviewCount": 3,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert [one["reviewRating"]["ratingValue"] for one in product["review"]].count(5) == 2
    assert {one["reviewBody"] for one in product["review"]} == {"Giòn, thơm"}


def test_a_review_that_was_removed_is_not_repeated(client: Client, shop: Shop) -> None:
    rated(shop, 1, text="Lời xấu", removed_reason="Xúc phạm")
    product = thing(client, SALTED.format(shop.product.pk), "Product")
    assert "review" not in product
    assert product["aggregateRating"]["reviewCount"] == 1


def test_each_language_names_its_own_address(client: Client, shop: Shop) -> None:
    english = f"/en/san-pham/salted-cashews-{shop.product.pk}"
    product = thing(client, english, "Product")
    assert (product["name"], product["url"]) == ("Salted cashews", f"{SITE}{english}")
    pepper = f"/san-pham/tieu-den-{shop.pepper.product_id}"
    assert thing(client, f"/en{pepper}", "Product")["url"] == f"{SITE}{pepper}"


def test_the_front_says_who_runs_it_and_how_to_search(client: Client, shop: Shop) -> None:
    site = thing(client, "/", "WebSite")
    assert site["url"] == f"{SITE}/"
    assert site["potentialAction"]["target"]["urlTemplate"] == (
        f"{SITE}/tim?q={{search_term_string}}"
    )
    english = thing(client, "/en/", "WebSite")["potentialAction"]["target"]["urlTemplate"]
    assert english == f"{SITE}/en/tim?q={{search_term_string}}"
    market = thing(client, "/", "Organization")
    assert market["name"] == "Sàn nông sản Bình Phước"


def test_lists_number_their_goods_over_all_pages(client: Client, shop: Shop) -> None:
    goods = thing(client, "/nganh/hat-dieu/", "ItemList")
    assert goods == {
        "@type": "ItemList",
        "numberOfItems": 1,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": 1,
                "url": f"{SITE}{SALTED.format(shop.product.pk)}",
            }
        ],
    }
    vendors = thing(client, "/gian-hang/", "ItemList")
    assert [one["url"] for one in vendors["itemListElement"]] == [
        f"{SITE}/gian-hang/bu-dang-{shop.vendor.pk}",
        f"{SITE}/gian-hang/loc-ninh-{shop.pepper.product.vendor_id}",
    ]


def test_a_narrowed_list_says_nothing(client: Client, shop: Shop) -> None:
    assert said(client, "/nganh/hat-dieu/?con=1") == []
    assert said(client, "/gian-hang/?loai=company") == []
    assert said(client, "/tim?q=dieu") == []


def test_a_vendor_is_a_store_where_its_address_is_shown(client: Client, shop: Shop) -> None:
    path = f"/gian-hang/bu-dang-{shop.vendor.pk}"
    assert "streetAddress" not in thing(client, path, "Organization")["address"]
    shop.vendor.street = "Thôn 3"
    shop.vendor.save()
    versions.bump_now()
    store = thing(client, path, "Store")
    assert store["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Thôn 3",
        "addressLocality": "Xã Bù Đăng",
        "addressRegion": "Thành phố Đồng Nai",
        "addressCountry": "VN",
    }
    assert store["alternateName"] == "HTX Bù Đăng"


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", "a & b", "\u2028\u2029", '"\\']
)
def test_no_name_leaves_the_block(client: Client, shop: Shop, name: str) -> None:
    change(shop, name_vi=f"Hạt {name}")
    path = SALTED.format(shop.product.pk)
    text = client.get(path).content.decode()
    assert text.count('<script type="application/ld+json">') == 1
    assert "<script>alert" not in text
    assert thing(client, path, "Product")["name"] == f"Hạt {name}"


def test_nothing_makes_no_block() -> None:
    assert structured.block(None) == ""


def test_shared_pages_show_title_text_and_a_jpeg(client: Client, shop: Shop) -> None:
    change(shop, summary_vi='Rang "củi" & muối')
    text = client.get(SALTED.format(shop.product.pk)).content.decode()
    assert '<meta property="og:title" content="Hạt điều rang muối">' in text
    assert '<meta property="og:description" content="Rang &quot;củi&quot; &amp; muối">' in text
    assert '<meta property="og:type" content="product">' in text
    assert '<meta property="og:locale" content="vi_VN">' in text
    assert f'content="{SITE}/static/img/share' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text


def test_the_policy_for_scripts_is_as_strict_as_before(client: Client, shop: Shop) -> None:
    policy = client.get(SALTED.format(shop.product.pk)).headers["Content-Security-Policy"]
    assert re.search(r"script-src 'self'(;|$)", policy)
    assert "unsafe" not in policy
