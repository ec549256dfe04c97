"""The checker finds what it is there to find: each rule is broken once on purpose."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from catalog.models import Product
from catalog.services.indexing import index_product
from marketplace.books import checks, run_checks
from orders.models import Order
from orders.services.fulfil import cancel_order, confirm_order
from orders.services.moves import By
from tests.making import make_purchase, make_rates, make_user, make_variant, make_vendor

VENDOR = By("vendor")


@pytest.fixture
def order(db: None) -> Order:
    make_rates()
    vendor = make_vendor(owner=make_user())
    variant = make_variant(vendor)
    index_product(variant.product_id)
    purchase = make_purchase({variant: 2})
    return purchase.orders.get()


def broken() -> set[str]:
    return {violation.check for violation in run_checks()}


def test_right_books_have_no_violation(order: Order) -> None:
    assert broken() == set()
    confirm_order(order=order, by=VENDOR)
    assert broken() == set()
    cancel_order(order=order, by=VENDOR, reason="other")
    assert broken() == set()


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("UPDATE catalog_stock SET on_hand = on_hand + 1", {"stock_on_hand"}),
        ("UPDATE catalog_stock SET held = held + 1", {"stock_held", "held_is_active_holds"}),
        (
            "UPDATE orders_hold SET state = 'released'",
            {"held_is_active_holds", "holds_follow_state", "movements_per_order"},
        ),
        ("UPDATE orders_orderline SET discount_vnd = 1", {"line_discounts"}),
        (
            "UPDATE orders_order SET discount_vnd = 1, total_vnd = total_vnd - 1",
            {"line_discounts", "discounts_are_redeemed", "purchase_total"},
        ),
        (
            "INSERT INTO promotions_voucher (code, name, kind, percent, amount_vnd, minimum_vnd,"
            " starts_at, payer, fund, used, is_listed, created_at) VALUES ('X', '', 'percent', 10,"
            " 0, 0, now(), 'province', '', 3, true, now())",
            {"vouchers_used"},
        ),
        ("DELETE FROM orders_hold", {"held_is_active_holds", "lines_are_held"}),
        (
            "UPDATE orders_order SET goods_vnd = goods_vnd + 1, total_vnd = total_vnd + 1",
            {"lines_are_goods", "purchase_total"},
        ),
        ("UPDATE orders_purchase SET total_vnd = 1", {"purchase_total"}),
        (
            "UPDATE orders_order SET state = 'cancelled'",
            {"holds_follow_state", "timeline_reaches_state"},
        ),
        ("DELETE FROM orders_orderevent", {"timeline_reaches_state"}),
        (
            "INSERT INTO orders_orderevent (order_id, at, from_state, to_state, actor_kind, reason,"
            " note) SELECT order_id, at, from_state, to_state, actor_kind, reason, note"
            " FROM orders_orderevent",
            {"one_row_per_state"},
        ),
        ("UPDATE orders_order SET purchase_id = NULL", {"order_has_purchase", "purchase_total"}),
        (
            "UPDATE core_outboxentry SET created_at = now() - interval '11 minutes'",
            {"outbox_flows"},
        ),
        (
            "DELETE FROM catalog_searchentry",
            {"shop_shows_the_approved", "choices_count_what_is_shown"},
        ),
        (
            "UPDATE catalog_facetcount SET goods = goods + 1 WHERE facet = 'ward'",
            {"choices_count_what_is_shown"},
        ),
        ("UPDATE catalog_product SET state = 'paused'", {"shop_shows_the_approved"}),
        (
            "DELETE FROM catalog_stock",
            {"movements_have_stock", "shop_shows_the_approved"},
        ),
    ],
)
def test_each_rule_finds_its_break(order: Order, sql: str, rules: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert broken() == rules


def test_the_command_prints_a_table_and_exits_with_one(order: Order) -> None:
    out = StringIO()
    call_command("check_books", stdout=out)
    assert out.getvalue().splitlines()[-1] == f"{len(checks())} rules, 0 broken"
    Product.objects.update(state="paused")
    out = StringIO()
    with pytest.raises(SystemExit) as error:
        call_command("check_books", stdout=out)
    assert error.value.code == 1
    assert out.getvalue().splitlines()[-1] == f"{len(checks())} rules, 1 broken"


def test_every_rule_states_itself(db: None) -> None:
    for check in checks():
        assert check.rule.endswith("."), check.name
        assert check.sql.startswith("SELECT"), check.name
