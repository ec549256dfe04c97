from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.passwords import LocalWordsValidator
from catalog.models import (
    Category,
    Product,
    Review,
    Revision,
    SearchEntry,
    SearchTerm,
    Stock,
    StockMovement,
)
from catalog.selectors.lists import list_products
from catalog.selectors.types import ListQuery
from catalog.services.indexing import index_product
from core import versions, wake
from core.models import OutboxEntry, Picture
from marketplace import demo_accounts
from marketplace.books import run_checks
from marketplace.management.commands import seed_market
from marketplace.seeding.market import Size
from orders.models import Order
from orders.states import OrderState
from shipping.quotes import Box, quote_boxes
from tests.marketplace.seeded import SMALL, make_small_market
from vendors.models import Paper, Vendor
from vietnam import places
from vietnam.number import is_number
from vietnam.tax_code import check_tax_code

pytestmark = pytest.mark.django_db


def fingerprint() -> dict[str, list[object]]:
    """What people see of a market, without keys and moments: the database goes on counting those,
    and every market is as old as its own seeding."""
    parts = {
        Vendor: ("name", "slug", "tax_code", "ward_code", "state"),
        Product: ("name_vi", "description_en", "sold_count", "rating_sum", "vendor__name"),
        Stock: ("variant__product__name_vi", "variant__name_vi", "on_hand", "held"),
        Order: ("number", "state", "total_vnd", "vendor__name", "purchase__name"),
        Picture: ("token", "width", "state"),
        Review: ("product__name_vi", "rating", "text", "author_name"),
        Paper: ("vendor__name", "kind", "number", "stars"),
    }
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list(*columns))
        for model, columns in parts.items()
    }


def test_the_books_of_a_fresh_market_are_right() -> None:
    make_small_market()
    assert run_checks() == []


def test_the_same_seed_gives_the_same_market() -> None:
    make_small_market()
    first = fingerprint()
    for table in ("vendors_vendor", "accounts_user", "catalog_category", "core_storedfile"):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE catalog_searchterm, catalog_facetcount, shipping_shippingrate, shipping_gap"
        )
    make_small_market()
    again = fingerprint()
    assert list(again) == list(first)
    for part, rows in first.items():
        assert again[part] == rows, part
        assert rows, part


def test_the_default_market_has_its_full_size() -> None:
    make_small_market(Size(orders=200))
    assert Vendor.objects.public().count() == 99
    assert SearchEntry.objects.count() == 390
    assert SearchEntry.objects.values("vendor_id").distinct().count() == 99  # no shop is empty
    wards = set(Vendor.objects.public().values_list("ward_code", flat=True))
    assert wards == {ward.code for ward in places.region_wards()}
    kinds = Counter(Vendor.objects.public().values_list("kind", flat=True))
    assert set(kinds) == {"company", "cooperative", "household"}
    names = list(Vendor.objects.values_list("name", flat=True))
    assert len(names) == len(set(names))
    assert Category.objects.count() == 33
    leaves = set(Product.objects.values_list("category_id", flat=True))
    assert len(leaves) == 27


def test_tax_codes_numbers_and_accounts_are_well_formed() -> None:
    make_small_market()
    for vendor in Vendor.objects.all():
        assert check_tax_code(vendor.tax_code).value == vendor.tax_code
    assert all(is_number(number) for number in Order.objects.values_list("number", flat=True))
    assert not User.objects.filter(is_demo=False).exists()
    for address in (demo_accounts.STAFF, demo_accounts.COOPERATIVE, demo_accounts.HOUSEHOLD):
        assert User.objects.get(email=address).check_password(demo_accounts.PASSWORD)
        assert address in demo_accounts.sign_in_line()
    LocalWordsValidator().validate(demo_accounts.PASSWORD)
    cooperative = User.objects.get(email=demo_accounts.COOPERATIVE)
    own = Vendor.objects.for_member(cooperative.pk).get()
    assert (own.name, own.state) == ("Hợp tác xã Điều hữu cơ Bù Đăng", "approved")


def test_orders_are_in_all_states_and_the_desks_are_not_empty() -> None:
    make_small_market(Size(products=120, orders=900))
    assert set(Order.objects.values_list("state", flat=True)) == set(OrderState.values)
    own = Vendor.objects.get(members__user__email=demo_accounts.COOPERATIVE)
    states = set(own.orders.values_list("state", flat=True))
    assert {OrderState.PLACED, OrderState.CONFIRMED} <= states
    assert Vendor.objects.filter(state="submitted").count() == 2
    assert Product.objects.filter(state="submitted").count() == 5
    assert Product.objects.filter(state="changes_requested").count() == 1
    assert Revision.objects.filter(state="waiting").count() == 3
    assert OutboxEntry.objects.count() == 0


def test_figures_of_products_are_those_of_their_rows() -> None:
    make_small_market()
    for product in Product.objects.filter(rating_count__gt=0):
        ratings = Review.objects.filter(product=product).values_list("rating", flat=True)
        assert (product.rating_count, product.rating_sum) == (len(ratings), sum(ratings))
    oldest = StockMovement.objects.order_by("at").values_list("kind", flat=True)[0]
    assert oldest == "receive"


def test_entries_are_what_indexing_would_write() -> None:
    make_small_market()
    columns = ("words", "category_ids", "badges", "price_vnd", "in_stock", "popularity", "card")
    some = list(SearchEntry.objects.order_by("pk").values_list("pk", *columns)[:100:9])
    terms = dict(SearchTerm.objects.values_list("word", "uses"))
    for pk, *_ in some:
        index_product(pk)
    again = SearchEntry.objects.filter(pk__in=[row[0] for row in some])
    assert list(again.order_by("pk").values_list("pk", *columns)) == some
    assert dict(SearchTerm.objects.values_list("word", "uses")) == terms


def test_badges_stand_on_valid_papers_only() -> None:
    make_small_market(Size(orders=50))
    badges = Counter(
        badge for row in SearchEntry.objects.values_list("badges", flat=True) for badge in row
    )
    assert {"ocop-3", "ocop-4", "vietgap", "organic", "haccp", "growing_area"} <= set(badges)
    ended = Paper.objects.filter(valid_to__lt=Paper.objects.latest("created_at").created_at.date())
    assert ended.exists()
    for entry in SearchEntry.objects.filter(product__papers__in=ended):
        assert entry.badges == []


def test_demo_fees_are_what_checkout_will_quote() -> None:
    make_small_market()
    for order in Order.objects.select_related("vendor", "purchase", "parcel")[:40]:
        assert order.purchase is not None
        box = Box(
            vendor_id=order.vendor_id,
            vendor_name=order.vendor_name,
            from_ward=order.vendor.ward_code,
            grams=order.parcel.weight_grams,
            goods_vnd=order.goods_vnd,
        )
        day = order.placed_at.date() + timedelta(days=1)
        quote = quote_boxes([box], to_ward=order.purchase.ward_code, on=day)[order.vendor_id]
        assert order.shipping_vnd == quote.fee_vnd


def test_the_seeded_shop_can_be_searched() -> None:
    make_small_market()
    versions.bump_now()
    page = list_products(ListQuery(text="hat dieu rang muoi"))
    assert str(page.cards[0].data["name_vi"]).startswith("Hạt điều rang muối")


def test_seeding_twice_is_refused_or_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Size] = []
    monkeypatch.setattr(seed_market, "make_market", lambda size, report: made.append(size))
    monkeypatch.setattr(wake, "now", lambda *args, **options: True)
    call_command("seed_market", products=50, seed=3)
    assert made == [Size(products=50, seed=3)]
    make_small_market(SMALL)
    call_command("seed_market", if_empty=True)
    with pytest.raises(CommandError):
        call_command("seed_market")
    assert len(made) == 1


@pytest.mark.parametrize("bad", [{"vendors": 3}, {"products": 0}, {"orders": 0}])
def test_an_impossible_size_is_refused(bad: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("seed_market", **bad)
    assert Vendor.objects.count() == 0
