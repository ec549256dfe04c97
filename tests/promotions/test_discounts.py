"""What vouchers are worth: exact sums, and parts that always add up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from promotions import errors
from promotions.selectors import Applied, Found, Who, _discount, apply_vouchers, clean_code
from tests.making import make_vendor
from tests.promotions.making import make_voucher
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
CHI = Who(None, "+84912345678")


@pytest.fixture
def an() -> Vendor:
    return make_vendor(name="HTX An")


@pytest.fixture
def binh() -> Vendor:
    return make_vendor(name="HTX Bình")


def refusal(applied: Applied) -> str:
    assert not applied.discounts
    (error,) = applied.refused
    return str(error)


@pytest.mark.parametrize("typed", ["điều-10", " DIEU 10", "Dieu10", "DIEU.10"])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert clean_code(typed) == "DIEU10"


def test_percent_counts_for_the_goods_of_its_vendor_alone(an: Vendor, binh: Vendor) -> None:
    code = make_voucher(an).code
    applied = apply_vouchers([code], {an.pk: [100_000, 50_000], binh.pk: [70_000]}, who=CHI)
    (discount,) = applied.discounts
    assert discount.total_vnd == 15_000
    assert applied.of_lines(an.pk, 2) == (10_000, 5_000)
    assert applied.of_lines(binh.pk, 1) == (0,)


def test_the_provinces_voucher_is_split_over_all_vendors(an: Vendor, binh: Vendor) -> None:
    code = make_voucher(amount_vnd=10_000).code
    applied = apply_vouchers([code], {an.pk: [10_000, 10_000], binh.pk: [10_000]}, who=CHI)
    assert applied.of_lines(an.pk, 2) == (3_334, 3_333)
    assert applied.of_lines(binh.pk, 1) == (3_333,)


def test_the_vendors_voucher_comes_first_and_the_provinces_takes_what_is_left(an: Vendor) -> None:
    province, own = make_voucher().code, make_voucher(an, percent=50).code
    applied = apply_vouchers([province, own], {an.pk: [100_000]}, who=CHI)
    assert [one.total_vnd for one in applied.discounts] == [50_000, 5_000]
    assert applied.of_lines(an.pk, 1) == (55_000,)


def test_the_largest_discount_is_kept(an: Vendor) -> None:
    code = make_voucher(an, percent=30, most_vnd=20_000).code
    assert apply_vouchers([code], {an.pk: [900_000]}, who=CHI).of_lines(an.pk, 1) == (20_000,)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"uses_limit": 3, "used": 3},
            "Mã giảm giá X đã được dùng hết lượt. Tổng tiền bên dưới chưa có giảm giá: "
            "bạn đặt luôn như vậy hoặc dùng mã khác.",
        ),
        (
            {"ends_at": timezone.now() - timedelta(minutes=1)},
            "Mã giảm giá X đã hết hạn. Bạn đặt không dùng mã hoặc dùng mã khác.",
        ),
        (
            {"paused_at": timezone.now()},
            "Mã giảm giá X đã hết hạn. Bạn đặt không dùng mã hoặc dùng mã khác.",
        ),
        (
            {"minimum_vnd": 150_000},
            "Mã giảm giá X dùng cho tiền hàng từ 150.000\u00a0₫. "
            "Bạn chọn thêm 50.000\u00a0₫ tiền hàng hoặc đặt không dùng mã.",
        ),
    ],
)
def test_each_refusal_says_what_to_do(
    an: Vendor, changes: dict[str, object], sentence: str
) -> None:
    make_voucher(an, code="X", **changes)
    assert refusal(apply_vouchers(["X"], {an.pk: [100_000]}, who=CHI)) == sentence


def test_a_voucher_of_tomorrow_says_from_when(an: Vendor) -> None:
    day = timezone.now() + timedelta(days=3)
    make_voucher(an, code="MAI", starts_at=day)
    told = refusal(apply_vouchers(["MAI"], {an.pk: [100_000]}, who=CHI))
    assert timezone.localtime(day).strftime("%d/%m/%Y") in told


def test_no_such_code_and_a_voucher_for_other_goods(an: Vendor, binh: Vendor) -> None:
    told = refusal(apply_vouchers(["KHONGCO"], {an.pk: [100_000]}, who=CHI))
    assert (
        told == "Không có mã giảm giá “KHONGCO”. Bạn xem lại từng chữ hoặc đặt không dùng mã nhé."
    )
    code = make_voucher(binh, code="BINH10").code
    assert refusal(apply_vouchers([code], {an.pk: [100_000]}, who=CHI)) == (
        "Mã giảm giá BINH10 dành cho hàng của HTX Bình, mà giỏ chưa có món nào. "
        "Bạn chọn thêm hoặc đặt không dùng mã."
    )


def test_one_voucher_of_each_vendor_counts_the_first_one(an: Vendor) -> None:
    first, second = make_voucher(an, code="MOT").code, make_voucher(an, code="HAI").code
    applied = apply_vouchers([first, second], {an.pk: [100_000]}, who=CHI)
    assert [one.code for one in applied.discounts] == ["MOT"]
    assert isinstance(applied.refused[0], errors.OneVoucherEach)


MONEY = st.integers(min_value=500, max_value=10_000_000)
GOODS = st.lists(st.lists(MONEY, min_size=1, max_size=5), min_size=1, max_size=6)
WORTH = st.one_of(
    st.tuples(st.integers(1, 100), st.just(0)), st.tuples(st.just(0), st.integers(1, 20_000_000))
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(goods=GOODS, data=st.data())
def test_for_any_cart_parts_add_up_and_every_vendor_gets_something(
    goods: list[list[int]], data: st.DataObject
) -> None:
    now = timezone.now()
    left = {key: list(lines) for key, lines in enumerate(goods, start=1)}
    discounts = []
    for vendor in (*data.draw(st.sets(st.sampled_from(list(left)))), None):
        percent, amount = data.draw(WORTH)
        most = data.draw(st.one_of(st.none(), MONEY))
        voucher = Found(
            1, "X", "", vendor, "", "", percent, amount, most, 0, None, 1, 0, now, None, None, 0
        )
        before = sum(sum(lines) for lines in left.values())
        try:
            discounts.append(_discount(voucher, left))
        except errors.MinimumNotReached:
            continue
        after = sum(sum(lines) for lines in left.values())
        assert before - after == discounts[-1].total_vnd >= 1
        assert most is None or discounts[-1].total_vnd <= most
    applied = Applied(tuple(discounts))
    for key, lines in enumerate(goods, start=1):
        off = applied.of_lines(key, len(lines))
        assert [line - part for line, part in zip(lines, off, strict=True)] == left[key]
        assert all(0 <= part <= line for line, part in zip(lines, off, strict=True))
        assert sum(left[key]) > 0
    total_off = sum(one.total_vnd for one in discounts)
    assert total_off == sum(
        sum(applied.of_lines(key, len(lines))) for key, lines in enumerate(goods, start=1)
    )
