"""What vouchers are worth for a cart. Reads only; nothing is promised before `redeem`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core import clock
from core.money import allocate
from promotions import errors, rules
from promotions.models import Share, Voucher
from vendors.states import VendorState
from vietnam.money import format_vnd
from vietnam.text import fold

MOST_CODES = 12
LONGEST_CODE = 20
_NOT_CODE = re.compile(r"[^A-Z0-9]")

FIND = """
SELECT voucher.id, voucher.code, voucher.name, voucher.vendor_id,
       COALESCE(NULLIF(vendor.short_name, ''), vendor.name, '') AS vendor_label,
       voucher.payer, voucher.percent, voucher.amount_vnd, voucher.most_vnd, voucher.minimum_vnd,
       voucher.uses_limit, voucher.per_buyer, voucher.used, voucher.starts_at, voucher.ends_at,
       voucher.paused_at,
       (SELECT count(*) FROM promotions_redemption r
        WHERE r.voucher_id = voucher.id AND r.released_at IS NULL
          AND (r.buyer_id = %(buyer)s OR r.phone_key = %(phone)s)) AS used_by_buyer
FROM promotions_voucher voucher LEFT JOIN vendors_vendor vendor ON vendor.id = voucher.vendor_id
WHERE voucher.code = ANY(%(codes)s)
"""


class Found(NamedTuple):
    """A voucher as the pricing needs it."""

    id: int
    code: str
    name: str
    vendor_id: int | None
    vendor_label: str
    payer: str
    percent: int
    amount_vnd: int
    most_vnd: int | None
    minimum_vnd: int
    uses_limit: int | None
    per_buyer: int | None
    used: int
    starts_at: datetime
    ends_at: datetime | None
    paused_at: datetime | None
    used_by_buyer: int


@dataclass(frozen=True, slots=True)
class Who:
    """The buyer as vouchers count them: by account, and by phone."""

    user_id: int | None = None
    phone: str = ""

    @property
    def phone_key(self) -> str:
        """A keyed hash: enough to count by, and no phone number."""
        return salted_hmac("promotions.phone", self.phone).hexdigest()[:40] if self.phone else ""


@dataclass(frozen=True, slots=True)
class Discount:
    """What one voucher takes off: đồng per line of each vendor's goods."""

    voucher_id: int
    code: str
    name: str
    vendor_id: int | None
    payer: str
    lines: Mapping[int, Sequence[int]]

    @property
    def total_vnd(self) -> int:
        return sum(sum(parts) for parts in self.lines.values())

    def of_vendor(self, vendor_id: int) -> int:
        return sum(self.lines.get(vendor_id, ()))


@dataclass(frozen=True, slots=True)
class Applied:
    """The vouchers that count, and why the others don't."""

    discounts: tuple[Discount, ...] = ()
    refused: tuple[errors.VoucherRefused, ...] = field(default=())

    def of_lines(self, vendor_id: int, count: int) -> tuple[int, ...]:
        """Đồng off each line of a vendor's goods, over all vouchers."""
        every = [one.lines[vendor_id] for one in self.discounts if vendor_id in one.lines]
        return tuple(map(sum, zip(*every, strict=True))) if every else (0,) * count


# Vendor -> the totals of its lines, in the order of the cart.
Goods = Mapping[int, Sequence[int]]


def clean_code(typed: str) -> str:
    """A code as it is stored: "điều-10 " -> "DIEU10"."""
    return _NOT_CODE.sub("", fold(typed[:80]).upper())


def clean_codes(typed: Iterable[str]) -> tuple[str, ...]:
    """Codes in the order they were typed, each once, at most MOST_CODES."""
    codes = dict.fromkeys(clean_code(one) for one in typed)
    return tuple(code for code in codes if code and len(code) <= LONGEST_CODE)[:MOST_CODES]


def apply_vouchers(
    codes: Sequence[str], goods: Goods, *, who: Who, at: datetime | None = None
) -> Applied:
    """What these codes take off these goods now, with one query; none of it is promised yet.

    Each vendor's voucher lowers that vendor's goods, then the province's lowers what is left of
    all. A discount is split over orders and lines by largest remainder, so that parts add up.
    """
    if not codes:
        return Applied()
    moment = at or clock.now()
    found = _find(codes, who)
    left = {vendor_id: list(lines) for vendor_id, lines in goods.items()}
    discounts: list[Discount] = []
    refused: list[errors.VoucherRefused] = []
    for code in _vendors_first(codes, found):
        try:
            voucher = _usable(code, found.get(code), moment)
            _check_one_each(voucher, discounts)
            discounts.append(_discount(voucher, left))
        except errors.VoucherRefused as error:
            refused.append(error)
    return Applied(tuple(discounts), tuple(refused))


def _find(codes: Sequence[str], who: Who) -> dict[str, Found]:
    with connection.cursor() as cursor:
        values = {"codes": list(codes), "buyer": who.user_id, "phone": who.phone_key or None}
        cursor.execute(FIND, values)
        rows = [Found(*row) for row in cursor.fetchall()]
    return {row.code: row for row in rows}


def _vendors_first(codes: Sequence[str], found: Mapping[str, Found]) -> list[str]:
    return sorted(codes, key=lambda code: code in found and found[code].vendor_id is None)


def _usable(code: str, voucher: Found | None, at: datetime) -> Found:
    if voucher is None:
        raise errors.UnknownVoucher(voucher=code)
    if voucher.starts_at > at:
        day = date_format(localtime(voucher.starts_at), "d/m/Y")
        raise errors.VoucherNotYet(voucher=code, day=day)
    if voucher.paused_at is not None or (voucher.ends_at is not None and voucher.ends_at <= at):
        raise errors.VoucherEnded(voucher=code)
    if voucher.uses_limit is not None and voucher.used >= voucher.uses_limit:
        raise errors.VoucherUsedUp(voucher=code)
    if voucher.per_buyer is not None and voucher.used_by_buyer >= voucher.per_buyer:
        raise errors.VoucherUsedByYou(voucher=code)
    return voucher


def _check_one_each(voucher: Found, discounts: Iterable[Discount]) -> None:
    same = (one for one in discounts if one.vendor_id == voucher.vendor_id)
    other = next(same, None)
    if other is not None:
        raise errors.OneVoucherEach(voucher=voucher.code, other=other.code)


def _discount(voucher: Found, left: dict[int, list[int]]) -> Discount:
    """The voucher's discount; takes it off `left`."""
    own = voucher.vendor_id
    goods = {key: lines for key, lines in left.items() if own is None or key == own}
    base = sum(sum(lines) for lines in goods.values())
    if not goods:
        raise errors.OtherGoods(voucher=voucher.code, vendor=voucher.vendor_label)
    amount = _worth(voucher, base)
    if base < voucher.minimum_vnd or amount < 1:
        minimum = max(voucher.minimum_vnd, 2)
        raise errors.MinimumNotReached(
            voucher=voucher.code,
            minimum=format_vnd(minimum),
            missing=format_vnd(max(minimum - base, 1)),
        )
    every = [line for lines in goods.values() for line in lines]
    parts = iter(allocate(amount, every))
    split = {key: [next(parts) for _ in lines] for key, lines in goods.items()}
    for key, off in split.items():
        left[key] = [line - part for line, part in zip(left[key], off, strict=True)]
    return Discount(voucher.id, voucher.code, voucher.name, own, voucher.payer, split)


def _worth(voucher: Found, base: int) -> int:
    """Whole đồng, rounded down; never more than the law allows, and something is left to pay."""
    rule = rules.MOST_PERCENT_PROVINCE if voucher.vendor_id is None else rules.MOST_PERCENT_VENDOR
    worth = voucher.amount_vnd or base * voucher.percent // 100
    limits = (base * rule.value() // 100, base - 1, voucher.most_vnd)
    return min(worth, *(limit for limit in limits if limit is not None))


def list_vouchers(scope: QuerySet[Voucher]) -> QuerySet[Any]:
    """Vouchers of a scope with what they gave so far (`given_vnd`), the newest first."""
    held = Q(redemptions__shares__released_at__isnull=True)
    given = Sum("redemptions__shares__discount_vnd", filter=held, default=0)
    return scope.annotate(given_vnd=given).order_by("-pk")


def list_offered(at: datetime) -> QuerySet[Voucher]:
    """Vouchers that everybody may use now, the province's first, then those that end first."""
    running = Voucher.objects.filter(is_listed=True, paused_at=None, starts_at__lte=at)
    running = running.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    running = running.filter(Q(uses_limit=None) | Q(used__lt=F("uses_limit")))
    running = running.filter(Q(vendor=None) | Q(vendor__state=VendorState.APPROVED))
    by_end = F("ends_at").asc(nulls_last=True)
    return running.select_related("vendor").order_by(
        F("vendor").asc(nulls_first=True), by_end, "pk"
    )


def list_uses(voucher: Voucher) -> QuerySet[Share]:
    """Each order that a voucher made cheaper, the newest first."""
    shares = Share.objects.filter(redemption__voucher=voucher)
    return shares.select_related("redemption", "vendor").order_by("-redemption__at", "-pk")


def sums_by_vendor(voucher: Voucher) -> list[dict[str, object]]:
    """What the payer owes each vendor for a voucher: orders and đồng, the largest first."""
    held = Share.objects.filter(redemption__voucher=voucher, released_at__isnull=True)
    grouped = held.values("vendor_id", "vendor__name")
    sums = grouped.annotate(orders=Count("pk"), given_vnd=Sum("discount_vnd"))
    return [dict(row) for row in sums.order_by("-given_vnd", "vendor_id")]
