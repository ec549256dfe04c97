"""A voucher is used by a purchase, and given back when its orders are cancelled."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from core import clock
from promotions.errors import VoucherUsedByYou, VoucherUsedUp
from promotions.models import Redemption, Share
from promotions.selectors import Discount, Who

# Takes one use and locks the voucher until the transaction ends: others of it wait in line.
TAKE = """
UPDATE promotions_voucher SET used = used + 1
WHERE id = %(voucher)s AND (uses_limit IS NULL OR used < uses_limit)
  AND paused_at IS NULL AND (ends_at IS NULL OR ends_at > %(at)s)
RETURNING per_buyer
"""

FREE_PLACE = """
SELECT min(n) FROM generate_series(1, %(per_buyer)s) n
WHERE NOT EXISTS (
  SELECT 1 FROM promotions_redemption r
  WHERE r.voucher_id = %(voucher)s AND r.released_at IS NULL AND r.nth = n
    AND (r.buyer_id = %(buyer)s OR r.phone_key = %(phone)s))
"""


def redeem(
    discounts: Iterable[Discount],
    *,
    purchase_number: str,
    orders: Mapping[int, str],
    who: Who,
    at: datetime,
) -> None:
    """Use these vouchers for a purchase; `orders` is {vendor id: number of its order}.

    Runs inside the caller's transaction, as its last lock: vouchers by key, each by one
    conditional UPDATE, so that none is used more often than it allows, in all or per buyer.
    Raises VoucherUsedUp, VoucherUsedByYou: the caller's transaction must roll back.
    """
    for discount in sorted(discounts, key=lambda one: one.voucher_id):
        nth = _take(discount, who, at)
        redemption = Redemption.objects.create(
            voucher_id=discount.voucher_id,
            purchase_number=purchase_number,
            buyer_id=who.user_id,
            phone_key=who.phone_key,
            nth=nth,
            discount_vnd=discount.total_vnd,
            at=at,
        )
        Share.objects.bulk_create(
            Share(
                redemption=redemption,
                order_number=orders[vendor_id],
                vendor_id=vendor_id,
                discount_vnd=discount.of_vendor(vendor_id),
                payer=discount.payer,
            )
            for vendor_id in discount.lines
        )


def give_back(*, order_number: str) -> None:
    """An order was cancelled: its share is void, and with the last share the use is free again.

    Runs inside the caller's transaction, after the locks of order and stock; locks redemptions by
    key. Twice is safe.
    """
    with transaction.atomic():
        held = Redemption.objects.select_for_update(of=("self",)).filter(
            shares__order_number=order_number, released_at__isnull=True
        )
        redemptions = list(held.order_by("pk"))
        now = clock.now()
        Share.objects.filter(order_number=order_number, released_at__isnull=True).update(
            released_at=now
        )
        for redemption in redemptions:
            if not redemption.shares.filter(released_at__isnull=True).exists():
                _free(redemption, now)


def _take(discount: Discount, who: Who, at: datetime) -> int | None:
    """One use, and the buyer's place among those they are allowed."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"voucher": discount.voucher_id, "at": at})
        row = cursor.fetchone()
        if row is None:
            raise VoucherUsedUp(voucher=discount.code)
        if row[0] is None:
            return None
        values = {"voucher": discount.voucher_id, "per_buyer": row[0]}
        values |= {"buyer": who.user_id, "phone": who.phone_key}
        cursor.execute(FREE_PLACE, values)
        (nth,) = cursor.fetchone()
    if nth is None:
        raise VoucherUsedByYou(voucher=discount.code)
    return int(nth)


def _free(redemption: Redemption, now: datetime) -> None:
    redemption.released_at = now
    redemption.save(update_fields=["released_at"])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE promotions_voucher SET used = used - 1 WHERE id = %s", [redemption.voucher_id]
        )
