"""The rules about complaints, refunds, returns and ratings: each broken once on purpose."""

import pytest
from django.db import connection

from catalog.services.indexing import index_product
from catalog.services.reviews import Words
from marketplace.books import run_checks
from orders.models import Order
from orders.services.complaints import buyer, vendor
from orders.services.reviewing import review_line
from tests.making import make_rates, make_user, make_vendor
from tests.orders.complaining import CHI, complain, make_delivered, member_of, refund


@pytest.fixture
def order(db: None) -> Order:
    """A delivered order with a review and a refund that is owed, after goods came back."""
    make_rates()
    order = make_delivered(make_vendor(owner=make_user()))
    line = order.lines.select_related("order__purchase", "variant").get()
    assert line.variant is not None
    index_product(line.variant.product_id)
    review_line(line=line, words=Words(5, ""), actor=CHI)
    complaint, seller = complain(order), member_of(order.vendor)
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    vendor.take_back(complaint=complaint, sellable={line.pk: 1}, actor=seller)
    return order


def broken() -> set[str]:
    return {violation.check for violation in run_checks()}


def test_right_books_have_no_violation(order: Order) -> None:
    assert broken() == set()


@pytest.mark.parametrize(
    ("sql", "rules"),
    [
        ("UPDATE orders_complaintitem SET quantity = 4", {"complained_units"}),
        ("UPDATE orders_refund SET paid_at = now()", {"refunds"}),
        ("DELETE FROM orders_refund", {"refunds"}),
        ("UPDATE orders_refund SET amount_vnd = 999999999", {"refunds"}),
        ("UPDATE orders_takenback SET sellable = 2", {"taken_back"}),
        ("UPDATE orders_complaint SET state = 'returning'", {"complaint_timeline", "refunds"}),
        ("UPDATE orders_complaint SET due_at = NULL", {"complaint_timeline"}),
        ("UPDATE catalog_product SET rating_sum = 4", {"ratings"}),
    ],
)
def test_each_rule_finds_its_break(order: Order, sql: str, rules: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert broken() == rules
