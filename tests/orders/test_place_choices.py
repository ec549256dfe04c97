"""Placing with vouchers, ways of delivery, notes and invoice data; and sums for any cart."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from catalog.models import Stock
from core import clock
from core.errors import BadFields
from marketplace.books import run_checks
from orders.errors import PriceChanged
from orders.models import CartLine, Order, Purchase
from orders.selectors.carts import Wishes, view_cart
from orders.services.cart import set_aside
from orders.services.fulfil import cancel_order
from orders.services.invoices import Invoice
from orders.services.moves import By
from orders.services.place import Placement, place_purchase
from promotions.errors import VoucherEnded, VoucherUsedUp
from promotions.models import Redemption, Voucher
from promotions.selectors import Who
from shipping.models import Service, ShippingRate, Zone
from shipping.quotes import NoDelivery
from tests.making import BEN_THANH, make_cart, make_placement, make_user, make_variant, make_vendor
from tests.promotions.making import make_voucher
from vendors.models import Vendor

PHONE = "+84912345678"
COMPANY = Invoice("0100233488", "Công ty An", "1 Lê Lợi", "KeToan@An.vn", agreed=True)


def broken() -> set[str]:
    """Rules of the books that don't hold; these goods were never put on show."""
    return {violation.check for violation in run_checks()} - {"shop_shows_the_approved"}


def with_fast() -> None:
    for service, fee in ((Service.FAST, 49_000), (Service.PICKUP, 0)):
        for zone in Zone:
            ShippingRate.objects.create(
                service=service,
                zone=zone,
                up_to_grams=100_000,
                fee_vnd=fee,
                days_min=1,
                days_max=1,
                valid_from="2020-01-01",
            )


def test_a_voucher_lowers_what_the_carrier_collects(an: Vendor, binh: Vendor) -> None:
    cart = make_cart({make_variant(an): 2, make_variant(binh): 1})
    own, province = make_voucher(an), make_voucher(amount_vnd=28_000)
    wanted = (own.code, province.code)
    total = 200_000 - 20_000 + 100_000 - 28_000 + 44_000
    purchase = place_purchase(make_placement(cart, vouchers=wanted, shown_total_vnd=total))
    orders = {order.vendor_id: order for order in purchase.orders.all()}
    assert orders[an.pk].discount_vnd == 20_000 + 18_000
    assert orders[binh.pk].discount_vnd == 10_000
    assert [order.parcel.cod_vnd for order in orders.values()] == [
        order.total_vnd for order in orders.values()
    ]
    assert purchase.total_vnd == total
    assert set(Voucher.objects.values_list("used", flat=True)) == {1}
    assert broken() == set()


def test_cancelling_gives_the_uses_back(an: Vendor, binh: Vendor) -> None:
    cart = make_cart({make_variant(an): 1, make_variant(binh): 1})
    codes = (make_voucher(an).code, make_voucher().code)
    total = view_cart(cart, ward_code=BEN_THANH, wishes=Wishes(vouchers=codes)).total_vnd
    purchase = place_purchase(make_placement(cart, vouchers=codes, shown_total_vnd=total))
    for order in purchase.orders.all():
        cancel_order(order=order, by=By("vendor"), reason="other")
        assert broken() == set()
    assert set(Voucher.objects.values_list("used", flat=True)) == {0}


def test_a_voucher_that_ended_meanwhile_stops_the_order_and_says_so(an: Vendor) -> None:
    voucher = make_voucher(an)
    cart = make_cart({make_variant(an): 1})
    placement = make_placement(cart, vouchers=(voucher.code,), shown_total_vnd=112_000)
    Voucher.objects.update(ends_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(VoucherEnded):
        place_purchase(placement)
    assert not Purchase.objects.exists()


def test_a_voucher_used_up_at_the_last_moment_leaves_everything_as_it_was(
    an: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    voucher = make_voucher(an, uses_limit=1)
    cart = make_cart({make_variant(an): 1})
    placement = make_placement(cart, vouchers=(voucher.code,), shown_total_vnd=112_000)
    never = "UPDATE promotions_voucher SET used = used WHERE false AND id = %(voucher)s AND %(at)s IS NOT NULL RETURNING per_buyer"  # noqa: E501
    monkeypatch.setattr("promotions.services.redeeming.TAKE", never)
    with pytest.raises(VoucherUsedUp):
        place_purchase(placement)
    assert not Purchase.objects.exists()
    assert not Redemption.objects.exists()
    assert Stock.objects.get().held == 0
    assert CartLine.objects.count() == 1


def test_each_parcel_goes_the_way_that_was_chosen(an: Vendor, binh: Vendor) -> None:
    with_fast()
    cart = make_cart({make_variant(an): 1, make_variant(binh): 1})
    services = {an.pk: "fast", binh.pk: "pickup"}
    with pytest.raises(PriceChanged):
        place_purchase(make_placement(cart, services=services, shown_total_vnd=244_000))
    purchase = place_purchase(make_placement(cart, services=services, shown_total_vnd=249_000))
    orders = {order.vendor_id: order for order in purchase.orders.all()}
    assert (orders[an.pk].parcel.service, orders[an.pk].shipping_vnd) == ("fast", 49_000)
    assert (orders[binh.pk].parcel.service, orders[binh.pk].shipping_vnd) == ("pickup", 0)
    assert orders[an.pk].promised_on == clock.today() + timedelta(days=1)


def test_an_unknown_service_is_the_usual_one(an: Vendor) -> None:
    cart = make_cart({make_variant(an): 1})
    purchase = place_purchase(make_placement(cart, services={an.pk: "drone"}))
    assert purchase.orders.get().parcel.service == "standard"


def test_a_note_reaches_its_vendor_alone(an: Vendor, binh: Vendor) -> None:
    cart = make_cart({make_variant(an): 1, make_variant(binh): 1})
    purchase = place_purchase(make_placement(cart, notes={an.pk: " Gói quà giúp ", 999: "x"}))
    notes = dict(purchase.orders.values_list("vendor_id", "note"))
    assert notes == {an.pk: "Gói quà giúp", binh.pk: ""}


def test_invoice_data_is_checked_and_kept_with_the_consent(an: Vendor) -> None:
    cart = make_cart({make_variant(an): 1})
    purchase = place_purchase(make_placement(cart, invoice=COMPANY))
    assert (purchase.invoice_tax_code, purchase.invoice_name, purchase.invoice_email) == (
        "0100233488",
        "Công ty An",
        "ketoan@an.vn",
    )
    assert purchase.invoice_agreed_at == purchase.placed_at
    with pytest.raises(BadFields) as refused:
        place_purchase(
            make_placement(
                make_cart({make_variant(an): 1}), invoice=Invoice("123", "", "", "x", agreed=False)
            )
        )
    assert set(refused.value.errors) == {
        "tax_code",
        "company",
        "company_address",
        "company_email",
        "agree",
    }


def test_what_is_set_aside_stays_in_the_cart(an: Vendor, binh: Vendor) -> None:
    wanted, later = make_variant(an), make_variant(binh)
    cart = make_cart({wanted: 1, later: 1})
    set_aside(cart=cart, variant_ids=[later.pk])
    purchase = place_purchase(make_placement(cart))
    assert purchase.orders.get().vendor == an
    assert CartLine.objects.get().variant == later


def test_one_vendor_that_cannot_deliver_doesnt_hide_the_fees_of_others(
    an: Vendor, binh: Vendor
) -> None:
    ShippingRate.objects.update(vendor_id=an.pk)
    heavy = make_variant(binh)
    cart = make_cart({make_variant(an): 1, heavy: 1})
    view = view_cart(cart, ward_code=BEN_THANH)
    assert [group.is_unreachable for group in view.groups] == [False, True]
    assert (view.stopped, view.has_rest, view.can_order) == ([heavy.pk], True, False)
    with pytest.raises(NoDelivery):
        place_purchase(make_placement(cart))


def test_wishes_cost_a_query_only_when_there_are_some(
    an: Vendor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    code = make_voucher(an).code
    cart = make_cart({make_variant(an): 1})
    today = clock.today()
    view_cart(cart, wishes=Wishes(vouchers=(code,)))  # the dated rule is known from here on
    with django_assert_num_queries(2):
        view_cart(cart, ward_code=BEN_THANH, on=today)
    with django_assert_num_queries(4):
        view_cart(
            cart,
            ward_code=BEN_THANH,
            on=today,
            wishes=Wishes({an.pk: "fast"}, (code,), Who(None, PHONE)),
        )


LINES = st.lists(st.tuples(st.integers(500, 2_000_000), st.integers(1, 9)), min_size=1, max_size=4)
PERCENT = st.one_of(st.none(), st.integers(1, 50))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    carts=st.lists(st.tuples(LINES, PERCENT), min_size=1, max_size=4),
    province=st.one_of(st.none(), st.integers(1, 5_000_000)),
    fast=st.booleans(),
)
def test_for_any_cart_lines_less_discounts_and_fees_are_the_total(
    db: None,
    carts: list[tuple[list[tuple[int, int]], int | None]],
    province: int | None,
    *,
    fast: bool,
) -> None:
    if not ShippingRate.objects.exists():
        with_fast()
    wanted, codes, services = {}, [], {}
    for lines, percent in carts:
        vendor = make_vendor()
        services[vendor.pk] = "fast" if fast else "pickup"
        for price, quantity in lines:
            wanted[make_variant(vendor, price_vnd=price)] = quantity
        if percent:
            codes.append(make_voucher(vendor, percent=percent).code)
    if province:
        codes.append(make_voucher(amount_vnd=province).code)
    who, cart = Who(None, PHONE), make_cart(wanted)
    view = view_cart(cart, ward_code=BEN_THANH, wishes=Wishes(services, tuple(codes), who))
    user = make_user()
    purchase = place_purchase(
        Placement(
            cart_id=cart.pk,
            checkout_key=cart.checkout_key,
            name="Chi",
            phone=f"09{user.pk % 10**8:08d}",
            ward_code=BEN_THANH,
            street="1",
            shown_total_vnd=view.total_vnd,
            shown_goods=view.digest,
            services=services,
            vouchers=tuple(one.code for one in view.discounts),
        )
    )
    orders = list(Order.objects.filter(purchase=purchase).prefetch_related("lines"))
    goods = sum(price * quantity for lines, _ in carts for price, quantity in lines)
    off = sum(line.discount_vnd for order in orders for line in order.lines.all())
    fees = sum(order.shipping_vnd for order in orders)
    assert goods - off + fees == purchase.total_vnd == sum(order.total_vnd for order in orders)
    assert off == sum(one.total_vnd for one in view.discounts) == view.discount_vnd
    for order in orders:
        assert order.discount_vnd == sum(line.discount_vnd for line in order.lines.all())
        assert order.total_vnd > 0


def test_choices_without_a_voucher_cost_no_statement_more(an: Vendor, binh: Vendor) -> None:
    with_fast()

    def statements(**wishes: object) -> int:
        cart = make_cart({make_variant(an): 1, make_variant(binh): 1})
        services = dict.fromkeys((an.pk, binh.pk), "fast") if wishes else {}
        view = view_cart(cart, ward_code=BEN_THANH, wishes=Wishes(services))
        placement = make_placement(
            cart, services=services, shown_total_vnd=view.total_vnd, **wishes
        )
        with CaptureQueriesContext(connection) as queries:
            place_purchase(placement)
        return len(queries)

    statements()
    assert statements() == statements(notes={an.pk: "x"}, invoice=COMPANY)
