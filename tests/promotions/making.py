"""Makers of vouchers for tests."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from promotions.models import Kind, Payer, Voucher
from vendors.models import Vendor

_count = itertools.count(1)


def make_voucher(vendor: Vendor | None = None, **changes: Any) -> Voucher:
    """10 % off, once per buyer, from yesterday on without end; the province's without a vendor."""
    percent = 0 if changes.get("amount_vnd") else 10
    fields: dict[str, Any] = {
        "code": f"GIAM{next(_count)}",
        "vendor": vendor,
        "name": "Mừng mùa điều",
        "kind": Kind.PERCENT if percent else Kind.AMOUNT,
        "percent": percent,
        "per_buyer": 1,
        "starts_at": timezone.now() - timedelta(days=1),
        "payer": Payer.VENDOR if vendor else Payer.PROVINCE,
    }
    return Voucher.objects.create(**(fields | changes))
