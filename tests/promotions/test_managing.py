"""Making vouchers: every wrong term is said, what is promised stays, changes are audited."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.errors import BadFields
from core.models import AuditEntry
from promotions.errors import CodeTaken
from promotions.models import Voucher
from promotions.services.managing import Terms, create_voucher, pause_voucher, resume_voucher
from tests.making import make_user, make_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    return make_user()


def terms(**changes: Any) -> Terms:
    now: datetime = timezone.now()
    fields: dict[str, Any] = {
        "code": "điều 10",
        "name": "Mùa điều",
        "starts_at": now,
        "ends_at": now + timedelta(days=7),
        "percent": 10,
    }
    return Terms(**(fields | changes))


def test_a_vendors_voucher_is_paid_by_the_vendor(actor: User) -> None:
    vendor = make_vendor()
    voucher = create_voucher(vendor=vendor, terms=terms(fund="kho bạc"), actor=actor)
    assert (voucher.code, voucher.payer, voucher.fund) == ("DIEU10", "vendor", "")
    assert AuditEntry.objects.get().action == "voucher.created"
    assert list(Voucher.objects.for_vendor(vendor)) == [voucher]
    assert not Voucher.objects.for_province().exists()


def test_the_provinces_voucher_says_what_it_is_paid_from(actor: User) -> None:
    with pytest.raises(BadFields) as refused:
        create_voucher(vendor=None, terms=terms(), actor=actor)
    assert list(refused.value.errors) == ["fund"]
    voucher = create_voucher(vendor=None, terms=terms(fund="QĐ 12/QĐ-UBND"), actor=actor)
    assert (voucher.payer, voucher.fund) == ("province", "QĐ 12/QĐ-UBND")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"code": "AB"}, "code", "Mã gồm 4 đến 20 chữ cái và chữ số, ví dụ DIEU10."),
        ({"code": "A" * 21}, "code", "Mã gồm 4 đến 20 chữ cái và chữ số, ví dụ DIEU10."),
        ({"name": " "}, "name", "Hãy cho biết mã này dành cho dịp gì."),
        ({"percent": 51}, "value", "Nhập từ 1 đến 50 phần trăm."),
        ({"percent": -1}, "value", "Nhập từ 1 đến 50 phần trăm."),
        ({"percent": 0}, "value", "Nhập số phần trăm hoặc số tiền, chỉ một trong hai."),
        ({"amount_vnd": 5_000}, "value", "Nhập số phần trăm hoặc số tiền, chỉ một trong hai."),
        (
            {"percent": 0, "amount_vnd": 10},
            "value",
            "Nhập số tiền từ 1.000\u00a0₫ đến 10.000.000.000\u00a0₫.",
        ),
        (
            {"percent": 0, "amount_vnd": 30_000, "minimum_vnd": 59_999},
            "minimum_vnd",
            "Luật cho giảm nhiều nhất 50%: tiền hàng phải từ 60.000\u00a0₫ trở lên.",
        ),
        ({"uses_limit": 0}, "uses_limit", "Nhập số nguyên từ 1 đến 1.000.000 hoặc để trống."),
        ({"per_buyer": 101}, "per_buyer", "Nhập số nguyên từ 1 đến 100 hoặc để trống."),
        (
            {"ends_at": timezone.now() - timedelta(days=1)},
            "ends_on",
            "Ngày cuối không được đã qua và không được trước ngày đầu.",
        ),
    ],
)
def test_each_wrong_term_says_what_to_do(
    actor: User, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(BadFields) as refused:
        create_voucher(vendor=make_vendor(), terms=terms(**changes), actor=actor)
    assert {name: str(error) for name, error in refused.value.errors.items()} == {field: sentence}
    assert not Voucher.objects.exists()


def test_a_code_is_given_once_whoever_has_it(actor: User) -> None:
    create_voucher(vendor=make_vendor(), terms=terms(), actor=actor)
    with pytest.raises(CodeTaken):
        create_voucher(vendor=make_vendor(), terms=terms(), actor=actor)


def test_pausing_and_taking_up_again_is_audited_once_each(actor: User) -> None:
    voucher = create_voucher(vendor=make_vendor(), terms=terms(), actor=actor)
    for _ in range(2):
        assert pause_voucher(voucher=voucher, actor=actor).paused_at is not None
    for _ in range(2):
        assert resume_voucher(voucher=voucher, actor=actor).paused_at is None
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["voucher.created", "voucher.paused", "voucher.resumed"]
