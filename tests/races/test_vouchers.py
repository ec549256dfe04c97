"""A voucher's last uses, wanted by many at one moment; and the twin that gives too many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from catalog.models import Stock
from core.errors import DomainError
from marketplace.books import run_checks
from orders.models import Purchase
from orders.services.place import place_purchase
from promotions.errors import VoucherUsedByYou, VoucherUsedUp
from promotions.models import Redemption, Share, Voucher
from promotions.selectors import Discount, Who
from promotions.services import redeeming
from promotions.services.redeeming import give_back, redeem
from tests.making import make_cart, make_placement, make_vendor
from tests.promotions.making import make_voucher
from tests.races.conftest import MakeGoods
from tests.races.together import all_at_once
from vendors.models import Vendor

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
BUYERS, USES = 24, 7
GUARD = "voucher_never_over_redeemed"
UNCONDITIONAL = """
UPDATE promotions_voucher SET used = used + 1
WHERE id = %(voucher)s AND %(at)s IS NOT NULL RETURNING per_buyer
"""


@pytest.fixture
def vendor() -> Vendor:
    return make_vendor()


def use(voucher: Voucher, vendor: Vendor, n: int, who: Who) -> None:
    """One purchase's transaction, with a moment between looking and writing as placing has."""
    discount = Discount(
        voucher.pk, voucher.code, "", vendor.pk, voucher.payer, {vendor.pk: [10_000]}
    )
    with transaction.atomic():
        redeem(
            [discount],
            purchase_number=f"BP{n}",
            orders={vendor.pk: f"BP{n}A"},
            who=who,
            at=timezone.now(),
        )


def buyers(voucher: Voucher, vendor: Vendor, crowd: int = BUYERS) -> list[Callable[[], None]]:
    return [partial(use, voucher, vendor, n, Who(None, f"+8491234{n:04d}")) for n in range(crowd)]


@pytest.mark.parametrize(("crowd", "uses"), [(BUYERS, USES), (50, 1)])
def test_a_voucher_is_used_exactly_as_often_as_it_allows(
    vendor: Vendor, crowd: int, uses: int
) -> None:
    """The second is R6: fifty want the last use."""
    voucher = make_voucher(vendor, uses_limit=uses)
    ends = all_at_once(buyers(voucher, vendor, crowd))
    refused = [end for end in ends if isinstance(end, DomainError)]
    assert len(refused) == crowd - uses
    assert all(isinstance(end, VoucherUsedUp) for end in refused)
    voucher.refresh_from_db()
    assert voucher.used == Redemption.objects.count() == Share.objects.count() == uses


def test_placing_gives_the_discount_exactly_as_often(make_goods: MakeGoods) -> None:
    variant = make_goods(BUYERS)
    voucher = make_voucher(variant.product.vendor, uses_limit=USES)
    placements = [
        make_placement(
            make_cart({variant: 1}),
            phone=f"0912000{n:03d}",
            vouchers=(voucher.code,),
            shown_total_vnd=100_000 - 10_000 + 22_000,
        )
        for n in range(BUYERS)
    ]
    ends = all_at_once([partial(place_purchase, one) for one in placements])
    assert sum(isinstance(end, Purchase) for end in ends) == USES
    refused = [end for end in ends if not isinstance(end, Purchase)]
    assert all(isinstance(end, VoucherUsedUp) for end in refused)
    assert Stock.objects.get(variant=variant).held == USES == Redemption.objects.count()


def test_one_buyer_pressing_many_times_uses_it_once(vendor: Vendor) -> None:
    voucher = make_voucher(vendor, uses_limit=USES)
    chi = Who(7, "+84912345678")
    ends = all_at_once([partial(use, voucher, vendor, n, chi) for n in range(BUYERS)])
    assert [end for end in ends if not isinstance(end, DomainError)] == [None]
    assert all(isinstance(end, VoucherUsedByYou) for end in ends if end is not None)
    assert Redemption.objects.count() == 1


def test_both_orders_of_a_purchase_cancelled_at_once_give_the_use_back_once(
    vendor: Vendor,
) -> None:
    other = make_vendor()
    voucher = make_voucher(uses_limit=USES)
    for n in range(USES):
        redemption = Redemption.objects.create(
            voucher=voucher,
            purchase_number=f"BP{n}",
            phone_key=str(n),
            discount_vnd=2,
            at=timezone.now(),
        )
        for one in (vendor, other):
            number = f"BP{n}-{one.pk}"
            redemption.shares.create(
                order_number=number, vendor=one, discount_vnd=1, payer="province"
            )
    Voucher.objects.update(used=USES)
    numbers = [f"BP{n}-{one.pk}" for n in range(USES) for one in (vendor, other)]
    ends = all_at_once([partial(give_back, order_number=number) for number in numbers * 2])
    assert not [end for end in ends if end is not None]
    voucher.refresh_from_db()
    assert voucher.used == 0
    assert not Redemption.objects.filter(released_at__isnull=True).exists()


@pytest.mark.breaks_books
def test_the_twin_without_protection_gives_too_many(
    vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same buyers, each of whom looked first: were this to pass like the first test, that one
    would prove nothing."""
    voucher = make_voucher(vendor, uses_limit=USES)
    monkeypatch.setattr(redeeming, "TAKE", UNCONDITIONAL)
    with guard_dropped():
        ends = all_at_once(buyers(voucher, vendor))
        assert ends == [None] * BUYERS
        voucher.refresh_from_db()
        assert voucher.used == Redemption.objects.count() > USES
        assert {found.check for found in run_checks()} == {"vouchers_used"}


@contextmanager
def guard_dropped() -> Iterator[None]:
    """Without the database's own refusal; it comes back with the uses gone."""
    guard = next(one for one in Voucher._meta.constraints if one.name == GUARD)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Voucher, guard)
    try:
        yield
    finally:
        Share.objects.all().delete()
        Redemption.objects.all().delete()
        Voucher.objects.update(used=0)
        with connection.schema_editor() as editor:
            editor.add_constraint(Voucher, guard)
