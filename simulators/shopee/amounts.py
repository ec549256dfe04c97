"""product/update_stock and update_price: absolute numbers, up to 50 models of one item a call."""

import sqlite3
from collections.abc import Callable

from simulators.shopee.inputs import objects, seller_stock, whole
from simulators.shopee.items import checked_price, own_item
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

RESERVED = "Can not update item with stock less than reserved stock"


def update_stock(call: Call) -> Reply:
    def change(entry: JSON, model: sqlite3.Row) -> str:
        stock = seller_stock(entry)
        if stock < model["reserved"]:
            return RESERVED
        call.db.execute(
            "UPDATE models SET stock = ? WHERE item_id = ? AND model_id = ?",
            (stock, model["item_id"], model["model_id"]),
        )
        return ""

    def shown(entry: JSON) -> JSON:
        return {"location_id": "", "stock": seller_stock(entry)}

    failed, done = _each(call, "stock_list", change, shown)
    answer = {"failure_list": failed, "success_list": done}
    if not done and failed[0]["model_id"] == 0:
        raise Refusal("error_param", RESERVED)
    if not done:
        raise Refusal(
            "error_busi_update_stock_failed",
            "Update stock failed, please check failure_list for detailed reason",
            answer,
        )
    return Reply(answer, warning="Some models failed." if failed else "")


def update_price(call: Call) -> Reply:
    def change(entry: JSON, model: sqlite3.Row) -> str:
        price = checked_price(entry, "original_price")
        if model["locked"]:
            return "Original_price cannot be edited when item is under promotion."
        call.db.execute(
            "UPDATE models SET price = ? WHERE item_id = ? AND model_id = ?",
            (price, model["item_id"], model["model_id"]),
        )
        return ""

    def shown(entry: JSON) -> JSON:
        return {"original_price": checked_price(entry, "original_price")}

    failed, done = _each(call, "price_list", change, shown)
    if not done:
        raise Refusal(
            "error_cannt_edit_price_in_promotion",
            failed[0]["failed_reason"],
            {"failure_list": failed, "success_list": []},
        )
    return Reply(
        {"failure_list": failed, "success_list": done},
        warning="Some models failed." if failed else "",
    )


def _each(
    call: Call,
    list_name: str,
    change: Callable[[JSON, sqlite3.Row], str],
    shown: Callable[[JSON], JSON],
) -> tuple[list[JSON], list[JSON]]:
    """Do each entry for itself. A wrong item or model refuses the call as a whole."""
    item_id = int(own_item(call, whole(call.body, "item_id", 1))["item_id"])
    entries = objects(call.body, list_name, 50)
    numbers = [whole(entry, "model_id") if "model_id" in entry else 0 for entry in entries]
    if len(set(numbers)) != len(numbers):
        raise Refusal("error_param", "Repeat model_id.")
    failed: list[JSON] = []
    done: list[JSON] = []
    for number, entry in zip(numbers, entries, strict=True):
        reason = change(entry, _model(call, item_id, number))
        if reason:
            failed.append({"model_id": number, "failed_reason": reason})
        else:
            done.append({"model_id": number, **shown(entry)})
    call.db.execute("UPDATE items SET updated = ? WHERE item_id = ?", (call.now, item_id))
    return failed, done


def _model(call: Call, item_id: int, model_id: int) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM models WHERE item_id = ? AND model_id = ?", (item_id, model_id)
    ).fetchone()
    if row is not None:
        return row
    if model_id == 0:
        raise Refusal(
            "error_edit_item_stock_for_item_has_model",
            "Can't to edit item stock directly while item has models.",
        )
    raise Refusal("error_param", "Wrong model_id.")
