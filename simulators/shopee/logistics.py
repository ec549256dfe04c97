"""logistics/*: what arranging a shipment asks for, arranging it once, its tracking number."""

import sqlite3
from datetime import UTC, datetime, timedelta

from simulators.shopee.buying import VIETNAM
from simulators.shopee.catalogue import channel_rows
from simulators.shopee.inputs import as_object, text
from simulators.shopee.life import find_order, move, plan_trip
from simulators.shopee.refusals import Refusal, wrong
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

ADDRESS_ID = 234
WAYS = ("pickup", "dropoff", "non_integrated")


def get_channel_list(call: Call) -> Reply:
    return Reply({"logistics_channel_list": channel_rows()})


def get_shipping_parameter(call: Call) -> Reply:
    order = find_order(call.db, call.request.param("order_sn"), call.shop_id)
    _check_package(order, call.request.query.get("package_number", [None])[0])
    if order["status"] == "CANCELLED":
        raise Refusal("error_status", "The order has been cancelled.")
    if order["status"] not in ("READY_TO_SHIP", "RETRY_SHIP"):
        raise Refusal(
            "error_param",
            "Shipping parameters can only be obtained when package is ready to be shipped",
        )
    address = {
        "address_id": ADDRESS_ID,
        "region": "VN",
        "state": "Đồng Nai",
        "city": "Đồng Nai",
        "district": "",
        "town": "Phường Đồng Xoài",
        "address": "1 Đường Thử Nghiệm",
        "zipcode": "",
        "address_flag": ["default_address", "pickup_address", "return_address"],
        "time_slot_list": _slots(call.now),
    }
    return Reply(
        {
            "info_needed": {"dropoff": [], "pickup": ["address_id", "pickup_time_id"]},
            "dropoff": {"branch_list": None, "slug_list": None},
            "pickup": {"address_list": [address]},
        }
    )


def _slots(now: int) -> list[JSON]:
    """Pick-up tomorrow and the day after, told by the day's first second in Viet Nam."""
    today = datetime.fromtimestamp(now, UTC).astimezone(VIETNAM)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    slots = []
    for days in (1, 2):
        stamp = int((midnight + timedelta(days=days)).timestamp())
        flags = ["recommended"] if days == 1 else []
        slots.append({"date": stamp, "pickup_time_id": f"{stamp}_1", "flags": flags})
    return slots


def ship_order(call: Call) -> Reply:
    order = find_order(call.db, text(call.body, "order_sn", 1, 40), call.shop_id)
    _check_package(order, call.body.get("package_number"))
    if order["status"] == "CANCELLED":
        raise Refusal("logistics.error_order_state", "The order has been cancelled.")
    if order["status"] in ("PROCESSED", "SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"):
        raise Refusal(
            "logistics.package_already_shipped",
            "This package has already been arranged shipment and you can't call this API again.",
        )
    if order["status"] not in ("READY_TO_SHIP", "RETRY_SHIP"):
        raise Refusal("logistics.ship_order_not_ready_to_ship", "The order is not ready to ship.")
    _check_way(call)
    move(call.sim, call.db, order["order_sn"], "PROCESSED")
    plan_trip(call.sim, call.db, order["order_sn"])
    return Reply()


def _check_package(order: sqlite3.Row, given: str | None) -> None:
    """Either not sent at all, or the right one: an empty package number is a mistake."""
    if given is not None and given != order["package_number"]:
        raise Refusal("logistics.package_not_exist", "The package is not exist.")


def _check_way(call: Call) -> None:
    chosen = [way for way in WAYS if way in call.body]
    if len(chosen) != 1:
        raise Refusal(
            "logistics.ship_order_only_support_one_type",
            "Please select just one way to ship order: pickup or dropoff or non_integrated.",
        )
    if chosen[0] == "non_integrated":
        raise Refusal(
            "logistics.ship_order_unsupport_non_integrated",
            "This order does not support ship with non_integrated.",
        )
    way = as_object(call.body[chosen[0]], chosen[0])
    if chosen[0] == "dropoff":
        return
    if not way.get("address_id") or not way.get("pickup_time_id"):
        raise Refusal(
            "logistics.ship_order_need_address_pickup_time",
            "Parameter address_id and pickup_time_id are required.",
        )
    if way["address_id"] != ADDRESS_ID:
        raise Refusal("logistics.address_not_found", "Address is not found.")
    if way["pickup_time_id"] not in {slot["pickup_time_id"] for slot in _slots(call.now)}:
        raise wrong("the pickup_time_id received is invalid and not expected")


def get_tracking_number(call: Call) -> Reply:
    order = find_order(call.db, call.request.param("order_sn"), call.shop_id)
    _check_package(order, call.request.query.get("package_number", [None])[0])
    if order["status"] in ("UNPAID", "READY_TO_SHIP"):
        raise Refusal("logistics.error_status", "The shipment is not arranged yet.")
    number = order["tracking_number"]
    hint = "" if number else "The tracking number is not ready yet, please try again later."
    return Reply({"tracking_number": number, "hint": hint})
