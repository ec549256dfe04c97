"""order/*: lists by window and cursor, details with the fields asked for, cancelling."""

import json
import sqlite3

from simulators.shopee.buying import DAYS_TO_SHIP
from simulators.shopee.catalogue import CHANNELS
from simulators.shopee.inputs import objects, query_int, text, whole
from simulators.shopee.life import BEFORE_SHIPPING, NEXT, find_order, move
from simulators.shopee.media import image_url
from simulators.shopee.refusals import Refusal, order_not_found, wrong
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

WINDOW = 15 * 86400
MOST_DETAILS = 50
REASONS = ("OUT_OF_STOCK", "CUSTOMER_REQUEST", "UNDELIVERABLE_AREA", "COD_NOT_SUPPORTED")
OPTIONAL = frozenset(
    [
        "buyer_user_id",
        "buyer_username",
        "estimated_shipping_fee",
        "recipient_address",
        "actual_shipping_fee",
        "goods_to_declare",
        "note",
        "note_update_time",
        "item_list",
        "pay_time",
        "dropshipper",
        "dropshipper_phone",
        "split_up",
        "buyer_cancel_reason",
        "cancel_by",
        "cancel_reason",
        "actual_shipping_fee_confirmed",
        "buyer_cpf_id",
        "fulfillment_flag",
        "pickup_done_time",
        "package_list",
        "shipping_carrier",
        "payment_method",
        "total_amount",
        "invoice_data",
        "order_chargeable_weight_gram",
        "return_request_due_date",
        "edt",
        "payment_info",
    ]
)


def get_order_list(call: Call) -> Reply:
    query = call.request.query
    field = call.request.param("time_range_field")
    if field not in ("create_time", "update_time"):
        raise wrong("time_range_field should be create_time or update_time")
    since = query_int(query, "time_from", 0, 2**32)
    until = query_int(query, "time_to", 0, 2**32)
    if not 0 <= until - since <= WINDOW:
        raise Refusal(
            "order.order_list_invalid_time",
            "Start time must be earlier than end time and diff in 15days.",
        )
    size = query_int(query, "page_size", 1, 100)
    offset = query_int(query, "cursor", 0, 10**9, 0)
    status = call.request.param("order_status")
    if status and status not in {*NEXT, "INVOICE_PENDING", "PENDING"}:
        raise wrong("order_status is unknown")
    column = "updated" if field == "update_time" else "created"
    rows = call.db.execute(
        f"SELECT order_sn, status FROM orders WHERE shop_id = ? AND {column} BETWEEN ? AND ?"  # noqa: S608
        f" AND (? = '' OR status = ?) ORDER BY {column} DESC, order_sn LIMIT ? OFFSET ?",
        (call.shop_id, since, until, status, status, size + 1, offset),
    ).fetchall()
    with_status = "order_status" in call.request.param("response_optional_fields").split(",")
    found = [
        {"order_sn": row["order_sn"], **({"order_status": row["status"]} if with_status else {})}
        for row in rows[:size]
    ]
    more = len(rows) > size
    cursor = str(offset + size) if more else ""
    return Reply({"more": more, "next_cursor": cursor, "order_list": found})


def get_order_detail(call: Call) -> Reply:
    numbers = [part for part in call.request.param("order_sn_list").split(",") if part]
    if not 1 <= len(numbers) <= MOST_DETAILS:
        raise wrong(f"order_sn_list should have 1 to {MOST_DETAILS} entries")
    asked = {part for part in call.request.param("response_optional_fields").split(",") if part}
    if not asked <= OPTIONAL:
        raise wrong("response_optional_fields has an unknown field")
    rows = [
        call.db.execute(
            "SELECT * FROM orders WHERE order_sn = ? AND shop_id = ?", (number, call.shop_id)
        ).fetchone()
        for number in numbers
    ]
    found = [_shown(call, row, asked) for row in rows if row is not None]
    if not found:
        raise order_not_found()
    return Reply({"order_list": found})


def _shown(call: Call, row: sqlite3.Row, asked: set[str]) -> JSON:
    doc = json.loads(row["doc"])
    shown: JSON = {
        "order_sn": row["order_sn"],
        "region": "VN",
        "currency": "VND",
        "cod": doc["cod"],
        "order_status": row["status"],
        "message_to_seller": doc["message_to_seller"],
        "create_time": row["created"],
        "update_time": row["updated"],
        "days_to_ship": DAYS_TO_SHIP,
        "ship_by_date": doc["ship_by_date"],
    }
    lines = _lines(call, row["order_sn"])
    optional: JSON = {
        **doc,
        "item_list": lines,
        "package_list": [_package(row, lines)],
        "shipping_carrier": CHANNELS[0][1],
        "payment_method": "Cash on Delivery" if doc["cod"] else "ShopeePay",
        "fulfillment_flag": "fulfilled_by_local_seller",
        "buyer_cancel_reason": doc.get("buyer_cancel_reason", ""),
        "cancel_by": doc.get("cancel_by", ""),
        "cancel_reason": doc.get("cancel_reason", ""),
        "split_up": False,
        "goods_to_declare": False,
        "note": "",
    }
    shown.update({name: optional.get(name) for name in asked})
    return shown


def _lines(call: Call, order_sn: str) -> list[JSON]:
    rows = call.db.execute(
        "SELECT * FROM order_lines WHERE order_sn = ? ORDER BY line", (order_sn,)
    ).fetchall()
    lines = []
    for row in rows:
        doc = json.loads(row["doc"])
        lines.append(
            {
                "item_id": row["item_id"],
                "item_name": doc["item_name"],
                "item_sku": doc["item_sku"],
                "model_id": row["model_id"],
                "model_name": doc["model_name"],
                "model_sku": doc["model_sku"],
                "model_quantity_purchased": row["quantity"],
                "model_original_price": row["price"],
                "model_discounted_price": row["price"],
                "weight": doc["weight"],
                "order_item_id": row["item_id"],
                "image_info": {"image_url": image_url(call.request.base_url, doc["image"])},
            }
        )
    return lines


def _package(row: sqlite3.Row, lines: list[JSON]) -> JSON:
    number, carrier, _, _ = CHANNELS[0]
    return {
        "package_number": row["package_number"],
        "logistics_status": row["logistics_status"],
        "logistics_channel_id": number,
        "shipping_carrier": carrier,
        "item_list": [
            {
                "item_id": line["item_id"],
                "model_id": line["model_id"],
                "model_quantity": line["model_quantity_purchased"],
                "order_item_id": line["order_item_id"],
            }
            for line in lines
        ],
    }


def cancel_order(call: Call) -> Reply:
    order = find_order(call.db, text(call.body, "order_sn", 1, 40), call.shop_id)
    reason = text(call.body, "cancel_reason", 1, 40)
    if reason not in REASONS:
        raise wrong("cancel_reason should be one of " + ", ".join(REASONS))
    if reason == "OUT_OF_STOCK":
        _check_listed(call, order["order_sn"])
    if order["status"] not in BEFORE_SHIPPING or order["status"] in ("UNPAID", "IN_CANCEL"):
        raise Refusal("order.error_limit", "Can not cancel this order")
    move(
        call.sim, call.db, order["order_sn"], "CANCELLED", cancel_by="seller", cancel_reason=reason
    )
    return Reply({"update_time": call.now})


def _check_listed(call: Call, order_sn: str) -> None:
    """Out of stock must name items, and only those of the order."""
    listed = {
        (whole(entry, "item_id", 1), whole(entry, "model_id"))
        for entry in objects(call.body, "item_list", 50)
    }
    rows = call.db.execute(
        "SELECT item_id, model_id FROM order_lines WHERE order_sn = ?", (order_sn,)
    ).fetchall()
    if not listed <= {(row["item_id"], row["model_id"]) for row in rows}:
        raise wrong("item_list has an item that is not in the order")


def handle_buyer_cancellation(call: Call) -> Reply:
    order = find_order(call.db, text(call.body, "order_sn", 1, 40), call.shop_id)
    operation = text(call.body, "operation", 1, 10)
    if operation not in ("ACCEPT", "REJECT"):
        raise wrong("operation should be ACCEPT or REJECT")
    if order["status"] != "IN_CANCEL":
        raise Refusal(
            "order.order_status_invalid",
            "Invalid order_status.The order status should be IN_CANCEL.",
        )
    if operation == "ACCEPT":
        move(call.sim, call.db, order["order_sn"], "CANCELLED", cancel_by="buyer")
    else:
        move(call.sim, call.db, order["order_sn"], order["before_cancel"])
    return Reply({"update_time": call.now})
