"""The page of vouchers: what everybody may use now, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from promotions.models import Voucher
from tests.making import make_vendor
from tests.promotions.making import make_voucher
from vendors.states import VendorState

pytestmark = pytest.mark.django_db


def test_only_what_counts_now_is_shown(client: Client) -> None:
    now = timezone.now()
    vendor = make_vendor(name="HTX An", short_name="An")
    make_voucher(code="TINH10")
    make_voucher(vendor, code="RIENGAN", amount_vnd=20_000, minimum_vnd=100_000, percent=0)
    make_voucher(code="HETHAN", ends_at=now - timedelta(days=1))
    make_voucher(code="NGAYMAI", starts_at=now + timedelta(days=1))
    make_voucher(code="TAMNGUNG", paused_at=now)
    make_voucher(code="HETLUOT", uses_limit=2, used=2)
    make_voucher(code="BIMAT", is_listed=False)
    make_voucher(make_vendor(state=VendorState.SUSPENDED), code="NHADONG")
    answer = client.get("/ma-giam-gia/")
    assert answer["Cache-Control"] == "no-store"
    shown = [one.code for one in Voucher.objects.all() if one.code in answer.text]
    assert sorted(shown) == ["RIENGAN", "TINH10"]
    assert answer.text.index("TINH10") < answer.text.index("RIENGAN")
    assert "giảm 20.000\u00a0₫, cho tiền hàng từ 100.000\u00a0₫" in answer.text


def test_without_any_the_page_says_so(client: Client) -> None:
    assert "Hiện chưa có mã giảm giá nào" in client.get("/ma-giam-gia/").text
    assert "There is no voucher at the moment" in client.get("/en/ma-giam-gia/").text
