"""The cart through its pages: exact sentences for bad input, and nothing half-written."""

import json

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from catalog.models import Product, Stock, Variant
from orders.models import Cart, CartLine
from tests.web.buyers_making import Shop, add, make_shop

pytestmark = pytest.mark.django_db

RANGE_VI = "Hãy nhập số nguyên từ 1 đến 9.999."
RANGE_EN = "Please enter a whole number from 1 to 9,999."
ENDED_VI = "Món này không còn bán nữa. Mời bạn chọn món khác."
ENDED_EN = "This offer has ended. Please choose another one."


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def lines() -> list[tuple[int, int]]:
    return list(CartLine.objects.order_by("id").values_list("variant_id", "quantity"))


def test_adding_keeps_the_goods_and_a_guarded_cookie(client: Client, shop: Shop) -> None:
    response = add(client, shop.cashew, 2)
    assert (response.status_code, response["Location"]) == (303, f"/gio?them={shop.cashew.pk}")
    assert lines() == [(shop.cashew.pk, 2)]
    cookie = response.cookies[settings.CART_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert len(cookie.value) == 22  # 128 bits
    assert cookie.value not in Cart.objects.get().token_hash


def test_the_cookie_is_secure_where_the_market_is(
    client: Client, shop: Shop, settings: object
) -> None:
    vars(settings)  # the fixture puts settings back afterwards
    settings.CART_COOKIE_SECURE = True  # type: ignore[attr-defined]
    assert add(client, shop.cashew).cookies["cart"]["secure"] is True


def test_adding_twice_adds_up(client: Client, shop: Shop) -> None:
    add(client, shop.cashew, 2)
    add(client, shop.cashew, 3)
    assert lines() == [(shop.cashew.pk, 5)]


def test_with_javascript_the_answer_is_the_new_count(client: Client, shop: Shop) -> None:
    data = {"variant": shop.cashew.pk, "quantity": "2"}
    told = client.post("/gio/them", data, HTTP_ACCEPT="application/json")
    assert told.json() == {"count": 2, "text": "Đã thêm vào giỏ.", "go": "Xem giỏ hàng"}
    assert client.get("/fragment/gio").json() == {"count": 2}
    wrong = client.post("/gio/them", data | {"quantity": "0"}, HTTP_ACCEPT="application/json")
    assert (wrong.status_code, json.loads(wrong.content)) == (400, {"error": RANGE_VI})


@pytest.mark.parametrize(
    "quantity", ["0", "-1", "1.5", "1000000000000", "１０", "", "abc", "10000"]
)
def test_a_senseless_quantity_is_refused_with_the_range(
    client: Client, shop: Shop, quantity: str
) -> None:
    response = add(client, shop.cashew, quantity)
    assert response.status_code == 400
    assert RANGE_VI in response.content.decode()
    assert RANGE_EN in add(client, shop.cashew, quantity, base="/en").content.decode()
    assert lines() == []


@pytest.mark.parametrize(("base", "sentence"), [("", RANGE_VI), ("/en", RANGE_EN)])
@pytest.mark.parametrize("typed", ["0", "-1", "1000000000000"])
def test_a_line_keeps_its_pieces_and_what_was_typed(
    client: Client, shop: Shop, base: str, sentence: str, typed: str
) -> None:
    add(client, shop.cashew, 2)
    data = {"variant": shop.cashew.pk, "quantity": typed}
    answer = client.post(f"{base}/gio/sua", data)
    assert answer.status_code == 400
    assert f'<a href="#q{shop.cashew.pk}">{sentence}</a>' in answer.text
    assert f'<p class="notice bad" id="e{shop.cashew.pk}">{sentence}</p>' in answer.text
    assert f'data-quantity value="{typed}"' in answer.text
    assert lines() == [(shop.cashew.pk, 2)]


@pytest.mark.parametrize(
    ("base", "typed", "pieces"), [("", "1.000", 1000), ("/en", "1,000", 1000), ("/en", "1.000", 2)]
)
def test_thousands_are_read_in_the_pages_language(
    client: Client, shop: Shop, base: str, typed: str, pieces: int
) -> None:
    add(client, shop.cashew, 2)
    client.post(f"{base}/gio/sua", {"variant": shop.cashew.pk, "quantity": typed})
    assert lines() == [(shop.cashew.pk, pieces)]


@pytest.mark.parametrize("variant", ["0", "999999999", "x", "-1", "9" * 30, ""])
def test_an_unknown_variant_answers_like_an_ended_offer(
    client: Client, shop: Shop, variant: str
) -> None:
    response = client.post("/gio/them", {"variant": variant, "quantity": "1"})
    assert response.status_code == 404
    assert ENDED_VI in response.content.decode()
    english = client.post("/en/gio/them", {"variant": variant, "quantity": "1"})
    assert ENDED_EN in english.content.decode()
    assert lines() == []


def test_an_archived_and_a_draft_variant_answer_alike(client: Client, shop: Shop) -> None:
    Variant.objects.filter(pk=shop.cashew.pk).update(archived_at=timezone.now())
    Product.objects.filter(pk=shop.pepper.product_id).update(state="draft")
    for variant in (shop.cashew, shop.pepper):
        response = add(client, variant)
        assert response.status_code == 404
        assert ENDED_VI in response.content.decode()
    assert lines() == []


def test_more_than_is_left_is_refused_with_the_number(client: Client, shop: Shop) -> None:
    english = add(client, shop.cashew, 11, base="/en")
    assert english.status_code == 409
    sentence = "Only 10 left of “Salted cashews”. Lower the number or take it out."
    assert sentence in english.content.decode()
    vietnamese = add(client, shop.cashew, 11)
    assert "“Hạt điều rang muối” chỉ còn 10." in vietnamese.content.decode()
    assert lines() == []


def test_a_quantity_is_changed_and_a_wrong_one_kept_on_the_page(client: Client, shop: Shop) -> None:
    add(client, shop.cashew)
    assert client.post("/gio/sua", {"variant": shop.cashew.pk, "quantity": "3"}).status_code == 303
    wrong = client.post("/gio/sua", {"variant": shop.cashew.pk, "quantity": "0"})
    text = wrong.content.decode()
    assert wrong.status_code == 400
    assert "<title>Lỗi: Giỏ hàng" in text
    assert f'<a href="#q{shop.cashew.pk}">{RANGE_VI}</a>' in text
    assert 'data-quantity value="0" aria-invalid="true"' in text
    assert lines() == [(shop.cashew.pk, 3)]


def test_what_was_taken_out_can_be_put_back(client: Client, shop: Shop) -> None:
    add(client, shop.cashew, 4)
    gone = client.post("/gio/bo", {"variant": shop.cashew.pk})
    assert lines() == []
    text = client.get(gone["Location"]).content.decode()
    assert "Đã bỏ “Hạt điều rang muối” khỏi giỏ." in text
    assert 'name="quantity" value="4"' in text
    add(client, shop.cashew, 4)
    assert lines() == [(shop.cashew.pk, 4)]


def test_the_note_about_a_removal_names_no_draft(client: Client, shop: Shop) -> None:
    Product.objects.filter(pk=shop.cashew.product_id).update(state="draft")
    text = client.get(f"/gio?bo={shop.cashew.pk}&sl=1").content.decode()
    assert "Hạt điều rang muối" not in text


def test_goods_are_grouped_by_vendor_with_their_sums(client: Client, shop: Shop) -> None:
    add(client, shop.cashew, 2)
    add(client, shop.pepper)
    text = client.get("/gio").content.decode()
    assert text.count('<section class="parcel">') == 2
    assert "370.000\u00a0₫" in text
    assert "466.000\u00a0₫" in text


def test_a_changed_price_and_a_sold_out_line_are_told(client: Client, shop: Shop) -> None:
    add(client, shop.cashew)
    add(client, shop.pepper, 2)
    Variant.objects.filter(pk=shop.cashew.pk).update(price_vnd=190_000)
    Stock.objects.filter(variant=shop.pepper).update(on_hand=1)
    text = client.get("/gio").content.decode()
    assert "Giá đã đổi từ 185.000\u00a0₫ thành 190.000\u00a0₫." in text
    assert "Chỉ còn 1. Giảm số lượng hoặc bỏ ra." in text
    assert 'href="/dat-hang"' not in text


def test_nobody_sees_or_changes_another_devices_cart(client: Client, shop: Shop) -> None:
    add(client, shop.cashew, 2)
    other = Client()
    other.cookies[settings.CART_COOKIE_NAME] = "guessed-token-guessed-t"
    assert "Giỏ hàng đang trống" in other.get("/gio").content.decode()
    other.post("/gio/bo", {"variant": shop.cashew.pk})
    assert other.post("/gio/sua", {"variant": shop.cashew.pk, "quantity": "1"}).status_code == 404
    assert lines() == [(shop.cashew.pk, 2)]


def test_a_post_from_a_foreign_page_is_refused(client: Client, shop: Shop) -> None:
    data = {"variant": shop.cashew.pk, "quantity": "1"}
    assert client.post("/gio/them", data, HTTP_ORIGIN="https://evil.vn").status_code == 403
    assert client.post("/gio/them", data, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert lines() == []


@pytest.mark.parametrize("path", ["/gio/them", "/gio/sua", "/gio/bo"])
def test_reading_never_changes_the_cart(client: Client, shop: Shop, path: str) -> None:
    assert client.get(path, {"variant": shop.cashew.pk, "quantity": 1}).status_code == 405
    assert lines() == []
