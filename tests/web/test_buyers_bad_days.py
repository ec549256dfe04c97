"""Bad days at the cart and checkout: each says what happened and what to do; the rest goes on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Stock, Variant
from orders.models import CartLine, Order, Purchase
from promotions.models import Voucher
from shipping.models import Gap, Service, ShippingRate
from tests.promotions.making import make_voucher
from tests.web.buyers_making import BEN_THANH, Shop, add, address, field, make_shop, seen, shown
from vendors.models import Vendor
from vendors.states import VendorState

pytestmark = pytest.mark.django_db
REST = "Để những món này lại sau, đặt phần còn lại"
CASHEW, PEPPER, FEE = 185_000, 96_000, 22_000


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def buyer(client: Client, shop: Shop) -> Client:
    """Chi with cashews of one vendor and pepper of another."""
    add(client, shop.cashew)
    add(client, shop.pepper)
    return client


def order_the_rest(buyer: Client) -> None:
    """Press "order the rest", then order: only the pepper is bought, the cashews wait."""
    page = buyer.post("/dat-hang", address() | {"do": "rest"}, follow=True)
    assert field(page, "shown_total") == str(PEPPER + FEE)
    assert 'value="Trần Thị Chi"' in page.text
    assert buyer.post("/dat-hang", address() | seen(page)).status_code == 303
    assert Purchase.objects.get().total_vnd == PEPPER + FEE
    assert CartLine.objects.get().set_aside
    text = buyer.get("/gio").text
    assert "Để lại mua sau" in text
    assert "Hạt điều rang muối" in text


def test_sold_out(buyer: Client, shop: Shop) -> None:
    Stock.objects.filter(variant=shop.cashew).update(on_hand=0)
    for path in ("/gio", "/dat-hang"):
        text = buyer.get(path).text
        assert "Tạm hết hàng. Bỏ ra để đặt những món còn lại." in text
        assert REST in text
    order_the_rest(buyer)


def test_price_up_while_ordering(buyer: Client, shop: Shop) -> None:
    form = shown(buyer)
    Variant.objects.filter(pk=shop.cashew.pk).update(price_vnd=200_000)
    answer = buyer.post("/dat-hang", form)
    assert answer.status_code == 409
    assert (
        "Giá đã thay đổi: tổng tiền bây giờ là 340.000\u00a0₫. Mời bạn xem lại rồi đặt."
        in answer.text
    )
    assert "Giá đã đổi từ 185.000\u00a0₫ thành 200.000\u00a0₫." in answer.text
    assert "Giá đã đổi từ 185.000\u00a0₫ thành 200.000\u00a0₫." in buyer.get("/gio").text
    retried = form | seen(answer)
    assert buyer.post("/dat-hang", retried).status_code == 303


def test_vendor_suspended(buyer: Client, shop: Shop) -> None:
    Vendor.objects.filter(pk=shop.vendor.pk).update(state=VendorState.SUSPENDED)
    sentence = (
        "HTX Bù Đăng đang tạm ngừng bán. Bạn để lại sau hoặc bỏ ra, rồi đặt những món còn lại."
    )
    for path in ("/gio", "/dat-hang"):
        assert sentence in buyer.get(path).text
    order_the_rest(buyer)


def test_voucher_used_up_while_ordering(buyer: Client, shop: Shop) -> None:
    make_voucher(shop.vendor, code="DIEU10", uses_limit=1)
    form = shown(buyer) | {
        "voucher": "DIEU10",
        "shown_total": str(CASHEW - 18_500 + PEPPER + 44_000),
    }
    Voucher.objects.update(used=1)
    answer = buyer.post("/dat-hang", form)
    assert answer.status_code == 409
    assert (
        "Mã giảm giá DIEU10 đã được dùng hết lượt. Tổng tiền bên dưới chưa có giảm giá: "
        "bạn đặt luôn như vậy hoặc dùng mã khác." in answer.text
    )
    assert 'name="voucher"' not in answer.text
    assert field(answer, "shown_total") == str(CASHEW + PEPPER + 44_000)
    retried = {key: value for key, value in form.items() if key != "voucher"}
    assert buyer.post("/dat-hang", retried | seen(answer)).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"ends_at": timezone.now() - timedelta(days=1)},
            "Mã giảm giá DIEU10 đã hết hạn. Bạn đặt không dùng mã hoặc dùng mã khác.",
        ),
        (
            {"minimum_vnd": 200_000},
            "Mã giảm giá DIEU10 dùng cho tiền hàng từ 200.000\u00a0₫. "
            "Bạn chọn thêm 15.000\u00a0₫ tiền hàng hoặc đặt không dùng mã.",
        ),
    ],
)
def test_voucher_that_does_not_count(
    buyer: Client, shop: Shop, changes: dict[str, object], sentence: str
) -> None:
    make_voucher(shop.vendor, code="DIEU10", **changes)
    page = buyer.post(
        "/dat-hang", address() | {"do": "voucher", "new_voucher": "dieu10"}, follow=True
    )
    assert sentence in page.text
    assert field(page, "shown_total") == str(CASHEW + PEPPER + 44_000)
    assert 'value="place">Đặt hàng' in page.text


def test_ward_divided(buyer: Client) -> None:
    page = buyer.post(
        "/dat-hang",
        address(province="", ward="") | {"do": "old", "old": "thị trấn Tây Đằng, Ba Vì"},
        follow=True,
    )
    assert (
        "Thị trấn Tây Đằng, Huyện Ba Vì, Thành phố Hà Nội đã được chia ra. Bạn ở phần nào?"
        in page.text
    )
    assert 'value="ward-09661"' in page.text
    assert 'value="ward-09619"' in page.text
    assert field(page, "shown_ward") == ""


def test_carrier_not_serving_a_ward(buyer: Client, shop: Shop) -> None:
    Gap.objects.create(service=Service.STANDARD, ward_code=BEN_THANH, valid_from="2020-01-01")
    Gap.objects.create(service=Service.FAST, ward_code=BEN_THANH, valid_from="2020-01-01")
    page = buyer.post("/dat-hang", address() | {"do": "ward"}, follow=True)
    sentence = (
        "HTX Bù Đăng chưa có đơn vị nào giao đến Phường Bến Thành. Bạn chọn phường, xã khác, "
        "hoặc để những món này lại sau và đặt phần còn lại."
    )
    assert sentence in page.text
    assert REST not in page.text  # nothing would be left
    answer = buyer.post("/dat-hang", address() | {"shown_ward": BEN_THANH, "shown_total": "281000"})
    assert answer.status_code == 409
    assert sentence in answer.text
    assert not Order.objects.exists()


def test_one_vendor_not_serving_a_ward_leaves_the_other(buyer: Client, shop: Shop) -> None:
    ShippingRate.objects.update(vendor_id=Vendor.objects.exclude(pk=shop.vendor.pk).get().pk)
    page = buyer.post("/dat-hang", address() | {"do": "ward"}, follow=True)
    assert "HTX Bù Đăng chưa có đơn vị nào giao đến Phường Bến Thành." in page.text
    assert REST in page.text
    order_the_rest(buyer)


def test_where_no_carrier_goes_picking_up_is_said_before_it_is_ordered(
    buyer: Client, shop: Shop
) -> None:
    ShippingRate.objects.filter(vendor_id=None).update(service=Service.PICKUP, fee_vnd=0)
    text = buyer.post("/dat-hang", address() | {"do": "ward"}, follow=True).text
    assert (
        "Chưa có đơn vị nào giao đến Phường Bến Thành. Bạn sẽ đến lấy hàng tại Xã Bù Đăng, "
        "hoặc để lại mua sau." in text
    )
    rest = buyer.post("/dat-hang", address() | {"do": f"later-{shop.vendor.pk}"}, follow=True)
    assert "Hạt điều rang muối" not in rest.text
    assert CartLine.objects.get(set_aside=True).variant == shop.cashew


def test_from_the_cart_too_the_rest_is_one_press_away(buyer: Client, shop: Shop) -> None:
    Stock.objects.filter(variant=shop.cashew).update(on_hand=0)
    answer = buyer.post("/gio/de-sau", {"variant": "stopped"})
    assert (answer.status_code, answer["Location"]) == (303, "/dat-hang")
    assert CartLine.objects.get(set_aside=True).variant == shop.cashew
    back = buyer.post("/gio/lay-lai", {"variant": shop.cashew.pk})
    assert back["Location"] == "/gio"
    assert not CartLine.objects.filter(set_aside=True).exists()


def test_nobody_elses_lines_are_set_aside(buyer: Client, shop: Shop) -> None:
    other = Client()
    add(other, shop.pepper)
    other.post("/gio/de-sau", {"variant": shop.cashew.pk})
    assert not CartLine.objects.filter(set_aside=True).exists()
    assert other.post("/gio/de-sau", {"variant": "x"}).status_code == 404
