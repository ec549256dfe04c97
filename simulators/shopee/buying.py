"""A buyer buys on the simulated Shopee: stock falls in one statement or nothing happens."""

import hashlib
import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from simulators.shopee.life import push_status
from simulators.shopee.sim import Sim
from simulators.store import next_number
from simulators.web import JSON

VIETNAM = timezone(timedelta(hours=7))
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SHIPPING_FEE = 16_500
DAYS_TO_SHIP = 2
_BUYERS = (
    ("nguoimua_mau_01", "Người Mua Mẫu Một", "Phường Bến Thành", "Thành phố Hồ Chí Minh"),
    ("nguoimua_mau_02", "Người Mua Mẫu Hai", "Phường Hoàn Kiếm", "Thành phố Hà Nội"),
    ("nguoimua_mau_03", "Người Mua Mẫu Ba", "Phường Hải Châu", "Thành phố Đà Nẵng"),
    ("nguoimua_mau_04", "Người Mua Mẫu Bốn", "Phường Ninh Kiều", "Thành phố Cần Thơ"),
)


class SoldOut(Exception):  # noqa: N818 - the buyer's answer
    """Not enough left, or not for sale any more."""


@dataclass(frozen=True)
class Wish:
    item_id: int
    model_id: int
    quantity: int


def buy(sim: Sim, db: sqlite3.Connection, *, shop_id: int, wishes: list[Wish], given: JSON) -> str:
    """Place a paid (or COD) order. Returns its number. Raises SoldOut; then nothing is taken.

    `given` may hold `buyer`, `message`, `cod` and `recipient`; the rest is made up.
    """
    now = sim.clock.seconds()
    day = datetime.fromtimestamp(now, UTC).astimezone(VIETNAM).strftime("%y%m%d")
    order_sn = day + "".join(secrets.choice(_LETTERS) for _ in range(8))
    lines = [_take(db, shop_id, wish) for wish in wishes]
    total = sum(line["price"] * line["quantity"] for line in lines) + SHIPPING_FEE
    doc = _doc(sim, order_sn, given, now)
    doc["total_amount"] = total
    package = f"OFG{next_number(db, 'package', 180_000_000_001)}"
    status = "UNPAID" if given.get("unpaid") else "READY_TO_SHIP"
    db.execute(
        "INSERT INTO orders (order_sn, shop_id, status, doc, package_number, logistics_status,"
        " created, updated) VALUES (?, ?, ?, ?, ?, 'LOGISTICS_READY', ?, ?)",
        (order_sn, shop_id, status, json.dumps(doc, ensure_ascii=False), package, now, now),
    )
    for place, line in enumerate(lines, start=1):
        db.execute(
            "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                order_sn,
                place,
                line["item_id"],
                line["model_id"],
                line["quantity"],
                line["price"],
                json.dumps(line["doc"], ensure_ascii=False),
            ),
        )
    push_status(sim, db, shop_id, order_sn, status)
    return order_sn


def _take(db: sqlite3.Connection, shop_id: int, wish: Wish) -> JSON:
    """Lower the stock, if so much is free, in one statement."""
    model = db.execute(
        "UPDATE models SET stock = stock - ? WHERE item_id = ? AND model_id = ?"
        " AND stock - reserved >= ? AND ? > 0 AND EXISTS (SELECT 1 FROM items WHERE"
        " items.item_id = models.item_id AND shop_id = ? AND status = 'NORMAL') RETURNING *",
        (
            wish.quantity,
            wish.item_id,
            wish.model_id,
            wish.quantity,
            wish.quantity,
            shop_id,
        ),
    ).fetchone()
    if model is None:
        raise SoldOut(f"item {wish.item_id}, model {wish.model_id}: not enough left")
    item = db.execute("SELECT * FROM items WHERE item_id = ?", (wish.item_id,)).fetchone()
    kept = json.loads(item["doc"])
    return {
        "item_id": wish.item_id,
        "model_id": wish.model_id,
        "quantity": wish.quantity,
        "price": int(model["price"]),
        "doc": {
            "item_name": item["name"],
            "item_sku": item["sku"],
            "model_name": model["name"],
            "model_sku": model["sku"] if wish.model_id else "",
            "image": kept["image"]["image_id_list"][0],
            "weight": kept["weight"],
        },
    }


def _doc(sim: Sim, order_sn: str, given: JSON, now: int) -> JSON:
    seed = int(hashlib.sha256(order_sn.encode()).hexdigest(), 16)
    username, name, town, city = _BUYERS[seed % len(_BUYERS)]
    recipient: JSON = {
        "name": name,
        "phone": f"8490{seed % 10_000_000:07d}",
        "town": town,
        "district": "",
        "city": city,
        "state": city,
        "region": "VN",
        "zipcode": "",
        "full_address": f"{seed % 300 + 1} Đường Thử Nghiệm, {town}, {city}",
    }
    recipient.update(given.get("recipient") or {})
    return {
        "buyer_user_id": 900_000_000 + seed % 1000,
        "buyer_username": str(given.get("buyer") or username),
        "recipient_address": _masked(recipient) if sim.settings["mask_recipient"] else recipient,
        "message_to_seller": str(given.get("message") or ""),
        "cod": bool(given.get("cod", False)),
        "pay_time": None if given.get("unpaid") else now,
        "ship_by_date": now + DAYS_TO_SHIP * 86400,
        "estimated_shipping_fee": SHIPPING_FEE,
    }


def _masked(recipient: JSON) -> JSON:
    """As the platform shows it to sellers before the parcel is arranged."""
    return {
        **recipient,
        "name": recipient["name"][:1] + "*****",
        "phone": "******" + recipient["phone"][-2:],
        "full_address": f"******, {recipient['town']}, {recipient['city']}",
    }
