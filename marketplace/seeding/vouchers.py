"""Vouchers of the demo: one of the province, a few of vendors."""

from datetime import timedelta

from marketplace.seeding.sheets import Making
from promotions.models import Kind, Payer, Voucher
from vendors.models import Vendor
from vendors.states import VendorState

# Code, name, percent, amount, minimum, most.
VENDORS = (
    ("MUADIEU10", "Mừng mùa điều mới", 10, 0, 150_000, 40_000),
    ("TIEUSACH", "Cảm ơn khách quen", 0, 20_000, 200_000, None),
    ("MATONG5", "Mua mật ong tặng người thân", 5, 0, 0, 30_000),
    ("HAIHOP", "Mua từ hai hộp", 0, 30_000, 300_000, None),
)


def add_vouchers(making: Making) -> None:
    """The province's welcomes new buyers; the first vendors have one each."""
    begun, ends = making.now - timedelta(days=3), making.now + timedelta(days=60)
    Voucher.objects.create(
        code="CHAO10",
        name="Chào khách mới của sàn",
        kind=Kind.PERCENT,
        percent=10,
        most_vnd=50_000,
        minimum_vnd=100_000,
        uses_limit=2_000,
        per_buyer=1,
        starts_at=begun,
        ends_at=ends,
        payer=Payer.PROVINCE,
        fund="Chương trình xúc tiến thương mại (minh hoạ)",
    )
    sellers = Vendor.objects.filter(state=VendorState.APPROVED).order_by("pk")
    Voucher.objects.bulk_create(
        Voucher(
            code=code,
            vendor=vendor,
            name=name,
            kind=Kind.PERCENT if percent else Kind.AMOUNT,
            percent=percent,
            amount_vnd=amount,
            minimum_vnd=minimum,
            most_vnd=most,
            uses_limit=100,
            per_buyer=1,
            starts_at=begun,
            ends_at=ends,
            payer=Payer.VENDOR,
        )
        for vendor, (code, name, percent, amount, minimum, most) in zip(
            sellers[: len(VENDORS)], VENDORS, strict=False
        )
    )
