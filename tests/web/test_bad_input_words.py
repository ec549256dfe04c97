"""Wrong input at checkout in both languages: the exact sentence, beside what was typed."""

import pytest
from django.test import Client

from catalog.models import Stock, Variant
from orders.models import CartLine, Hold, Order, Purchase
from tests.web.buyers_making import Shop, add, address, make_shop, seen, shown

pytestmark = pytest.mark.django_db
COUNT_VI = "Số di động có 10 chữ số, ví dụ 0912 345 678. Mời bạn đếm lại."
COUNT_EN = "A mobile number has 10 digits, such as 0912 345 678. Please count again."
BASES = pytest.mark.parametrize("base", ["", "/en"], ids=["vi", "en"])


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def buyer(client: Client, shop: Shop) -> Client:
    add(client, shop.cashew, 2)
    return client


def nothing_happened() -> None:
    assert not Purchase.objects.exists()
    assert not Order.objects.exists()
    assert not Hold.objects.exists()
    assert CartLine.objects.get().quantity == 2


@pytest.mark.parametrize(
    ("phone", "vi", "en"),
    [
        (
            "",
            "Nhập số điện thoại để bên giao hàng gọi được.",
            "Please enter the phone number the carrier can call.",
        ),
        (
            "091x",
            "Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678.",
            "A phone number has digits only, such as 0912 345 678.",
        ),
        ("0912 345 67", COUNT_VI, COUNT_EN),
        (
            "+1 555 0100",
            "Số điện thoại Việt Nam bắt đầu bằng 03, 05, 07, 08, 09 hoặc 02.",
            "A phone number in Vietnam starts with 03, 05, 07, 08, 09 or 02.",
        ),
    ],
)
def test_a_wrong_phone(buyer: Client, phone: str, vi: str, en: str) -> None:
    form = shown(buyer) | {"phone": phone}
    for base, sentence in (("", vi), ("/en", en)):
        answer = buyer.post(f"{base}/dat-hang", form)
        assert answer.status_code == 400
        assert f'<a href="#f-phone">{sentence}</a>' in answer.text
        assert f'<span class="wrong" id="e-phone">{sentence}</span>' in answer.text
        assert f'name="phone" value="{phone}"' in answer.text
        assert 'value="12 Lê Lợi"' in answer.text
    nothing_happened()


@pytest.mark.parametrize("ward", ["25396", "00000", "x"])
def test_a_wrong_ward(buyer: Client, ward: str) -> None:
    sentences = {
        "": "Phường, xã này không thuộc tỉnh đã chọn. Mời bạn chọn lại.",
        "/en": "This ward isn&#x27;t in the chosen province. Please choose again.",
    }
    form = shown(buyer) | {"ward": ward}
    for base, sentence in sentences.items():
        answer = buyer.post(f"{base}/dat-hang", form)
        assert answer.status_code == 400
        assert f'<a href="#f-ward">{sentence}</a>' in answer.text
        assert f'<span class="wrong" id="e-ward">{sentence}</span>' in answer.text
        assert '<option value="79" selected>' in answer.text
        assert 'value="Trần Thị Chi"' in answer.text
    nothing_happened()


@BASES
def test_sold_out_between_cart_and_checkout(buyer: Client, shop: Shop, base: str) -> None:
    top = {
        "": "Trong giỏ có món vừa thay đổi. Mời bạn xem lại giỏ rồi hãy đặt.",
        "/en": "Something in your cart has changed. Please look at it again before you order.",
    }
    line = {
        "": "Tạm hết hàng. Bỏ ra để đặt những món còn lại.",
        "/en": "Sold out for now. Take it out to order the rest.",
    }
    form = shown(buyer)
    Stock.objects.filter(variant=shop.cashew).update(on_hand=0)
    answer = buyer.post(f"{base}/dat-hang", form)
    assert answer.status_code == 409
    assert f"<b>{top[base]}</b>" in answer.text
    assert f'<p class="notice bad">{line[base]}</p>' in answer.text
    for typed in ("Trần Thị Chi", "0912 345 678", "12 Lê Lợi"):
        assert f'value="{typed}"' in answer.text
    nothing_happened()


@BASES
def test_fewer_left_than_in_the_cart(buyer: Client, shop: Shop, base: str) -> None:
    line = {
        "": "Chỉ còn 1. Giảm số lượng hoặc bỏ ra.",
        "/en": "Only 1 left. Lower the number or take it out.",
    }
    form = shown(buyer)
    Stock.objects.filter(variant=shop.cashew).update(on_hand=1)
    answer = buyer.post(f"{base}/dat-hang", form)
    assert answer.status_code == 409
    assert f'<p class="notice bad">{line[base]}</p>' in answer.text
    assert 'value="12 Lê Lợi"' in answer.text
    nothing_happened()


@BASES
def test_a_price_that_changed_meanwhile(buyer: Client, shop: Shop, base: str) -> None:
    top = {
        "": "Giá đã thay đổi: tổng tiền bây giờ là 422.000\u00a0₫. Mời bạn xem lại rồi đặt.",
        "/en": "Prices have changed: the total is now 422.000\u00a0₫. Please check and order "
        "again.",
    }
    line = {
        "": "Giá đã đổi từ 185.000\u00a0₫ thành 200.000\u00a0₫.",
        "/en": "The price has changed from 185.000\u00a0₫ to 200.000\u00a0₫.",
    }
    form = shown(buyer)
    Variant.objects.filter(pk=shop.cashew.pk).update(price_vnd=200_000)
    answer = buyer.post(f"{base}/dat-hang", form)
    assert answer.status_code == 409
    assert f"<b>{top[base]}</b>" in answer.text
    assert f'<p class="notice">{line[base]}</p>' in answer.text
    assert 'value="12 Lê Lợi"' in answer.text
    nothing_happened()
    assert buyer.post(f"{base}/dat-hang", address() | seen(answer)).status_code == 303
    assert Purchase.objects.get().total_vnd == 422_000
