"""What a parcel costs and when it arrives, from the dated fee rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from shipping.models import Zone
from vietnam.places import find_ward

VALID = """
SELECT vendor_id, zone, up_to_grams, fee_vnd, free_from_vnd, days_min, days_max
FROM shipping_shippingrate
WHERE (vendor_id IS NULL OR vendor_id = ANY(%(vendors)s))
  AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
ORDER BY up_to_grams, valid_from DESC
"""


class _Rate(NamedTuple):
    """What counts of a ShippingRate."""

    zone: str
    up_to_grams: int
    fee_vnd: int
    free_from_vnd: int | None
    days_min: int
    days_max: int


# Rules by (vendor or None for the market, zone), lightest first.
Rates = dict[tuple[int | None, str], list[_Rate]]


# Provinces and cities of the south (codes since July 2025) that the market counts as near.
SOUTH = frozenset({"68", "75", "79", "80", "82", "86", "91", "92", "96"})


class NoDelivery(DomainError):
    """No rule covers this parcel."""

    code = "no_delivery"
    message = _("%(vendor)s doesn't deliver there yet. Take its goods out, or choose another ward.")
    status = 409


@dataclass(frozen=True, slots=True)
class Box:
    """One vendor's parcel, before it is packed."""

    vendor_id: int
    vendor_name: str
    from_ward: str
    grams: int
    goods_vnd: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Fee in đồng (tax included) and the days on which the parcel should arrive."""

    fee_vnd: int
    earliest: date
    latest: date


def quote_boxes(boxes: Sequence[Box], *, to_ward: str, on: date) -> dict[int, Quote]:
    """A quote per vendor id, with one query. A vendor's own rules win over the market's.

    Raises NoDelivery when no rule covers one of the boxes.
    """
    rates = _rates(vendor_ids=[box.vendor_id for box in boxes], on=on)
    return {box.vendor_id: _quote(box, rates, to_ward=to_ward, on=on) for box in boxes}


def _rates(*, vendor_ids: Iterable[int], on: date) -> Rates:
    found: Rates = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(VALID, {"vendors": list(vendor_ids), "on": on})
        for vendor_id, *rate in cursor.fetchall():
            found[vendor_id, rate[0]].append(_Rate(*rate))
    return found


def _quote(
    box: Box,
    rates: Rates,
    *,
    to_ward: str,
    on: date,
) -> Quote:
    zone = zone_between(box.from_ward, to_ward)
    own = rates.get((box.vendor_id, zone)) or rates.get((None, zone)) or []
    rate = next((rate for rate in own if rate.up_to_grams >= box.grams), None)
    if rate is None:
        raise NoDelivery(vendor=box.vendor_name, vendor_id=box.vendor_id)
    free = rate.free_from_vnd is not None and box.goods_vnd >= rate.free_from_vnd
    return Quote(
        fee_vnd=0 if free else rate.fee_vnd,
        earliest=on + timedelta(days=rate.days_min),
        latest=on + timedelta(days=rate.days_max),
    )


def zone_between(from_ward: str, to_ward: str) -> Zone:
    """The zone of a parcel from one ward to another; unknown wards count as far."""
    if from_ward == to_ward:
        return Zone.WARD
    start, end = find_ward(from_ward), find_ward(to_ward)
    if start is None or end is None:
        return Zone.NATION
    if start.province_code == end.province_code:
        return Zone.PROVINCE
    near = start.province_code in SOUTH and end.province_code in SOUTH
    return Zone.SOUTH if near else Zone.NATION
