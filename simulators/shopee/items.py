"""product/add_item, update_item, unlist_item, delete_item: what an offer must have."""

import json
import sqlite3
from typing import Any

from simulators.shopee import catalogue
from simulators.shopee.inputs import objects, optional_text, seller_stock, text, whole
from simulators.shopee.media import check_images, image_url
from simulators.shopee.refusals import Refusal, item_not_found, wrong
from simulators.shopee.sim import Call, Reply
from simulators.store import next_number
from simulators.web import JSON

GONE = ("SELLER_DELETE", "SHOPEE_DELETE")


def add_item(call: Call) -> Reply:
    body = call.body
    doc = _checked(call, body)
    price, sku = checked_price(body, "original_price"), optional_text(body, "item_sku", 100)
    stock = seller_stock(body) if body.get("seller_stock") is not None else 0
    item_id = next_number(call.db, "item", 23_500_000_001)
    call.db.execute(
        "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item_id,
            call.shop_id,
            _status(body, "NORMAL"),
            doc["item_name"],
            sku,
            json.dumps(doc),
            call.now,
            call.now,
        ),
    )
    insert_model(
        call.db, item_id, {"model_id": 0, "sku": sku, "name": "", "tier_index": []}, price, stock
    )
    return Reply(_echo(call, item_id, doc))


def update_item(call: Call) -> Reply:
    item = own_item(call, whole(call.body, "item_id", 1))
    old = json.loads(item["doc"])
    changed = {name: call.body[name] for name in old if name in call.body}
    doc = _checked(call, {**old, **changed})
    sku = optional_text(call.body, "item_sku", 100) or item["sku"]
    call.db.execute(
        "UPDATE items SET name = ?, sku = ?, doc = ?, status = ?, updated = ? WHERE item_id = ?",
        (
            doc["item_name"],
            sku,
            json.dumps(doc),
            _status(call.body, item["status"]),
            call.now,
            item["item_id"],
        ),
    )
    call.db.execute(
        "UPDATE models SET sku = ? WHERE item_id = ? AND model_id = 0", (sku, item["item_id"])
    )
    return Reply(_echo(call, int(item["item_id"]), doc))


def _checked(call: Call, body: JSON) -> JSON:
    """The fields kept as a document, each checked."""
    limits = catalogue.LIMITS
    name, description = body.get("item_name"), body.get("description")
    if not isinstance(name, str) or not name.strip():
        raise Refusal("error_item_name_empty", "Item name could not be empty.")
    if len(name) < limits["item_name_length_limit"]["min_limit"]:
        raise Refusal("error_item_name_is_too_short", "Item_name length is less than min limit.")
    if len(name) > limits["item_name_length_limit"]["max_limit"]:
        raise Refusal("error_name_length_limit", "Exceeded item_name length limitation.")
    if not isinstance(description, str) or len(description) < 20:
        raise Refusal(
            "error_desc_length_min_limit", "Description length is less than the min limit."
        )
    text(body, "description", 20, limits["item_description_length_limit"]["max_limit"])
    weight = _weight(body)
    return {
        "item_name": name,
        "description": description,
        "weight": weight,
        "category_id": _leaf(body),
        "image": {"image_id_list": _images(call.db, body)},
        "logistic_info": _logistics(body, weight),
        "attribute_list": _attributes(body),
        "brand": body.get("brand") or {"brand_id": 0, "original_brand_name": "NoBrand"},
        "dimension": body.get("dimension"),
    }


def _leaf(body: JSON) -> int:
    category_id = whole(body, "category_id", 1)
    if category_id not in catalogue.LEAVES:
        raise Refusal("error_param", "Invalid category.")
    return category_id


def _weight(body: JSON) -> float:
    weight = body.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1000:
        raise Refusal("error_param", "Invalid Weight.")
    return float(weight)


def _images(db: sqlite3.Connection, body: JSON) -> list[str]:
    image = body.get("image")
    ids = image.get("image_id_list") if isinstance(image, dict) else None
    if not isinstance(ids, list) or not 1 <= len(ids) <= 9:
        raise Refusal("error_image_num_min", "An item needs 1 to 9 images.")
    check_images(db, [str(image_id) for image_id in ids])
    return ids


def _logistics(body: JSON, weight: float) -> list[JSON]:
    kept = []
    for entry in objects(body, "logistic_info", 20):
        number, enabled = whole(entry, "logistic_id", 1), entry.get("enabled")
        if number not in catalogue.CHANNEL_NAMES or not isinstance(enabled, bool):
            raise Refusal(
                "error_param", f"Invalid logistic info, channel {number} is not known here."
            )
        if enabled and weight > catalogue.ENABLED_CHANNELS.get(number, 0):
            raise Refusal(
                "error_invalid_logistic_info",
                f"invalid logistic info , channel {number} is off or too weak for this weight",
            )
        kept.append({"logistic_id": number, "enabled": enabled})
    if not any(entry["enabled"] for entry in kept):
        raise Refusal("error_param", "Invalid logistic info, no channel is enabled.")
    return kept


def _attributes(body: JSON) -> list[Any]:
    given = body.get("attribute_list") or []
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise wrong("attribute_list should be a list of objects")
    known = {row["attribute_id"]: row for row in catalogue.attribute_tree(body["category_id"])}
    numbers = {entry.get("attribute_id") for entry in given}
    if not numbers <= set(known):
        raise Refusal("error_invalid_category_attribute", "Category and attribute not match.")
    if any(row["mandatory"] and number not in numbers for number, row in known.items()):
        raise Refusal("error_invalid_attribute", "Mandatory attribute information required")
    return given


def checked_price(data: JSON, name: str) -> int:
    limit = catalogue.LIMITS["price_limit"]
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise Refusal("error_invalid_price", "Invalid price, please use the correct format")
    if not limit["min_limit"] <= value <= limit["max_limit"]:
        raise Refusal("error_price_out_of_range", "The price is outside of the price limit.")
    return int(value)


def _status(body: JSON, otherwise: str) -> str:
    status = body.get("item_status", otherwise)
    if status not in ("NORMAL", "UNLIST"):
        raise wrong("item_status should be NORMAL or UNLIST")
    return str(status)


def insert_model(db: sqlite3.Connection, item_id: int, model: JSON, price: int, stock: int) -> None:
    """Model 0 stands for an item without variants."""
    db.execute(
        "INSERT INTO models (item_id, model_id, sku, name, tier_index, price, stock)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            item_id,
            model["model_id"],
            model["sku"],
            model["name"],
            json.dumps(model["tier_index"]),
            price,
            stock,
        ),
    )


def own_item(call: Call, item_id: int) -> sqlite3.Row:
    """The shop's own, living item. Raises Refusal."""
    row = call.db.execute("SELECT * FROM items WHERE item_id = ?", (item_id,)).fetchone()
    if row is None:
        raise item_not_found()
    if row["shop_id"] != call.shop_id:
        raise Refusal("error_item_not_belong_shop", "Item not belong to shop.")
    if row["status"] in GONE:
        raise Refusal(
            "error_item_uneditable", "Can't edit this item. item status can not support editing."
        )
    found: sqlite3.Row = row
    return found


def is_locked(db: sqlite3.Connection, item_id: int) -> bool:
    """Whether a promotion holds this item."""
    return bool(
        db.execute("SELECT 1 FROM models WHERE item_id = ? AND locked", (item_id,)).fetchone()
    )


def _echo(call: Call, item_id: int, doc: JSON) -> JSON:
    ids = doc["image"]["image_id_list"]
    status = call.db.execute("SELECT status FROM items WHERE item_id = ?", (item_id,)).fetchone()[
        "status"
    ]
    urls = [image_url(call.request.base_url, image_id) for image_id in ids]
    images = {"image_id_list": ids, "image_url_list": urls}
    return {**doc, "image": None, "images": images, "item_id": item_id, "item_status": status}


def unlist_item(call: Call) -> Reply:
    failed: list[JSON] = []
    done: list[JSON] = []
    for entry in objects(call.body, "item_list", 50):
        item_id, unlist = whole(entry, "item_id", 1), entry.get("unlist")
        if not isinstance(unlist, bool):
            raise wrong("unlist should be true or false")
        reason = _unlist_one(call, item_id, "UNLIST" if unlist else "NORMAL")
        if reason:
            failed.append({"item_id": item_id, "failed_reason": reason})
        else:
            done.append({"item_id": item_id, "unlist": unlist})
    answer = {"failure_list": failed, "success_list": done}
    if not done:
        raise Refusal("error_unlist_item_all_failed", "Unlist item all failed.", answer)
    return Reply(answer, warning="Some items failed." if failed else "")


def _unlist_one(call: Call, item_id: int, status: str) -> str:
    """Why it can't be done, or nothing."""
    try:
        own_item(call, item_id)
    except Refusal as refusal:
        return refusal.message
    if status == "UNLIST" and is_locked(call.db, item_id):
        return "Item cannot be unlisted when item is under promotion."
    call.db.execute(
        "UPDATE items SET status = ?, updated = ? WHERE item_id = ?", (status, call.now, item_id)
    )
    return ""


def delete_item(call: Call) -> Reply:
    item_id = int(own_item(call, whole(call.body, "item_id", 1))["item_id"])
    if is_locked(call.db, item_id):
        raise Refusal(
            "error_cannt_delete_in_promotion",
            "Item cannot be deleted when item is under promotion.",
        )
    call.db.execute(
        "UPDATE items SET status = 'SELLER_DELETE', updated = ? WHERE item_id = ?",
        (call.now, item_id),
    )
    return Reply()
