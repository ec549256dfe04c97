"""The public pages of the shop: the same for everybody, in two languages, with few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Variant
from catalog.services.indexing import index_product
from core import versions
from tests.making import make_vendor
from tests.web.buyers_making import Shop, make_shop, offer
from vietnam.places import region_wards

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/nganh/hat-dieu/",
    "/tim",
    "/tim?q=hat+dieu",
    "/tim?q=khong-ai-ban",
    "/gian-hang/",
    "{product}",
    "{vendor}",
    "/quy-che/",
    "/khieu-nai/",
    "/du-lieu-ca-nhan/",
    "/cach-xep-hang/",
    "/giao-hang/",
)


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def path_of(shop: Shop, page: str, lang: str = "vi") -> str:
    words = "salted-cashews" if lang == "en" else "hat-dieu-rang-muoi"
    product = f"/san-pham/{words}-{shop.product.pk}"
    return page.format(product=product, vendor=f"/gian-hang/bu-dang-{shop.vendor.pk}")


def text_of(client: Client, path: str, **headers: Any) -> str:
    response = client.get(path, **headers)
    assert response.status_code == 200, path
    return response.content.decode()


def spent(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("base", "lang"), [("", "vi"), ("/en", "en")])
def test_each_public_page_opens_without_cookie_or_token(
    client: Client, shop: Shop, page: str, base: str, lang: str
) -> None:
    response = client.get(base + path_of(shop, page, lang))
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{lang}"' in text
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in text
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert "style=" not in text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same_bytes_for_a_visitor_with_a_cart(
    client: Client, shop: Shop, page: str
) -> None:
    before = text_of(Client(), path_of(shop, page))
    client.post("/gio/them", {"variant": shop.cashew.pk, "quantity": "2"})
    assert text_of(client, path_of(shop, page)) == before


@pytest.mark.parametrize(
    ("page", "most"),
    [("/nganh/hat-dieu/", 4), ("/tim?q=hat+dieu", 4), ("{product}", 5)],
)
def test_queries_stay_few_cold_and_warm(client: Client, shop: Shop, page: str, most: int) -> None:
    path = path_of(shop, page)
    client.get("/quy-che/")  # the frame with its category tree is there for all pages
    assert spent(client, path) <= most
    assert spent(client, path) <= 1


def test_the_number_of_queries_does_not_grow_with_the_goods(client: Client, shop: Shop) -> None:
    client.get("/quy-che/")
    one = spent(client, "/nganh/hat-dieu/?xep=new")
    for n in range(12):
        offer(shop.vendor, category=shop.category, slug=f"them-{n}", price_vnd=10_000 + n)
    versions.bump_now()
    client.get("/quy-che/")
    assert spent(client, "/nganh/hat-dieu/?xep=new") <= one


def test_home_shows_eight_wards_and_folds_the_rest(client: Client, shop: Shop) -> None:
    codes = [ward.code for ward in region_wards() if ward.code != shop.vendor.ward_code][:9]
    for code in codes:
        offer(make_vendor(ward_code=code), price_vnd=50_000)
    text = text_of(client, "/")
    before, folded = text.split("Xem cả 10 xã, phường")
    assert (before.count("/tim?xa="), folded.count("/tim?xa=")) == (8, 2)
    assert before.index(f"/tim?xa={shop.vendor.ward_code}") < before.index(f"/tim?xa={codes[0]}")
    assert "All 10 wards and communes" in text_of(client, "/en/")


def test_a_wrong_slug_moves_to_the_right_one(client: Client, shop: Shop) -> None:
    response = client.get(f"/san-pham/ten-cu-{shop.product.pk}")
    assert response.status_code == 301
    assert response["Location"] == path_of(shop, "{product}")
    english = client.get(f"/en/gian-hang/ten-cu-{shop.vendor.pk}")
    assert (english.status_code, english["Location"]) == (301, "/en" + path_of(shop, "{vendor}"))


def test_a_category_without_its_last_slash_moves(client: Client, shop: Shop) -> None:
    response = client.get("/nganh/hat-dieu?con=1")
    assert (response.status_code, response["Location"]) == (301, "/nganh/hat-dieu/?con=1")


@pytest.mark.parametrize(
    "path",
    [
        "/san-pham/x-999999999999999999",
        "/san-pham/x",
        "/nganh/khong-co/",
        "/gian-hang/x-1999999999",
        "/nganh/hat-dieu/?trang=9",
        "/tim?trang=5000",
        "/giao/1999999999",
    ],
)
def test_what_is_not_there_answers_404_with_a_way_on(client: Client, shop: Shop, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404


def test_missing_english_is_marked_and_has_no_hreflang(client: Client, shop: Shop) -> None:
    pepper = shop.pepper.product
    text = text_of(client, f"/en/san-pham/tieu-den-{pepper.pk}")
    assert '<h1><span lang="vi">Tiêu đen</span></h1>' in text
    assert 'rel="alternate"' not in text
    both = text_of(client, f"/en/san-pham/salted-cashews-{shop.product.pk}")
    assert "<h1>Salted cashews</h1>" in both
    assert 'hreflang="vi" href="http' in both


def test_the_switch_leads_to_the_same_page_in_the_other_language(
    client: Client, shop: Shop
) -> None:
    assert 'href="/en/tim?q=tieu" hreflang="en"' in text_of(client, "/tim?q=tieu")
    assert 'href="/tim?q=tieu" hreflang="vi"' in text_of(client, "/en/tim?q=tieu")


def test_a_search_without_marks_finds_and_keeps_what_was_typed(client: Client, shop: Shop) -> None:
    text = text_of(client, "/tim?q=hat+dieu+rang+muoi")
    assert "Hạt điều rang muối" in text
    assert 'value="hat dieu rang muoi"' in text
    assert "185.000\u00a0₫" in text


def test_words_that_never_meet_are_told_above_what_has_some(client: Client, shop: Shop) -> None:
    text = text_of(client, "/tim?q=dieu+rang+den")
    assert "Không có hàng nào có đủ các từ “dieu rang den”. Đây là những hàng có một phần." in text
    assert "Hạt điều rang muối" in text
    assert "Tiêu đen" not in text
    english = text_of(client, "/en/tim?q=dieu+rang+den")
    assert "No goods have all the words of “dieu rang den”. These have some of them." in english


def test_a_search_that_finds_nothing_offers_a_way_on(client: Client, shop: Shop) -> None:
    text = text_of(client, "/tim?q=xyzzyx")
    assert "Không tìm thấy gì cho “xyzzyx”" in text
    assert 'href="/nganh/hat-dieu/"' in text


@pytest.mark.parametrize(
    "path",
    [
        "/tim?q=" + "a" * 5000,
        "/tim?q=%00%01<script>",
        "/tim?trang=-1",
        "/tim?trang=abc&xep=DROP&tu=abc&den=-5&xa=%00&hang=%27%22",
        "/tim?tu=1e9&den=99999999999999999999",
        "/nganh/hat-dieu/?tu=500.000&den=1.000",
        "/gian-hang/?loai=x&xa=%27&ten=%00",
    ],
)
def test_senseless_parameters_are_left_out(client: Client, shop: Shop, path: str) -> None:
    assert "<script>" not in text_of(client, path)


def test_a_filter_narrows_and_can_be_taken_off(client: Client, shop: Shop) -> None:
    text = text_of(client, "/tim?tu=100.000")
    assert "Hạt điều rang muối" in text
    assert "Tiêu đen" not in text
    assert 'href="/tim">từ 100.000\u00a0₫' in text


def test_names_are_escaped_everywhere(client: Client, shop: Shop) -> None:
    vendor = make_vendor(name="<b>Vườn</b>", short_name="<i>x</i>", slug="vuon")
    bad = offer(
        vendor, category=shop.category, slug="xau", name_vi="<script>1</script>", price_vnd=9_000
    )
    for path in ("/nganh/hat-dieu/", f"/san-pham/xau-{bad.product_id}", "/gian-hang/", "/"):
        text = text_of(client, path)
        assert "<script>1" not in text
        assert "<b>Vườn" not in text
        assert "<i>x" not in text


def test_a_product_taken_down_is_gone_at_once(client: Client, shop: Shop) -> None:
    path = path_of(shop, "{product}")
    text_of(client, path)
    product = Variant.objects.get(pk=shop.cashew.pk).product
    product.state = "taken_down"
    product.save()
    index_product(product.pk)
    assert client.get(path).status_code == 404


def test_live_part_tells_stock_then_fee_and_day_to_the_ward(client: Client, shop: Shop) -> None:
    path = f"/giao/{shop.product.pk}"
    assert "còn 10" in text_of(client, f"/fragment{path}")
    half = client.post(path, {"province": "79", "ward": ""})
    assert "Phường Bến Thành" in half.content.decode()
    moved = client.post(path, {"province": "79", "ward": "26743"})
    assert (moved.status_code, moved["Location"]) == (303, path)
    text = text_of(client, f"/fragment{path}")
    assert "Đến Phường Bến Thành" in text
    assert "Phí giao 22.000\u00a0₫ cho một gói" in text
    assert client.get(f"/fragment{path}")["Cache-Control"] == "no-store"


def test_ward_options_follow_the_province(client: Client) -> None:
    text = text_of(client, "/fragment/xa?tinh=79")
    assert '<option value="26743">Phường Bến Thành</option>' in text
    assert text_of(client, "/fragment/xa?tinh=zz") == '<option value="">Chọn tỉnh trước</option>'
