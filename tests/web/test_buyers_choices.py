"""What a buyer chooses at checkout: vouchers, ways of parcels, notes, invoices, old wards."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from core import clock
from orders.models import Cart, Order, Purchase
from promotions.models import Redemption
from shipping.models import Service, ShippingRate, Zone
from tests.making import make_user
from tests.promotions.making import make_voucher
from tests.web.buyers_making import BEN_THANH, Shop, add, address, field, make_shop, seen, shown
from web.buyers.bill import TRIES

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
COMPANY = {
    "tax_code": "0100233488",
    "company": "Công ty An",
    "company_address": "1 Lê Lợi",
    "company_email": "ketoan@an.vn",
    "agree": "1",
}


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def buyer(client: Client, shop: Shop) -> Client:
    """Chi with a pack of cashews of one vendor and one of pepper of another."""
    add(client, shop.cashew)
    add(client, shop.pepper)
    return client


def rate(service: str, fee_vnd: int) -> None:
    for zone in Zone:
        ShippingRate.objects.create(
            service=service,
            zone=zone,
            up_to_grams=100_000,
            fee_vnd=fee_vnd,
            days_min=1,
            days_max=1,
            valid_from="2020-01-01",
        )


def press(buyer: Client, do: str, **changes: object) -> "Response":
    """Press a button inside the form; the page that follows."""
    answer = buyer.post("/dat-hang", address(**changes) | {"do": do}, follow=True)
    assert answer.status_code == 200
    return answer


def step(buyer: Client, do: str, **changes: object) -> str:
    return press(buyer, do, **changes).text


def total(text: str) -> str:
    start = text.index('name="shown_total" value="') + len('name="shown_total" value="')
    return text[start : text.index('"', start)]


def test_a_voucher_typed_lowers_the_total_and_is_used_by_the_order(
    buyer: Client, shop: Shop
) -> None:
    make_voucher(shop.vendor, code="DIEU10")
    form = shown(buyer)
    page = press(buyer, "voucher", new_voucher="điều 10")
    text = page.text
    assert "−18.500\u00a0₫" in text
    assert '<input type="hidden" name="voucher" value="DIEU10">' in text
    assert total(text) == str(185_000 - 18_500 + 96_000 + 44_000)
    done = buyer.post("/dat-hang", form | seen(page) | {"voucher": "DIEU10"})
    assert done.status_code == 303
    assert Redemption.objects.get().discount_vnd == 18_500
    assert "−18.500\u00a0₫" in buyer.get("/dat-hang/xong").text


def test_a_code_typed_without_pressing_its_button_is_shown_before_anything_is_ordered(
    buyer: Client, shop: Shop
) -> None:
    make_voucher(shop.vendor, code="DIEU10")
    answer = buyer.post("/dat-hang", shown(buyer) | {"new_voucher": "DIEU10"}, follow=True)
    assert "−18.500\u00a0₫" in answer.text
    assert not Purchase.objects.exists()


def test_a_voucher_is_taken_out_again(buyer: Client, shop: Shop) -> None:
    make_voucher(shop.vendor, code="DIEU10")
    text = step(buyer, "drop-DIEU10", voucher="DIEU10")
    assert 'name="voucher"' not in text
    assert total(text) == str(185_000 + 96_000 + 44_000)


def test_codes_cannot_be_tried_out_by_the_hundred(buyer: Client, shop: Shop) -> None:
    make_voucher(shop.vendor, code="DIEU10")
    for n in range(TRIES):
        buyer.post("/fragment/dat-hang", address() | {"new_voucher": f"THU{n}"})
    answer = buyer.post("/fragment/dat-hang", address() | {"new_voucher": "DIEU10"})
    assert "Bạn đã thử quá nhiều lần." in answer.text
    assert "18.500" not in answer.text


def test_each_parcel_offers_its_ways_with_fee_and_day(buyer: Client, shop: Shop) -> None:
    rate(Service.FAST, 49_000)
    rate(Service.PICKUP, 0)
    vendor = shop.vendor.pk
    text = step(buyer, "ward")
    assert text.count('value="standard" data-choice checked') == 2
    assert "Giao nhanh" in text
    assert "Tự đến lấy tại nhà bán" in text
    assert "Xã Bù Đăng, có hàng từ thứ" in text
    assert total(text) == str(185_000 + 96_000 + 44_000)
    chosen = {f"service-{vendor}": "fast"}
    page = press(buyer, "update", **chosen)
    assert total(page.text) == str(185_000 + 96_000 + 49_000 + 22_000)
    form = shown(buyer) | chosen | seen(page)
    assert buyer.post("/dat-hang", form).status_code == 303
    assert Order.objects.get(vendor=shop.vendor).parcel.service == "fast"


def test_javascript_gets_the_same_bill_with_all_choices(buyer: Client, shop: Shop) -> None:
    rate(Service.FAST, 49_000)
    make_voucher(code="TINH", amount_vnd=10_000)
    choices = {f"service-{shop.vendor.pk}": "fast", "new_voucher": "tỉnh", "note": "x"}
    answer = buyer.post("/fragment/dat-hang", address() | choices)
    assert field(answer, "shown_total") == str(185_000 + 96_000 - 10_000 + 49_000 + 22_000)
    assert answer["Cache-Control"] == "no-store"


def test_a_note_to_one_vendor_is_kept_and_reaches_it(buyer: Client, shop: Shop) -> None:
    name = f"note-{shop.vendor.pk}"
    assert 'value="Gói quà &amp; ghi thiệp"' in step(buyer, "ward", **{name: "Gói quà & ghi thiệp"})
    assert buyer.post("/dat-hang", shown(buyer) | {name: "Gói quà"}).status_code == 303
    notes = dict(Order.objects.values_list("vendor_id", "note"))
    assert notes.pop(shop.vendor.pk) == "Gói quà"
    assert set(notes.values()) == {""}


def test_a_company_gets_its_invoice_data_onto_the_purchase(buyer: Client) -> None:
    assert buyer.post("/dat-hang", shown(buyer) | COMPANY).status_code == 303
    purchase = Purchase.objects.get()
    assert (purchase.invoice_tax_code, purchase.invoice_name) == ("0100233488", "Công ty An")
    assert "Công ty An" in buyer.get("/dat-hang/xong").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"tax_code": "0100233489"}, None),
        ({"company": ""}, "Nhập tên công ty đúng như giấy đăng ký."),
        ({"company_address": ""}, "Nhập địa chỉ đăng ký của công ty."),
        ({"company_email": "ketoan"}, "Nhập e-mail nhận hóa đơn, ví dụ ketoan@example.com."),
        ({"agree": ""}, "Hãy đánh dấu đồng ý cho nhà bán xem, hoặc xóa trống phần hóa đơn."),
    ],
)
def test_wrong_invoice_data_is_said_at_its_field_and_unfolded(
    buyer: Client, wrong: dict[str, str], sentence: str | None
) -> None:
    answer = buyer.post("/dat-hang", shown(buyer) | COMPANY | wrong)
    (name,) = wrong
    assert answer.status_code == 400
    assert f'id="e-{name}"' in answer.text
    assert sentence is None or sentence in answer.text
    assert '<details class="fold" open><summary class="asked">Xuất hóa đơn công ty' in answer.text
    assert not Purchase.objects.exists()


def test_an_old_address_fills_in_the_ward_of_today(buyer: Client) -> None:
    text = step(buyer, "old", province="", ward="", old="Bến Nghé, Quận 1")
    assert "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh nay là:" in text
    assert '<option value="26740" selected>Phường Sài Gòn</option>' in text
    assert Cart.objects.get().ward_code == "26740"


def test_several_wards_of_one_old_name_are_shown_to_choose_from(buyer: Client) -> None:
    text = step(buyer, "old", province="", ward="", old="đức phong")
    assert 'value="ward-25396"' in text
    assert 'value="ward-21433"' in text
    assert '<option value="25396" selected' not in text
    text = step(buyer, "ward-25396", province="", ward="", old="đức phong")
    assert '<option value="25396" selected>Xã Bù Đăng</option>' in text


def test_an_old_ward_nobody_knows_says_how_to_write_it(buyer: Client) -> None:
    text = step(buyer, "old", ward="", old="Phường Trên Mây")
    assert (
        "Chưa tìm thấy phường, xã cũ nào tên như vậy. Bạn ghi cả phường xã lẫn quận huyện, hoặc "
        "chọn trong hai danh sách phía trên." in text
    )


def test_signing_in_joins_the_carts_and_says_so_for_a_while(shop: Shop) -> None:
    user = make_user()
    phone, laptop = Client(), Client()
    phone.force_login(user)
    add(phone, shop.cashew)
    add(laptop, shop.pepper)
    signed_in = laptop.post(
        "/tai-khoan/dang-nhap/",
        {"login": str(user.phone).replace("+84", "0"), "password": "mat-khau-rieng"},
    )
    assert signed_in.status_code == 302
    assert Cart.objects.get().lines.count() == 2  # at once, before any page asks for it
    told = "Hàng bạn chọn trên máy này đã gộp vào giỏ hàng của tài khoản."
    text = laptop.get("/gio").text
    assert told in text
    assert "Hạt điều rang muối" in text
    assert "Tiêu đen" in text
    with clock.shifted(timedelta(minutes=11)):
        assert told not in laptop.get("/gio").text
    assert "Tiêu đen" in phone.get("/gio").text


def test_the_english_checkout_offers_the_same(buyer: Client) -> None:
    rate(Service.FAST, 49_000)
    text = buyer.post("/en/dat-hang", address() | {"do": "ward"}, follow=True).text
    for words in (
        "Fast delivery",
        "I have a voucher",
        "Invoice for a company",
        "I only know the old address, with a district",
        f'<option value="{BEN_THANH}" selected>',
    ):
        assert words in text


def test_the_vendor_sees_notes_way_and_invoice_of_its_order(buyer: Client, shop: Shop) -> None:
    rate(Service.PICKUP, 0)
    choices = {f"service-{shop.vendor.pk}": "pickup", f"note-{shop.vendor.pk}": "Gói quà"}
    form = shown(buyer, **choices) | COMPANY
    placed = buyer.post("/dat-hang", form)
    assert placed.status_code == 303
    order = Order.objects.get(vendor=shop.vendor)
    user = make_user()
    shop.vendor.members.create(user=user)
    seller = Client()
    seller.force_login(user)
    text = seller.get(f"/ban-hang/don-hang/{order.number}/").text
    for words in ("Khách đến lấy", "Gói quà", "Khách cần hóa đơn", "Công ty An", "0100233488"):
        assert words in text
    page = buyer.get(f"/don-hang/{Purchase.objects.get().number}").text
    assert "Bạn đến lấy tại <b>Xã Bù Đăng</b>" in page
    assert "Bạn đến lấy: xem hàng rồi trả tiền" in page


HOSTILE = "<script>alert(1)</script>{{7*7}}${7*7}\u2028<img src=x onerror=alert(1)>"


def test_hostile_words_stay_words_wherever_they_are_shown(buyer: Client, shop: Shop) -> None:
    note = f"note-{shop.vendor.pk}"
    fields = {"old": HOSTILE, "new_voucher": HOSTILE, note: HOSTILE, "company": HOSTILE}
    pages = [step(buyer, "old", ward="", **fields), step(buyer, "voucher", **fields)]
    form = shown(buyer) | COMPANY | {"company": HOSTILE[:200], note: HOSTILE}
    assert buyer.post("/dat-hang", form).status_code == 303
    order, user = Order.objects.get(vendor=shop.vendor), make_user()
    shop.vendor.members.create(user=user)
    seller = Client()
    seller.force_login(user)
    pages += [
        buyer.get("/dat-hang/xong").text,
        buyer.get(f"/don-hang/{Purchase.objects.get().number}").text,
        seller.get(f"/ban-hang/don-hang/{order.number}/").text,
        seller.get(f"/ban-hang/don-hang/{order.number}/phieu/").text,
    ]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize("discount", ["-1", "0", "1e9", "NaN", "١٢", "99999999"])
def test_a_discount_or_fee_from_outside_counts_for_nothing(buyer: Client, discount: str) -> None:
    """S8: whatever else is posted, the total is what the rules make it."""
    extra = {"discount": discount, "discount_vnd": discount, "fee_vnd": discount, "shipping": "0"}
    extra |= {f"service-{discount}": "pickup", "service-1": discount}
    assert buyer.post("/dat-hang", shown(buyer) | extra).status_code == 303
    assert Purchase.objects.get().total_vnd == 185_000 + 96_000 + 44_000


def test_a_fee_shown_for_another_ward_is_shown_anew(buyer: Client, shop: Shop) -> None:
    """S10: the address moves to a dear zone after the fee was on the page."""
    form = shown(buyer)
    ShippingRate.objects.filter(zone=Zone.NATION).update(fee_vnd=36_000)
    far = {"province": "01", "ward": "00004"}
    answer = buyer.post("/dat-hang", form | far, follow=True)
    assert not Purchase.objects.exists()
    assert field(answer, "shown_total") == str(185_000 + 96_000 + 72_000)
    cheat = form | far | {"shown_ward": "00004"}
    assert buyer.post("/dat-hang", cheat).status_code == 409
    assert not Purchase.objects.exists()


def test_an_old_address_in_the_line_of_the_street_is_understood_too(buyer: Client) -> None:
    form = address(province="", ward="", street="12 Lê Lợi, phường Bến Nghé, quận 1")
    answer = buyer.post("/dat-hang", form)
    assert answer.status_code == 400
    assert "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh nay là:" in answer.text
    assert 'value="ward-26740"' in answer.text
