"""What a parcel costs and when it arrives, from the dated fee rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from shipping.models import Service, Zone
from vietnam.places import find_ward

VALID = """
SELECT vendor_id, zone, service, up_to_grams, fee_vnd, free_from_vnd, days_min, days_max
FROM shipping_shippingrate rate
WHERE (vendor_id IS NULL OR vendor_id = ANY(%(vendors)s))
  AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
  AND NOT EXISTS (
    SELECT 1 FROM shipping_gap gap WHERE gap.ward_code = %(to)s AND gap.service = rate.service
      AND gap.valid_from <= %(on)s AND (gap.valid_to IS NULL OR gap.valid_to > %(on)s))
ORDER BY up_to_grams, valid_from DESC
"""


class _Rate(NamedTuple):
    """What counts of a ShippingRate."""

    up_to_grams: int
    fee_vnd: int
    free_from_vnd: int | None
    days_min: int
    days_max: int


# Rules by (vendor or None for the market, zone, service), lightest first.
Rates = dict[tuple[int | None, str, str], list[_Rate]]


SERVICES = tuple(Service.values)

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
    """A service's fee in đồng (tax included) and the days on which the parcel should arrive."""

    fee_vnd: int
    earliest: date
    latest: date
    service: str = Service.STANDARD


def offer_boxes(boxes: Sequence[Box], *, to_ward: str, on: date) -> dict[int, tuple[Quote, ...]]:
    """What may be chosen for each vendor's parcel, with one query: its first offer is the usual
    one; nothing where no service reaches the ward. A vendor's own rules win over the market's.
    """
    rates = _rates(vendor_ids=[box.vendor_id for box in boxes], to_ward=to_ward, on=on)
    return {box.vendor_id: _offers(box, rates, to_ward=to_ward, on=on) for box in boxes}


def quote_boxes(boxes: Sequence[Box], *, to_ward: str, on: date) -> dict[int, Quote]:
    """The usual delivery of each vendor's parcel. Raises NoDelivery when one isn't delivered."""
    offers = offer_boxes(boxes, to_ward=to_ward, on=on)
    found: dict[int, Quote] = {}
    for box in boxes:
        brought = (one for one in offers[box.vendor_id] if one.service != Service.PICKUP)
        quote = next(brought, None)
        if quote is None:
            raise NoDelivery(vendor=box.vendor_name, vendor_id=box.vendor_id)
        found[box.vendor_id] = quote
    return found


def _rates(*, vendor_ids: Iterable[int], to_ward: str, on: date) -> Rates:
    found: Rates = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(VALID, {"vendors": list(vendor_ids), "to": to_ward, "on": on})
        for vendor_id, zone, service, *rate in cursor.fetchall():
            found[vendor_id, zone, service].append(_Rate(*rate))
    return found


def _offers(box: Box, rates: Rates, *, to_ward: str, on: date) -> tuple[Quote, ...]:
    zone = zone_between(box.from_ward, to_ward)
    found: list[Quote] = []
    for service in SERVICES:
        own = rates.get((box.vendor_id, zone, service)) or rates.get((None, zone, service)) or ()
        rate = next((rate for rate in own if rate.up_to_grams >= box.grams), None)
        if rate is None:
            continue
        free = rate.free_from_vnd is not None and box.goods_vnd >= rate.free_from_vnd
        found.append(
            Quote(
                fee_vnd=0 if free else rate.fee_vnd,
                earliest=on + timedelta(days=rate.days_min),
                latest=on + timedelta(days=rate.days_max),
                service=service,
            )
        )
    return tuple(found)


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
