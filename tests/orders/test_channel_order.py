from datetime import UTC, datetime

from catalog.models import Stock, Variant
from core.models import Case
from orders.models import Hold, Order
from orders.services.channel_order import ChannelLine, ChannelSale, take_channel_order
from tests.making import make_variant
from vendors.models import Vendor

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def sale(vendor: Vendor, *lines: ChannelLine, external_id: str = "SN1") -> ChannelSale:
    return ChannelSale(
        vendor_id=vendor.pk,
        origin="shopee",
        external_id=external_id,
        placed_at=NOON,
        ship_by=NOON,
        recipient={"name": "B***"},
        lines=lines,
    )


def line(variant: Variant | None, quantity: int) -> ChannelLine:
    return ChannelLine(
        variant_id=variant.pk if variant else None,
        name="Hạt điều",
        variant_name="500 g",
        sku="X1",
        unit_price_vnd=90_000,
        quantity=quantity,
    )


def test_an_order_of_a_channel_holds_its_units(an: Vendor) -> None:
    variant = make_variant(an, on_hand=3)
    order = take_channel_order(sale(an, line(variant, 2)))
    assert order.total_vnd == 180_000
    copied = order.lines.get()
    assert (copied.variant_name, copied.variant_name_en) == ("Gói 500 g", "500 g pack")
    assert Stock.objects.get().held == 2
    assert not Case.objects.exists()


def test_the_same_order_twice_is_one_order(an: Vendor) -> None:
    wanted = sale(an, line(make_variant(an, on_hand=3), 2))
    assert take_channel_order(wanted) == take_channel_order(wanted)
    assert Stock.objects.get().held == 2


def test_what_is_not_there_opens_a_case_and_promises_nothing(an: Vendor) -> None:
    there, gone = make_variant(an, on_hand=3), make_variant(an, on_hand=1)
    order = take_channel_order(sale(an, line(there, 1), line(gone, 2)))
    assert Case.objects.get().kind == "oversold"
    assert list(Hold.objects.values_list("variant_id", flat=True)) == [there.pk]
    assert Order.objects.get() == order


def test_an_unmapped_line_keeps_the_order_and_calls_a_person(an: Vendor) -> None:
    variant = make_variant(an, on_hand=3)
    order = take_channel_order(sale(an, line(variant, 1), line(None, 1)))
    assert Case.objects.get().kind == "unmapped_line"
    assert order.lines.filter(variant__isnull=True).count() == 1
