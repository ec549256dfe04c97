"""A voucher is used as often as it allows, per buyer too, and cancelling gives the use back."""

import pytest
from django.db import transaction
from django.utils import timezone

from promotions.errors import VoucherUsedByYou, VoucherUsedUp
from promotions.models import Redemption, Share, Voucher
from promotions.selectors import Discount, Who, apply_vouchers, list_vouchers, sums_by_vendor
from promotions.services.redeeming import give_back, redeem
from tests.making import make_vendor
from tests.promotions.making import make_voucher
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
CHI = Who(None, "+84912345678")


@pytest.fixture
def an() -> Vendor:
    return make_vendor(name="HTX An")


def discount_of(voucher: Voucher, *vendors: Vendor, vnd: int = 10_000) -> Discount:
    lines = {vendor.pk: [vnd] for vendor in vendors}
    vendor_id = voucher.vendor_id
    return Discount(voucher.pk, voucher.code, voucher.name, vendor_id, voucher.payer, lines)


def use(voucher: Voucher, *vendors: Vendor, who: Who = CHI, purchase: str = "BP1") -> None:
    with transaction.atomic():
        redeem(
            [discount_of(voucher, *vendors)],
            purchase_number=purchase,
            orders={vendor.pk: f"{purchase}-{vendor.pk}" for vendor in vendors},
            who=who,
            at=timezone.now(),
        )


def used(voucher: Voucher) -> int:
    return Voucher.objects.values_list("used", flat=True).get(pk=voucher.pk)


def test_a_use_is_counted_with_who_bears_it(an: Vendor) -> None:
    voucher = make_voucher(an)
    use(voucher, an)
    assert used(voucher) == 1
    share = Share.objects.get()
    assert (share.vendor_id, share.discount_vnd, share.payer) == (an.pk, 10_000, "vendor")
    assert "912345678" not in Redemption.objects.get().phone_key


def test_the_last_use_is_the_last(an: Vendor) -> None:
    voucher = make_voucher(an, uses_limit=1)
    use(voucher, an)
    with pytest.raises(VoucherUsedUp):
        use(voucher, an, who=Who(None, "+84911111111"), purchase="BP2")
    assert used(voucher) == Redemption.objects.count() == 1


@pytest.mark.parametrize("again", [CHI, Who(7, "+84911111111"), Who(7, "+84912345678")])
def test_one_buyer_is_known_by_account_and_by_phone(an: Vendor, again: Who) -> None:
    voucher = make_voucher(an)
    use(voucher, an, who=Who(7, CHI.phone))
    with pytest.raises(VoucherUsedByYou):
        use(voucher, an, who=again, purchase="BP2")
    applied = apply_vouchers([voucher.code], {an.pk: [100_000]}, who=again)
    assert isinstance(applied.refused[0], VoucherUsedByYou)
    assert used(voucher) == 1


def test_a_buyer_may_use_it_as_often_as_it_says(an: Vendor) -> None:
    twice, ever = make_voucher(an, per_buyer=2), make_voucher(an, per_buyer=None)
    for n in range(2):
        use(twice, an, purchase=f"BP{n}")
    with pytest.raises(VoucherUsedByYou):
        use(twice, an, purchase="BP9")
    for n in range(4):
        use(ever, an, purchase=f"BQ{n}")
    assert (used(twice), used(ever)) == (2, 4)


def test_paused_meanwhile_is_not_used(an: Vendor) -> None:
    voucher = make_voucher(an, paused_at=timezone.now())
    with pytest.raises(VoucherUsedUp):
        use(voucher, an)


def test_cancelling_every_order_gives_the_use_back_once(an: Vendor) -> None:
    binh = make_vendor(name="HTX Bình")
    voucher = make_voucher(uses_limit=1)
    use(voucher, an, binh)
    give_back(order_number=f"BP1-{an.pk}")
    assert used(voucher) == 1
    given = list_vouchers(Voucher.objects.for_province()).values_list("given_vnd", flat=True)
    assert list(given) == [10_000]
    assert sums_by_vendor(voucher) == [
        {"vendor_id": binh.pk, "vendor__name": "HTX Bình", "orders": 1, "given_vnd": 10_000}
    ]
    for _ in range(2):
        give_back(order_number=f"BP1-{binh.pk}")
    assert used(voucher) == 0
    use(voucher, an, purchase="BP2")
    assert used(voucher) == 1
