"""Where the demo's buyers live, and what parcels to them cost."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from marketplace.seeding import prose, texts
from marketplace.seeding.sheets import Sheets
from shipping.models import Gap, Service, ShippingRate
from shipping.quotes import zone_between
from vietnam import places

# Province -> how many of its wards, and how often: the city nearby, the province, the capital …
HOMES = (("79", 34, 48), ("75", 40, 26), ("01", 14, 13), ("48", 6, 5), ("92", 8, 8))
ENGLISH_SHARE = 0.03
DEMO_BUYER_SHARE = 0.004
VALID_FROM = date(2026, 1, 1)

Steps = list[tuple[int, int]]  # up to grams, fee


@dataclass(frozen=True, slots=True)
class Buyer:
    user_id: int | None
    name: str
    phone: str
    ward_code: str
    street: str
    language: str


class Fees:
    """The market's own fee rules, and buyers to apply them to."""

    def __init__(self) -> None:
        self.read = texts.read("vendors")
        rates = self.read["rates"]
        self.rates: dict[str, tuple[int, int, Steps, int]] = {
            zone: (first, last, [(grams, fee) for grams, fee in steps], free)
            for zone, (first, last, steps, free) in rates.items()
        }
        self.homes = [ward for ward, _ in _homes()]
        self.weights = [weight for _, weight in _homes()]
        self.zones: dict[tuple[str, str], str] = {}

    def write(self, sheets: Sheets) -> None:
        sheets.open(
            ShippingRate, "id", "service", "zone", "up_to_grams", "fee_vnd", "free_from_vnd",
            "days_min", "days_max", "valid_from",
        )  # fmt: skip
        for zone, (first, last, steps, free) in self.rates.items():
            for grams, fee in steps:
                limit = free if grams <= 10_000 else None
                self._rate(sheets, (Service.STANDARD, zone, grams, fee, limit, first, last))
        for service in (Service.FAST, Service.PICKUP):
            for zone, (first, last, steps) in self.read[service].items():
                for grams, fee in steps:
                    self._rate(sheets, (service, zone, grams, fee, None, first, last))
        sheets.open(Gap, "id", "service", "ward_code", "valid_from")
        for service, wards in self.read["gaps"].items():
            for ward in wards:
                sheets.add(Gap, sheets.key(Gap), service, ward, VALID_FROM)

    def _rate(self, sheets: Sheets, rate: tuple[object, ...]) -> None:
        sheets.add(ShippingRate, sheets.key(ShippingRate), *rate, VALID_FROM)

    def quote(self, start: str, end: str, grams: int, goods_vnd: int) -> tuple[int, int]:
        """Fee and days of a parcel, as `shipping.quotes` would tell them."""
        zone = self.zones.get((start, end))
        if zone is None:
            zone = self.zones[start, end] = zone_between(start, end).value
        _, last, steps, free = self.rates[zone]
        limit, fee = next((limit, fee) for limit, fee in steps if limit >= grams)
        return (0 if limit <= 10_000 and goods_vnd >= free else fee), last

    def buyer(self, rng: random.Random, *, demo_id: int) -> Buyer:
        """A guest somewhere in the country; now and then the demo's own buyer."""
        is_demo = rng.random() < DEMO_BUYER_SHARE
        return Buyer(
            user_id=demo_id if is_demo else None,
            name="Khách ở Thủ Đức" if is_demo else rng.choice(prose.authors()),
            phone="+84900000001" if is_demo else f"+84900{rng.randrange(10, 9_999):06d}",
            ward_code=rng.choices(self.homes, self.weights)[0],
            street=f"Số {rng.randint(1, 399)} (địa chỉ minh hoạ)",
            language="en" if rng.random() < ENGLISH_SHARE else "vi",
        )


@cache
def _homes() -> tuple[tuple[str, float], ...]:
    return tuple(_weighted_wards())


def _weighted_wards() -> Iterator[tuple[str, float]]:
    for province, number, weight in HOMES:
        every = places.wards(province)
        region = places.region_wards() if province == places.REGION_PROVINCE else ()
        chosen = region or every[:: max(1, len(every) // number)][:number]
        for ward in chosen:
            yield ward.code, weight / len(chosen)
