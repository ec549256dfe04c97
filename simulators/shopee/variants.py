"""product/init_tier_variation: an item becomes one with models."""

import json

from simulators.shopee.inputs import objects, optional_text, seller_stock, text, whole
from simulators.shopee.items import checked_price, insert_model, is_locked, own_item
from simulators.shopee.media import check_images
from simulators.shopee.refusals import Refusal, wrong
from simulators.shopee.sim import Call, Reply
from simulators.store import next_number
from simulators.web import JSON

MOST = 50
WIDEST = 5  # in Viet Nam the dearest model costs at most five times the cheapest


def init_tier_variation(call: Call) -> Reply:
    item = own_item(call, whole(call.body, "item_id", 1))
    item_id = int(item["item_id"])
    if is_locked(call.db, item_id):
        raise Refusal(
            "error_cannt_init_tier_in_promotion",
            "Tier_variation cannot be changed when item is under promotion.",
        )
    if _has_models(call, item_id):
        raise Refusal("error_param", "The level of tier-variation not change.")
    tiers = _tiers(call)
    models = [_model(entry, tiers) for entry in objects(call.body, "model", MOST)]
    _check_together(models)
    call.db.execute("DELETE FROM models WHERE item_id = ?", (item_id,))
    for model in models:
        model["model_id"] = next_number(call.db, "model", 221_400_000_001)
        insert_model(call.db, item_id, model, model["price"], model["stock"])
    doc = {**json.loads(item["doc"]), "tier_variation": tiers}
    call.db.execute(
        "UPDATE items SET doc = ?, updated = ? WHERE item_id = ?",
        (json.dumps(doc), call.now, item_id),
    )
    return Reply(
        {"item_id": item_id, "tier_variation": tiers, "model": [_shown(m) for m in models]}
    )


def _has_models(call: Call, item_id: int) -> bool:
    return bool(
        call.db.execute(
            "SELECT 1 FROM models WHERE item_id = ? AND model_id <> 0", (item_id,)
        ).fetchone()
    )


def _tiers(call: Call) -> list[JSON]:
    tiers = objects(call.body, "tier_variation", MOST)
    if len(tiers) > 2:
        raise Refusal("error_param", "The level of tier-variation over 2.")
    kept = []
    for tier in tiers:
        options = []
        for option in objects(tier, "option_list", MOST):
            image = option.get("image") or {}
            if image.get("image_id"):
                check_images(call.db, [str(image["image_id"])])
            options.append({"option": text(option, "option", 1, 30), "image": image or None})
        names = [option["option"] for option in options]
        if len(set(names)) != len(names):
            raise Refusal("error_model_duplicate_name", "Item tier_variation have duplicate name.")
        kept.append({"name": text(tier, "name", 1, 14), "option_list": options})
    return kept


def _model(entry: JSON, tiers: list[JSON]) -> JSON:
    index = entry.get("tier_index")
    if not isinstance(index, list) or len(index) != len(tiers):
        raise Refusal("error_param", "Model tier_index error.")
    names = []
    for place, tier in zip(index, tiers, strict=True):
        if not isinstance(place, int) or not 0 <= place < len(tier["option_list"]):
            raise Refusal("error_model_tier_index_bound", "Invalid item iter_index.")
        names.append(tier["option_list"][place]["option"])
    return {
        "tier_index": index,
        "name": ",".join(names),
        "sku": optional_text(entry, "model_sku", 100),
        "price": checked_price(entry, "original_price"),
        "stock": seller_stock(entry),
    }


def _check_together(models: list[JSON]) -> None:
    indexes = [tuple(model["tier_index"]) for model in models]
    if len(set(indexes)) != len(indexes):
        raise Refusal(
            "error_model_duplicate_tier_variation_index", "Item have duplicate tier_index."
        )
    prices = [model["price"] for model in models]
    if max(prices) > WIDEST * min(prices):
        raise wrong(f"the dearest model may cost at most {WIDEST} times the cheapest")


def _shown(model: JSON) -> JSON:
    return {
        "tier_index": model["tier_index"],
        "model_id": model["model_id"],
        "model_sku": model["sku"],
        "price_info": [{"original_price": model["price"]}],
        "seller_stock": [{"stock": model["stock"]}],
    }
