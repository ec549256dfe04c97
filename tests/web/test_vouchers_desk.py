"""Vouchers at both desks: made, paused, and their uses seen by those whose they are."""

import pytest
from django.test import Client
from django.utils import timezone

from core.models import AuditEntry
from promotions.models import Voucher
from tests.making import make_user
from tests.promotions.making import make_voucher
from tests.web.sellers_making import browser_of, desk

pytestmark = pytest.mark.django_db
FORM = {
    "code": "điều 10",
    "name": "Mừng mùa điều",
    "kind": "percent",
    "value": "10",
    "minimum_vnd": "100k",
    "most_vnd": "50.000",
    "uses_limit": "1.000",
    "per_buyer": "1",
    "ends_on": "2099-12-31",
    "is_listed": "on",
}


@pytest.fixture
def staff() -> Client:
    return browser_of(make_user(is_staff=True))


def test_a_seller_makes_a_voucher_and_sees_it_in_the_list() -> None:
    page, vendor = desk()
    assert "Bạn chưa có mã giảm giá nào." in page.get("/ban-hang/ma-giam-gia/").text
    made = page.post("/ban-hang/ma-giam-gia/moi/", FORM)
    assert (made.status_code, made["Location"]) == (302, "/ban-hang/ma-giam-gia/")
    voucher = Voucher.objects.get()
    assert (voucher.vendor, voucher.code, voucher.percent) == (vendor, "DIEU10", 10)
    assert (voucher.minimum_vnd, voucher.most_vnd, voucher.uses_limit) == (100_000, 50_000, 1000)
    assert voucher.ends_at is not None
    assert timezone.localtime(voucher.ends_at).strftime("%H:%M %d/%m/%Y") == "00:00 01/01/2100"
    text = page.get("/ban-hang/ma-giam-gia/").text
    assert "DIEU10" in text
    assert "giảm 10%, tối đa 50.000\u00a0₫, cho tiền hàng từ 100.000\u00a0₫" in text
    assert "Đang dùng được" in text


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept() -> None:
    page, _ = desk()
    wrong = FORM | {"value": "80", "ends_on": "2020-01-01", "minimum_vnd": "nhiều"}
    answer = page.post("/ban-hang/ma-giam-gia/moi/", wrong)
    assert answer.status_code == 422
    assert "Viết số tiền chẵn đồng, ví dụ 50.000." in answer.text
    answer = page.post("/ban-hang/ma-giam-gia/moi/", wrong | {"minimum_vnd": ""})
    assert "Nhập từ 1 đến 50 phần trăm." in answer.text
    assert "Ngày cuối không được đã qua và không được trước ngày đầu." in answer.text
    assert 'value="Mừng mùa điều"' in answer.text
    assert not Voucher.objects.exists()


def test_a_code_that_another_vendor_has_is_taken() -> None:
    page, _ = desk()
    make_voucher(code="DIEU10")
    answer = page.post("/ban-hang/ma-giam-gia/moi/", FORM)
    assert answer.status_code == 422
    assert "Mã này đã có người dùng. Bạn chọn mã khác nhé." in answer.text


def test_a_seller_pauses_and_lets_it_count_again() -> None:
    page, vendor = desk()
    voucher = make_voucher(vendor)
    address = f"/ban-hang/ma-giam-gia/{voucher.pk}/"
    page.post(f"{address}tam-ngung/")
    assert "Đã tạm ngưng: mã không giảm giá nữa." in page.get(address).text
    page.post(f"{address}dung-lai/")
    voucher.refresh_from_db()
    assert voucher.paused_at is None
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["voucher.paused", "voucher.resumed"]


def test_the_province_makes_its_own_and_says_who_pays(staff: Client) -> None:
    answer = staff.post("/can-bo/ma-giam-gia/moi/", FORM)
    assert answer.status_code == 422
    assert "Hãy cho biết tỉnh chi từ nguồn nào." in answer.text
    assert staff.post("/can-bo/ma-giam-gia/moi/", FORM | {"fund": "QĐ 12"}).status_code == 302
    voucher = Voucher.objects.for_province().get()
    text = staff.get(f"/can-bo/ma-giam-gia/{voucher.pk}/").text
    assert "Tỉnh · QĐ 12" in text
    staff.post(f"/can-bo/ma-giam-gia/{voucher.pk}/")
    voucher.refresh_from_db()
    assert voucher.paused_at is not None


def test_staff_dont_touch_a_vendors_voucher_nor_sellers_the_provinces(staff: Client) -> None:
    page, vendor = desk()
    own, province = make_voucher(vendor), make_voucher()
    assert staff.get(f"/can-bo/ma-giam-gia/{own.pk}/").status_code == 404
    assert page.get(f"/ban-hang/ma-giam-gia/{province.pk}/").status_code == 404
    assert page.post(f"/ban-hang/ma-giam-gia/{province.pk}/tam-ngung/").status_code == 404


def test_the_english_desk_says_it_too(staff: Client) -> None:
    make_voucher(code="SALE10", fund="x")
    text = staff.get("/en/can-bo/ma-giam-gia/").text
    assert "10 % off" in text
    assert "Counts now" in text
