"""What may be chosen for a parcel: services with fee and days, from dated rows."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from shipping.models import Gap, Service, ShippingRate, Zone
from shipping.quotes import Box, NoDelivery, Quote, offer_boxes, quote_boxes
from tests.making import BEN_THANH, BU_DANG

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BOX = Box(vendor_id=1, vendor_name="HTX An", from_ward=BU_DANG, grams=2_000, goods_vnd=200_000)


def rate(service: str, fee_vnd: int, **changes: Any) -> None:
    fields: dict[str, Any] = {
        "zone": Zone.SOUTH,
        "up_to_grams": 3_000,
        "days_min": 2,
        "days_max": 3,
        "valid_from": date(2026, 1, 1),
    }
    ShippingRate.objects.create(service=service, fee_vnd=fee_vnd, **(fields | changes))


def offers(box: Box = BOX) -> list[tuple[str, int]]:
    found = offer_boxes([box], to_ward=BEN_THANH, on=TODAY)[box.vendor_id]
    return [(one.service, one.fee_vnd) for one in found]


def test_each_service_has_its_own_fee_and_days(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rate(Service.PICKUP, 0, days_min=1, days_max=1)
    rate(Service.STANDARD, 28_000)
    rate(Service.FAST, 49_000, days_min=1, days_max=1)
    with django_assert_num_queries(1):
        found = offer_boxes([BOX], to_ward=BEN_THANH, on=TODAY)[1]
    tomorrow = TODAY + timedelta(days=1)
    assert found == (
        Quote(28_000, date(2026, 11, 25), date(2026, 11, 26), "standard"),
        Quote(49_000, tomorrow, tomorrow, "fast"),
        Quote(0, tomorrow, tomorrow, "pickup"),
    )


def test_a_vendors_own_rule_wins_service_by_service() -> None:
    rate(Service.STANDARD, 28_000)
    rate(Service.FAST, 49_000)
    rate(Service.FAST, 39_000, vendor_id=1)
    rate(Service.STANDARD, 1, vendor_id=2)
    assert offers() == [("standard", 28_000), ("fast", 39_000)]


def test_rules_of_other_days_and_too_heavy_boxes_dont_count() -> None:
    rate(Service.STANDARD, 20_000, valid_to=TODAY)
    rate(Service.STANDARD, 28_000, valid_from=TODAY)
    rate(Service.FAST, 49_000, valid_from=TODAY + timedelta(days=1))
    rate(Service.PICKUP, 0, up_to_grams=1_999)
    assert offers() == [("standard", 28_000)]


def test_goods_for_much_travel_free_by_the_service_that_says_so() -> None:
    rate(Service.STANDARD, 28_000, free_from_vnd=200_000)
    rate(Service.FAST, 49_000)
    assert offers() == [("standard", 0), ("fast", 49_000)]


def test_a_ward_that_a_service_doesnt_reach_isnt_offered_it_in_those_days() -> None:
    rate(Service.STANDARD, 28_000)
    rate(Service.FAST, 49_000)
    Gap.objects.create(service=Service.FAST, ward_code=BEN_THANH, valid_from=date(2026, 11, 1))
    Gap.objects.create(
        service=Service.STANDARD,
        ward_code=BEN_THANH,
        valid_from=date(2026, 1, 1),
        valid_to=TODAY,
    )
    Gap.objects.create(service=Service.STANDARD, ward_code=BU_DANG, valid_from=date(2026, 1, 1))
    assert offers() == [("standard", 28_000)]


def test_only_picking_up_is_no_delivery() -> None:
    rate(Service.PICKUP, 0)
    assert offers() == [("pickup", 0)]
    with pytest.raises(NoDelivery) as refused:
        quote_boxes([BOX], to_ward=BEN_THANH, on=TODAY)
    assert str(refused.value) == (
        "HTX An chưa giao hàng tới nơi này. Hãy bỏ hàng của họ ra khỏi giỏ hoặc chọn xã, "
        "phường khác."
    )
