from typing import Any

import pytest
from django.test import Client

from catalog.models import Stock
from orders.models import Order
from orders.states import OrderState
from tests.making import make_purchase, make_variant
from tests.web.sellers_making import desk, make_order, make_rates_once
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> tuple[Client, Vendor]:
    return desk(name="HTX An", slug="htx-an", phone="+84912345678")


def at(order: Order) -> str:
    return f"/ban-hang/don-hang/{order.number}/"


def test_the_first_screen_shows_three_tasks_and_the_deadline(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    make_order(vendor)
    text = page.get("/ban-hang/").text
    tasks = ("<b>Đơn mới</b>", "<b>Thêm sản phẩm</b>", "<b>Tiền của tôi</b>")
    assert [text.count(task) for task in tasks] == [1, 1, 1]
    assert "1 đơn đang chờ" in text
    assert "Xác nhận trước " in text


def test_an_order_goes_from_new_to_the_carrier(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    order = make_order(vendor, quantity=2)
    for step in ("xac-nhan", "dong-goi", "giao"):
        assert page.post(f"{at(order)}{step}/")["Location"] == at(order)
    order.refresh_from_db()
    assert order.state == OrderState.SHIPPED
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.held) == (8, 0)


def test_every_step_twice_is_one_step(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    order = make_order(vendor)
    for step in ("xac-nhan", "xac-nhan", "dong-goi", "dong-goi", "giao", "giao"):
        page.post(f"{at(order)}{step}/")
    assert list(order.events.values_list("to_state", flat=True)) == [
        "placed",
        "confirmed",
        "packed",
        "shipped",
    ]


def test_a_step_that_came_too_late_says_so(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    order = make_order(vendor)
    page.post(f"{at(order)}huy/", {"reason": "out_of_stock"})
    answer = page.post(f"/en{at(order)}xac-nhan/", follow=True)
    assert (
        "This order is now “Cancelled”, so this step isn&#x27;t possible any more." in answer.text
    )


def test_the_order_shows_buyer_lines_and_what_to_collect(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    text = page.get(at(make_order(vendor, quantity=2))).text
    for words in ("Chi", "0912 345 678", "12 Lê Lợi", "Cần thu của khách", "222.000\u00a0₫"):
        assert words in text


def test_orders_stand_under_what_is_to_be_done(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    make_rates_once()
    variant = make_variant(vendor, on_hand=50)
    orders = [make_purchase({variant: 1}).orders.get() for _ in range(4)]
    steps = ("xac-nhan", "dong-goi", "giao")
    for count, order in enumerate(orders):
        for step in steps[:count]:
            page.post(f"{at(order)}{step}/")
    shown = {
        tab: [row["order"].pk for row in page.get(f"/ban-hang/don-hang/?tab={tab}").context["rows"]]
        for tab in ("new", "pack", "way", "done")
    }
    first, second, third, fourth = (order.pk for order in orders)
    assert shown == {"new": [first], "pack": [third, second], "way": [fourth], "done": []}


def test_cancelling_needs_a_reason_and_gives_stock_back(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    order = make_order(vendor, quantity=3)
    answer = page.post(f"{at(order)}huy/", {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == ["Hãy chọn một lý do."]
    page.post(f"{at(order)}huy/", {"reason": "cannot_deliver"})
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == (OrderState.CANCELLED, "cannot_deliver")
    assert Stock.objects.get().held == 0
    assert "Đã hủy: Không gửi được tới nơi này" in page.get(at(order)).text


def test_the_packing_slip_names_sender_recipient_and_goods(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    text = page.get(f"{at(make_order(vendor))}phieu/").text
    for words in ("HTX An", "Chi", "Gói 500 g", "222.000\u00a0₫", "In phiếu"):
        assert words in text


def test_the_list_of_orders_asks_the_database_a_fixed_number_of_times(
    cast: tuple[Client, Vendor], django_assert_max_num_queries: Any
) -> None:
    page, vendor = cast
    make_rates_once()
    variant = make_variant(vendor, on_hand=50)
    for _ in range(12):
        make_purchase({variant: 1})
    with django_assert_max_num_queries(10):
        page.get("/ban-hang/don-hang/")


def test_money_counts_goods_without_the_fee(cast: tuple[Client, Vendor]) -> None:
    page, vendor = cast
    order = make_order(vendor, quantity=2)
    sums = page.get("/ban-hang/tien/").context["sums"]
    assert (sums["coming_vnd"], sums["coming"], sums["month_vnd"]) == (200_000, 1, 0)
    Order.objects.filter(pk=order.pk).update(state="delivered", delivered_at=order.placed_at)
    sums = page.get("/ban-hang/tien/").context["sums"]
    assert (sums["coming_vnd"], sums["month_vnd"], sums["all"]) == (0, 200_000, 1)


def test_the_first_screen_asks_the_database_a_fixed_number_of_times(
    cast: tuple[Client, Vendor], django_assert_max_num_queries: Any
) -> None:
    page, vendor = cast
    make_rates_once()
    variant = make_variant(vendor, on_hand=50)
    for _ in range(6):
        make_purchase({variant: 1})
    with django_assert_max_num_queries(21):
        page.get("/ban-hang/")
