"""The product calls that only read."""

import json
import sqlite3

from simulators.shopee import catalogue
from simulators.shopee.inputs import query_ids, query_int
from simulators.shopee.items import own_item
from simulators.shopee.media import image_url
from simulators.shopee.refusals import Refusal, item_not_found, wrong
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

STATUSES = ("NORMAL", "BANNED", "UNLIST", "REVIEWING", "SELLER_DELETE", "SHOPEE_DELETE")


def get_category(call: Call) -> Reply:
    language = call.request.param("language") or "en"
    if language not in ("vi", "en"):
        raise wrong("language should be vi or en")
    return Reply({"category_list": catalogue.category_rows(language)})


def get_attribute_tree(call: Call) -> Reply:
    numbers = query_ids(call.request.query, "category_id_list", 20)
    if not set(numbers) <= catalogue.LEAVES:
        raise Refusal("error_param", "Invalid category.")
    return Reply(
        {
            "list": [
                {"category_id": number, "attribute_tree": catalogue.attribute_tree(number)}
                for number in numbers
            ]
        }
    )


def get_item_limit(call: Call) -> Reply:
    return Reply(catalogue.LIMITS)


def get_brand_list(call: Call) -> Reply:
    query_int(call.request.query, "category_id", 1, 2**31)
    brands = [{"brand_id": 0, "original_brand_name": "NoBrand", "display_brand_name": "NoBrand"}]
    return Reply({"brand_list": brands, "has_next_page": False, "next_offset": 0})


def get_item_list(call: Call) -> Reply:
    query = call.request.query
    offset = query_int(query, "offset", 0, 10**9)
    size = query_int(query, "page_size", 1, 100)
    since = query_int(query, "update_time_from", 0, 2**32, 0)
    until = query_int(query, "update_time_to", 0, 2**32, 2**32)
    if since > until:
        raise Refusal(
            "error_update_time_range", "Update_time_to should be later than update_time_from."
        )
    wanted = query.get("item_status", [])
    if not wanted or not set(wanted) <= set(STATUSES):
        raise wrong("item_status should be one or more of " + "/".join(STATUSES))
    rows = [
        row
        for row in call.db.execute(
            "SELECT item_id, status, updated FROM items WHERE shop_id = ? AND updated"
            " BETWEEN ? AND ? ORDER BY item_id",
            (call.shop_id, since, until),
        )
        if row["status"] in wanted
    ]
    page = rows[offset : offset + size]
    more = offset + size < len(rows)
    items = [
        {"item_id": row["item_id"], "item_status": row["status"], "update_time": row["updated"]}
        for row in page
    ]
    answer: JSON = {"item": items, "total_count": len(rows), "has_next_page": more}
    if more:
        answer["next_offset"] = offset + size
    return Reply(answer)


def search_item(call: Call) -> Reply:
    size = query_int(call.request.query, "page_size", 1, 100)
    offset = query_int(call.request.query, "offset", 0, 10**9, 0)
    sku, name = call.request.param("item_sku"), call.request.param("item_name")
    if not sku and not name:
        raise Refusal("error_param", "request must set one of [item_name,attribute_status]")
    rows = call.db.execute(
        "SELECT DISTINCT items.item_id FROM items JOIN models USING (item_id) WHERE shop_id = ?"
        " AND status IN ('NORMAL', 'UNLIST') AND CASE WHEN ? <> '' THEN ? IN (items.sku,"
        " models.sku) ELSE instr(lower(items.name), lower(?)) > 0 END ORDER BY items.item_id",
        (call.shop_id, sku, sku, name),
    ).fetchall()
    answer: JSON = {
        "item_id_list": [row["item_id"] for row in rows[offset : offset + size]],
        "total_count": len(rows),
    }
    if offset + size < len(rows):
        answer["next_offset"] = str(offset + size)
    return Reply(answer)


def get_item_base_info(call: Call) -> Reply:
    numbers = query_ids(call.request.query, "item_id_list", 50)
    marks = ",".join("?" * len(numbers))
    rows = call.db.execute(
        f"SELECT * FROM items WHERE shop_id = ? AND item_id IN ({marks}) ORDER BY item_id",  # noqa: S608
        (call.shop_id, *numbers),
    ).fetchall()
    if not rows:
        raise item_not_found()
    return Reply({"item_list": [_shown(call, row) for row in rows]})


def _shown(call: Call, row: sqlite3.Row) -> JSON:
    doc = json.loads(row["doc"])
    models = call.db.execute(
        "SELECT * FROM models WHERE item_id = ? ORDER BY model_id", (row["item_id"],)
    ).fetchall()
    ids = doc["image"]["image_id_list"]
    urls = [image_url(call.request.base_url, image_id) for image_id in ids]
    shown: JSON = {
        "item_id": row["item_id"],
        "category_id": doc["category_id"],
        "item_name": row["name"],
        "description": doc["description"],
        "description_type": "normal",
        "item_sku": row["sku"],
        "create_time": row["created"],
        "update_time": row["updated"],
        "item_status": row["status"],
        "image": {"image_id_list": ids, "image_url_list": urls},
        "weight": f"{doc['weight']:g}",
        "dimension": doc["dimension"],
        "logistic_info": doc["logistic_info"],
        "attribute_list": doc["attribute_list"],
        "brand": doc["brand"],
        "condition": "NEW",
        "has_model": bool(models[0]["model_id"]),
        "has_promotion": any(model["locked"] for model in models),
    }
    if not shown["has_model"]:
        shown["price_info"] = [_price(models[0])]
        shown["stock_info_v2"] = _stock(models)
    return shown


def _price(model: sqlite3.Row) -> JSON:
    return {
        "currency": "VND",
        "original_price": model["price"],
        "current_price": model["price"],
    }


def _stock(models: list[sqlite3.Row]) -> JSON:
    total = sum(model["stock"] for model in models)
    return {
        "summary_info": {
            "total_reserved_stock": sum(model["reserved"] for model in models),
            "total_available_stock": total,
        },
        "seller_stock": [{"location_id": "", "stock": total, "if_saleable": True}],
    }


def get_model_list(call: Call) -> Reply:
    item = own_item(call, query_int(call.request.query, "item_id", 1, 2**62))
    doc = json.loads(item["doc"])
    models = call.db.execute(
        "SELECT * FROM models WHERE item_id = ? AND model_id <> 0 ORDER BY model_id",
        (item["item_id"],),
    ).fetchall()
    return Reply(
        {
            "tier_variation": doc.get("tier_variation", []),
            "model": [
                {
                    "model_id": model["model_id"],
                    "model_sku": model["sku"],
                    "model_name": model["name"],
                    "tier_index": json.loads(model["tier_index"]),
                    "price_info": [_price(model)],
                    "stock_info_v2": _stock([model]),
                    "has_promotion": bool(model["locked"]),
                    "model_status": "MODEL_NORMAL",
                }
                for model in models
            ],
        }
    )


def get_shop_info(call: Call) -> Reply:
    shop = call.db.execute("SELECT name FROM shops WHERE shop_id = ?", (call.shop_id,)).fetchone()
    consent = call.db.execute(
        "SELECT granted, expires FROM consents WHERE partner_id = ? AND shop_id = ?",
        (call.partner_id, call.shop_id),
    ).fetchone()
    return Reply(
        flat={
            "shop_name": shop["name"],
            "region": "VN",
            "status": "NORMAL",
            "is_cb": False,
            "auth_time": int(consent["granted"]),
            "expire_time": int(consent["expires"]),
        }
    )
