"""Checkout through its page: typed words stay, fees come first, one purchase per confirmation."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Stock, Variant
from core import valkey
from orders.models import Cart, CartLine, Order, OrderLine, Purchase
from orders.services.cart import set_ward
from shipping.models import ShippingRate
from tests.web.buyers_making import BEN_THANH, Shop, add, address, field, make_shop, seen, shown
from web.buyers import grants

pytestmark = pytest.mark.django_db

ONE_CASHEW = 185_000 + 22_000


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def buyer(client: Client, shop: Shop) -> Client:
    """Chi with one pack of cashews in her cart."""
    add(client, shop.cashew)
    return client


def test_an_empty_cart_has_no_checkout(client: Client) -> None:
    assert client.get("/dat-hang")["Location"] == "/gio"
    assert client.post("/dat-hang", address())["Location"] == "/gio"


def test_a_guest_buys_from_two_vendors_and_gets_two_orders(buyer: Client, shop: Shop) -> None:
    add(buyer, shop.pepper, 2)
    placed = buyer.post("/dat-hang", shown(buyer))
    assert (placed.status_code, placed["Location"]) == (303, "/dat-hang/xong")
    purchase = Purchase.objects.get()
    assert purchase.total_vnd == 185_000 + 2 * 96_000 + 2 * 22_000
    assert (purchase.phone, purchase.ward_code, purchase.language) == (
        "+84912345678",
        BEN_THANH,
        "vi",
    )
    assert Order.objects.count() == 2
    text = buyer.get("/dat-hang/xong").content.decode()
    assert purchase.number in text
    assert all(order.number in text for order in Order.objects.all())
    assert "421.000\u00a0₫" in text
    assert not CartLine.objects.exists()


def test_the_english_checkout_works_too(buyer: Client) -> None:
    page = buyer.post("/en/dat-hang", address() | {"do": "ward"}, follow=True)
    assert "Place the order, 207.000\u00a0₫" in page.content.decode()
    assert buyer.post("/en/dat-hang", address() | seen(page))["Location"] == "/en/dat-hang/xong"
    assert Purchase.objects.get().language == "en"
    assert "Thank you, your order has been placed" in buyer.get("/en/dat-hang/xong").text


def test_packs_are_named_in_the_language_of_the_page(buyer: Client, shop: Shop) -> None:
    buyer.post("/dat-hang", shown(buyer))
    assert '<span class="small soft">Gói 500 g</span>' in buyer.get("/dat-hang/xong").text
    assert '<span class="small soft">500 g pack</span>' in buyer.get("/en/dat-hang/xong").text
    OrderLine.objects.update(variant_name_en="")
    assert '<span lang="vi">Gói 500 g</span>' in buyer.get("/en/dat-hang/xong").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Hãy cho biết tên người nhận hàng."),
        ({"name": "a" * 121}, "Tên dài nhất 120 ký tự."),
        ({"phone": ""}, "Nhập số điện thoại để bên giao hàng gọi được."),
        ({"phone": "0912 345 67"}, "Số di động có 10 chữ số, ví dụ 0912 345 678. Mời bạn đếm lại."),
        ({"phone": "091x"}, "Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678."),
        (
            {"phone": "+1 555 0100"},
            "Số điện thoại Việt Nam bắt đầu bằng 03, 05, 07, 08, 09 hoặc 02.",
        ),
        ({"province": ""}, "Chọn tỉnh hoặc thành phố."),
        ({"ward": ""}, "Chọn phường hoặc xã."),
        ({"ward": "25396"}, "Phường, xã này không thuộc tỉnh đã chọn. Mời bạn chọn lại."),
        ({"ward": "00000"}, "Phường, xã này không thuộc tỉnh đã chọn. Mời bạn chọn lại."),
        ({"street": ""}, "Nhập số nhà, tên đường hoặc thôn, ấp."),
        ({"email": "chi@"}, "E-mail chưa đúng. Ví dụ đúng: an@example.com."),
        ({"note": "x" * 301}, "Lời nhắn dài nhất 300 ký tự."),
    ],
)
def test_each_wrong_field_says_what_to_do_and_keeps_the_rest(
    buyer: Client, wrong: dict[str, object], sentence: str
) -> None:
    response = buyer.post("/dat-hang", shown(buyer) | wrong)
    text = response.content.decode()
    assert response.status_code == 400
    assert "<title>Lỗi: " in text
    (name,) = wrong
    assert f'<a href="#f-{name}">{sentence}</a>' in text
    assert f'<span class="wrong" id="e-{name}">{sentence}</span>' in text
    if name != "street":
        assert 'value="12 Lê Lợi"' in text
    assert not Purchase.objects.exists()
    assert CartLine.objects.count() == 1


def test_english_errors_begin_the_title_too(buyer: Client) -> None:
    text = buyer.post("/en/dat-hang", address(street="")).content.decode()
    assert "<title>Error: " in text
    assert "Please enter house number and street, or hamlet." in text


def test_choosing_the_province_keeps_what_was_typed(buyer: Client) -> None:
    step = buyer.post("/dat-hang", address(ward="", street="") | {"do": "province"})
    assert (step.status_code, step["Location"]) == (303, "/dat-hang?buoc=tinh#f-ward")
    text = buyer.get(step["Location"]).text
    assert 'value="Trần Thị Chi"' in text
    assert f'<option value="{BEN_THANH}">Phường Bến Thành</option>' in text
    assert '<span class="soft">chọn xã, phường</span>' in text


def test_the_fee_is_shown_before_an_order_is_taken(buyer: Client) -> None:
    """Without JavaScript somebody may order before any fee was on the page."""
    step = buyer.post("/dat-hang", address())
    assert (step.status_code, step["Location"]) == (303, "/dat-hang?buoc=xem-phi")
    first = buyer.get(step["Location"])
    assert (
        "Đây là phí giao đến Phường Bến Thành. Mời bạn xem lại tổng tiền rồi bấm đặt hàng."
        in first.text
    )
    assert "<title>Lỗi" not in first.text
    assert 'value="0912 345 678"' in first.text
    assert field(first, "shown_total") == str(ONE_CASHEW)
    assert not Purchase.objects.exists()


def test_what_was_typed_is_gone_once_the_order_is_placed(buyer: Client, shop: Shop) -> None:
    buyer.post("/dat-hang", shown(buyer))
    assert buyer.get("/dat-hang?buoc=phi")["Location"] == "/gio"
    add(buyer, shop.pepper)
    assert "Trần Thị Chi" not in buyer.get("/dat-hang?buoc=phi").text


def test_what_was_typed_is_shown_to_its_own_cart_alone(buyer: Client, shop: Shop) -> None:
    buyer.post("/dat-hang", address() | {"do": "ward"})
    other = Client()
    add(other, shop.cashew)
    assert "Trần Thị Chi" in buyer.get("/dat-hang?buoc=phi").text
    assert "Trần Thị Chi" not in other.get("/dat-hang?buoc=phi").text
    assert "Trần Thị Chi" not in buyer.get("/dat-hang").text


def test_without_valkey_a_step_is_answered_at_once(
    buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "ask", lambda _work, *, otherwise: otherwise)
    page = buyer.post("/dat-hang", address() | {"do": "ward"})
    assert page.status_code == 200
    assert 'value="Trần Thị Chi"' in page.text
    assert field(page, "shown_total") == str(ONE_CASHEW)


def test_the_bill_fragment_knows_the_fee_of_a_ward(buyer: Client) -> None:
    response = buyer.get("/fragment/dat-hang", {"xa": BEN_THANH})
    assert field(response, "shown_total") == str(ONE_CASHEW)
    assert field(response, "shown_ward") == BEN_THANH
    assert response["Cache-Control"] == "no-store"
    assert Client().get("/fragment/dat-hang", {"xa": BEN_THANH}).status_code == 204


def test_a_second_click_returns_the_first_purchase(buyer: Client) -> None:
    form = shown(buyer)
    buyer.post("/dat-hang", form)
    again = buyer.post("/dat-hang", form)
    assert (again.status_code, again["Location"]) == (303, "/dat-hang/xong")
    assert Purchase.objects.count() == 1
    assert Order.objects.count() == 1


@pytest.mark.parametrize("total", ["9" * 5000, "0", "-1", "1", "abc", "", "1e2", "9" * 40])
def test_a_total_from_outside_counts_for_nothing(buyer: Client, total: str) -> None:
    response = buyer.post("/dat-hang", shown(buyer) | {"shown_total": total})
    assert response.status_code == 409
    assert "207.000\u00a0₫" in response.content.decode()
    assert not Purchase.objects.exists()


def test_a_price_that_rose_meanwhile_is_shown_and_not_charged(buyer: Client, shop: Shop) -> None:
    form = shown(buyer)
    Variant.objects.filter(pk=shop.cashew.pk).update(price_vnd=200_000)
    response = buyer.post("/dat-hang", form)
    text = response.content.decode()
    assert response.status_code == 409
    assert "222.000\u00a0₫" in text
    assert "Giá đã đổi từ 185.000\u00a0₫ thành 200.000\u00a0₫." in text
    assert 'value="Trần Thị Chi"' in text
    assert not Purchase.objects.exists()
    retried = form | seen(response)
    assert buyer.post("/dat-hang", retried).status_code == 303


def test_sold_out_meanwhile_keeps_the_form_and_lets_the_rest_go_on(
    buyer: Client, shop: Shop
) -> None:
    add(buyer, shop.pepper)
    form = shown(buyer)
    Stock.objects.filter(variant=shop.cashew).update(on_hand=0)
    response = buyer.post("/dat-hang", form)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Tạm hết hàng. Bỏ ra để đặt những món còn lại." in text
    assert f'value="out-{shop.cashew.pk}"' in text
    assert 'value="12 Lê Lợi"' in text
    mended = buyer.post("/dat-hang", form | {"do": f"out-{shop.cashew.pk}"}, follow=True)
    assert 'value="12 Lê Lợi"' in mended.content.decode()
    last = form | seen(mended)
    assert buyer.post("/dat-hang", last).status_code == 303
    assert Purchase.objects.get().total_vnd == 96_000 + 22_000


def test_fewer_left_than_wanted_can_be_lowered_in_one_press(buyer: Client, shop: Shop) -> None:
    add(buyer, shop.cashew, 4)
    Stock.objects.filter(variant=shop.cashew).update(on_hand=3)
    page = buyer.get("/dat-hang")
    assert f'value="less-{shop.cashew.pk}"' in page.content.decode()
    buyer.post("/dat-hang", address() | {"do": f"less-{shop.cashew.pk}"})
    assert CartLine.objects.get().quantity == 3


def test_a_vendor_that_does_not_deliver_there_is_told(buyer: Client) -> None:
    ShippingRate.objects.all().delete()
    response = buyer.post("/dat-hang", address() | {"do": "ward"}, follow=True)
    text = response.content.decode()
    assert "HTX Bù Đăng" in text
    assert (
        "HTX Bù Đăng chưa có đơn vị nào giao đến Phường Bến Thành. Bạn chọn phường, xã khác, "
        "hoặc để những món này lại sau và đặt phần còn lại." in text
    )
    assert 'value="place">' not in text[text.index('id="bill"') :]
    assert not Purchase.objects.exists()


def test_a_remembered_ward_is_chosen_already(buyer: Client) -> None:
    set_ward(cart=Cart.objects.get(), ward_code=BEN_THANH)
    page = buyer.get("/dat-hang")
    assert f'<option value="{BEN_THANH}" selected>' in page.content.decode()
    assert field(page, "shown_total") == str(ONE_CASHEW)


def test_the_confirmation_is_for_the_device_that_ordered(buyer: Client) -> None:
    placed = buyer.post("/dat-hang", shown(buyer))
    cookie = placed.cookies[grants.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    other = Client()
    assert other.get("/dat-hang/xong")["Location"] == "/don-hang/"
    other.cookies[grants.COOKIE] = "forged:cookie"
    assert other.get("/dat-hang/xong")["Location"] == "/don-hang/"


def test_the_checkout_shows_seven_fields(buyer: Client) -> None:
    text = buyer.get("/dat-hang").content.decode()
    form = text[text.index('<form class="checkout"') :]
    unfolded = re.sub(r"<details class=\"fold\">.*?</details>", "", form, flags=re.DOTALL)
    assert unfolded.count('id="f-') == 7
    assert unfolded.count("<input") - unfolded.count('type="hidden"') == 5


def test_private_pages_are_never_stored(buyer: Client) -> None:
    for path in ("/gio", "/dat-hang", "/don-hang/"):
        assert buyer.get(path)["Cache-Control"] == "no-store"


def test_a_guests_pages_ask_little_of_the_database(
    buyer: Client, shop: Shop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Cart and checkout without the placing itself; the frame is there already."""
    buyer.get("/quy-che/")
    with django_assert_max_num_queries(2):
        buyer.get("/gio")
    with django_assert_max_num_queries(2):
        buyer.get("/dat-hang")
    with django_assert_max_num_queries(4):
        buyer.get("/fragment/dat-hang", {"xa": BEN_THANH})
    with django_assert_max_num_queries(3):
        add(buyer, shop.pepper)


def test_taking_out_the_last_line_leads_back_to_the_cart(buyer: Client, shop: Shop) -> None:
    answer = buyer.post("/dat-hang", address() | {"do": f"out-{shop.cashew.pk}"})
    assert (answer.status_code, answer["Location"]) == (303, "/gio")
