import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.simulators.calling import JSON, Partner


def detail(partner: Partner, order_sn: str, fields: str = "") -> JSON:
    answer = partner.get(
        "order/get_order_detail", order_sn_list=order_sn, response_optional_fields=fields
    )
    order: JSON = answer["response"]["order_list"][0]
    return order


def ready_order(partner: Partner, qty: int = 2) -> str:
    return str(partner.buy(partner.new_item(), qty)["order_sn"])


def shipping(partner: Partner, order_sn: str) -> JSON:
    answer = partner.get("logistics/get_shipping_parameter", order_sn=order_sn)["response"]
    address = answer["pickup"]["address_list"][0]
    slot = address["time_slot_list"][0]["pickup_time_id"]
    return {"order_sn": order_sn, "pickup": {"address_id": 234, "pickup_time_id": slot}}


def test_a_buyer_takes_stock_and_cannot_take_more_than_is_free(partner: Partner) -> None:
    item_id = partner.new_item()
    partner.control("promotions", item_id=item_id, reserved=4)
    assert partner.buy(item_id, 7)["error"] == "sold_out"
    assert partner.buy(item_id, 6)["order_status"] == "READY_TO_SHIP"
    assert partner.stock(item_id) == 4


def test_an_order_of_two_items_takes_all_or_nothing(partner: Partner) -> None:
    first, second = partner.new_item(), partner.new_item()
    wishes = [{"item_id": first, "qty": 3}, {"item_id": second, "qty": 11}]
    answer = partner.control("orders", shop_id=partner.shop, items=wishes)
    assert answer["error"] == "sold_out"
    assert (partner.stock(first), partner.stock(second)) == (10, 10)


def test_twenty_buyers_at_once_buy_exactly_what_is_there(partner: Partner) -> None:
    item_id = partner.new_item(seller_stock=[{"stock": 13}])
    barrier = threading.Barrier(20)

    def buy(_: int) -> str:
        barrier.wait()
        return str(partner.buy(item_id).get("order_sn", ""))

    with ThreadPoolExecutor(20) as pool:
        sold = [order_sn for order_sn in pool.map(buy, range(20)) if order_sn]
    assert (len(sold), len(set(sold)), partner.stock(item_id)) == (13, 13, 0)


def test_details_bring_only_the_fields_asked_for(partner: Partner) -> None:
    order_sn = ready_order(partner)
    bare = detail(partner, order_sn)
    assert set(bare) == {
        *("order_sn", "region", "currency", "cod", "order_status", "message_to_seller"),
        *("create_time", "update_time", "days_to_ship", "ship_by_date"),
    }
    full = detail(partner, order_sn, "item_list,total_amount,recipient_address,package_list")
    assert set(full) - set(bare) == {
        *("item_list", "total_amount", "recipient_address", "package_list")
    }
    line = full["item_list"][0]
    assert (line["model_quantity_purchased"], line["item_sku"]) == (2, "DIEU-500")
    assert full["total_amount"] == 2 * 180000 + 16500
    assert full["package_list"][0]["logistics_status"] == "LOGISTICS_READY"


def test_details_of_more_than_fifty_or_unknown_orders_are_refused(partner: Partner) -> None:
    many = ",".join(["A"] * 51)
    assert partner.get("order/get_order_detail", order_sn_list=many)["error"] == "error_param"
    assert partner.get("order/get_order_detail", order_sn_list="A")["error"] == "error_not_found"


def window(**changes: Any) -> JSON:
    now = int(time.time())
    return {
        "time_range_field": "update_time",
        "time_from": now - 3600,
        "time_to": now + 60,
        "page_size": 2,
        **changes,
    }


def test_orders_are_paged_by_cursor(partner: Partner) -> None:
    item_id = partner.new_item()
    bought = {partner.buy(item_id)["order_sn"] for _ in range(5)}
    found: list[str] = []
    cursor, pages = "", 0
    while True:
        page = partner.get("order/get_order_list", **window(cursor=cursor))["response"]
        found += [row["order_sn"] for row in page["order_list"]]
        pages += 1
        if not page["more"]:
            break
        cursor = page["next_cursor"]
    assert (sorted(found), pages) == (sorted(bought), 3)
    one = partner.get(
        "order/get_order_list",
        **window(order_status="CANCELLED", response_optional_fields="order_status"),
    )
    assert one["response"] == {"more": False, "next_cursor": "", "order_list": []}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"time_from": int(time.time()) - 16 * 86400}, "order.order_list_invalid_time"),
        ({"time_from": int(time.time()) + 999}, "order.order_list_invalid_time"),
        ({"page_size": 101}, "error_param"),
        ({"time_range_field": "ship_time"}, "error_param"),
        ({"order_status": "SOLD"}, "error_param"),
        ({"cursor": "x"}, "error_param"),
    ],
)
def test_a_wrong_window_is_refused(partner: Partner, changes: JSON, error: str) -> None:
    assert partner.get("order/get_order_list", **window(**changes))["error"] == error


def test_a_shipment_is_arranged_once_and_gets_a_number(partner: Partner) -> None:
    partner.control("settings", tracking_seconds=0.2)
    order_sn = ready_order(partner)
    body = shipping(partner, order_sn)
    assert partner.post("logistics/ship_order", body)["error"] == ""
    assert detail(partner, order_sn)["order_status"] == "PROCESSED"
    early = partner.get("logistics/get_tracking_number", order_sn=order_sn)["response"]
    again = partner.post("logistics/ship_order", body)
    assert again["error"] == "logistics.package_already_shipped"
    deadline = time.monotonic() + 5
    number = early["tracking_number"]
    while not number and time.monotonic() < deadline:
        time.sleep(0.1)
        answer = partner.get("logistics/get_tracking_number", order_sn=order_sn)
        number = answer["response"]["tracking_number"]
    assert number.startswith("SPXVN0")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"pickup": None}, "error_param"),
        ({"pickup": {}}, "logistics.ship_order_need_address_pickup_time"),
        ({"pickup": {"address_id": 1, "pickup_time_id": "x"}}, "logistics.address_not_found"),
        ({"pickup": {"address_id": 234, "pickup_time_id": "x"}}, "error_param"),
        ({"dropoff": {}}, "logistics.ship_order_only_support_one_type"),
        ({"package_number": ""}, "logistics.package_not_exist"),
        ({"order_sn": "NONE"}, "error_not_found"),
    ],
)
def test_a_shipment_with_a_wrong_field_is_refused(
    partner: Partner, changes: JSON, error: str
) -> None:
    order_sn = ready_order(partner)
    body = {**shipping(partner, order_sn), **changes}
    assert partner.post("logistics/ship_order", body)["error"] == error
    assert detail(partner, order_sn)["order_status"] == "READY_TO_SHIP"


def test_dropping_off_needs_only_the_empty_key(partner: Partner) -> None:
    order_sn = ready_order(partner)
    answer = partner.post("logistics/ship_order", {"order_sn": order_sn, "dropoff": {}})
    assert answer["error"] == ""


def test_a_cancel_for_lack_of_stock_names_items_and_gives_stock_back_once(
    partner: Partner,
) -> None:
    item_id = partner.new_item()
    order_sn = partner.buy(item_id, 4)["order_sn"]
    body: JSON = {"order_sn": order_sn, "cancel_reason": "OUT_OF_STOCK"}
    assert partner.post("order/cancel_order", body)["error"] == "error_param"
    body["item_list"] = [{"item_id": item_id, "model_id": 0}]
    assert partner.post("order/cancel_order", body)["error"] == ""
    assert partner.stock(item_id) == 10
    assert partner.post("order/cancel_order", body)["error"] == "order.error_limit"
    assert partner.stock(item_id) == 10
    told = detail(partner, order_sn, "cancel_by,cancel_reason")
    assert (told["order_status"], told["cancel_by"], told["cancel_reason"]) == (
        "CANCELLED",
        "seller",
        "OUT_OF_STOCK",
    )


def test_a_shipped_order_is_not_cancelled(partner: Partner) -> None:
    order_sn = ready_order(partner)
    partner.control(f"orders/{order_sn}/status", status="SHIPPED")
    body = {"order_sn": order_sn, "cancel_reason": "CUSTOMER_REQUEST"}
    assert partner.post("order/cancel_order", body)["error"] == "order.error_limit"


@pytest.mark.parametrize(
    ("operation", "status", "stock"), [("ACCEPT", "CANCELLED", 10), ("REJECT", "PROCESSED", 8)]
)
def test_a_buyers_wish_to_cancel_is_answered(
    partner: Partner, operation: str, status: str, stock: int
) -> None:
    item_id = partner.new_item()
    order_sn = partner.buy(item_id, 2)["order_sn"]
    assert partner.post("logistics/ship_order", shipping(partner, order_sn))["error"] == ""
    body = {"order_sn": order_sn, "operation": operation}
    early = partner.post("order/handle_buyer_cancellation", body)
    assert early["error"] == "order.order_status_invalid"
    partner.control(f"orders/{order_sn}/status", status="IN_CANCEL")
    assert partner.post("order/handle_buyer_cancellation", body)["error"] == ""
    assert (detail(partner, order_sn)["order_status"], partner.stock(item_id)) == (status, stock)


def test_the_whole_trip_can_go_by_itself(partner: Partner) -> None:
    partner.control("settings", step_seconds=0.1, tracking_seconds=0)
    order_sn = ready_order(partner)
    assert partner.post("logistics/ship_order", shipping(partner, order_sn))["error"] == ""
    deadline = time.monotonic() + 5
    while detail(partner, order_sn)["order_status"] != "COMPLETED" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert detail(partner, order_sn)["order_status"] == "COMPLETED"


def test_names_and_phones_are_masked_when_asked(partner: Partner) -> None:
    partner.control("settings", mask_recipient=1)
    address = detail(partner, ready_order(partner), "recipient_address")["recipient_address"]
    assert address["name"] == "N*****"
    assert address["phone"].startswith("******")
