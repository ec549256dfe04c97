"""/_sim/…: not Shopee's. What a test or the demo turns: partners, buyers, faults, time."""

import json
from typing import Any

from simulators.shopee.buying import SoldOut, Wish, buy
from simulators.shopee.faults import API_MODES, PUSH_MODES, order_fault
from simulators.shopee.inputs import text, whole
from simulators.shopee.life import find_order, give_tracking_number, move
from simulators.shopee.pushing import PROMOTION, REVOKED, tell, tell_partner
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Sim, save_partner
from simulators.shopee.tokens import expire, revoke
from simulators.web import JSON, Request, Response, Router, json_response


def add_routes(router: Router, sim: Sim) -> None:
    """Put the control calls on the router."""
    actions = {
        "/_sim/partners": _partner,
        "/_sim/shops": _shop,
        "/_sim/orders": _order,
        "/_sim/faults": _faults,
        "/_sim/clock": _clock,
        "/_sim/settings": _settings,
        "/_sim/promotions": _promotion,
        "/_sim/tokens/expire": _expire,
        "/_sim/revoke": _revoke,
    }
    for path, action in actions.items():
        router.add("POST", path, _guarded(sim, action))
    router.add("POST", "/_sim/orders/<order_sn>/status", _guarded(sim, _order_status))
    router.add("GET", "/_sim/state", lambda request: json_response(state(sim)))


def _guarded(sim: Sim, action: Any) -> Any:
    def handler(request: Request) -> Response:
        if request.is_cross_site():
            return json_response({"error": "cross_site", "message": "Only from here."}, 403)
        try:
            data = request.json() if request.body else {}
            answer = action(sim, request, data)
        except SoldOut as error:
            return json_response({"error": "sold_out", "message": str(error)}, 409)
        except Refusal as refusal:
            return json_response({"error": refusal.code, "message": refusal.message}, 400)
        except ValueError as error:
            return json_response({"error": "bad_request", "message": str(error)}, 400)
        sim.wake.set()
        return json_response(answer)

    return handler


def _partner(sim: Sim, request: Request, data: JSON) -> JSON:
    key = text(data, "key", 1, 200)
    with sim.store.transaction() as db:
        save_partner(
            db,
            partner_id=whole(data, "partner_id", 1),
            key=key,
            push_key=str(data.get("push_key") or key),
            callback=str(data.get("callback") or ""),
        )
    return {"partner_id": data["partner_id"]}


def _shop(sim: Sim, request: Request, data: JSON) -> JSON:
    """Make a shop, or ban one: {shop_id, banned}."""
    with sim.store.transaction() as db:
        if "banned" in data:
            db.execute(
                "UPDATE shops SET banned = ? WHERE shop_id = ?",
                (int(bool(data["banned"])), whole(data, "shop_id")),
            )
            return {"shop_id": data["shop_id"]}
        return {"shop_id": new_shop(db, text(data, "name", 1, 60))}


def new_shop(db: Any, name: str) -> int:
    row = db.execute(
        "INSERT INTO shops (shop_id, name) SELECT max(shop_id) + 1, ? FROM shops RETURNING shop_id",
        (name,),
    ).fetchone()
    return int(row["shop_id"])


def _order(sim: Sim, request: Request, data: JSON) -> JSON:
    """{shop_id, item_id, model_id?, qty?} or {shop_id, items: [{item_id, model_id, qty}]}."""
    entries = data.get("items") or [data]
    wishes = [
        Wish(
            whole(entry, "item_id"),
            whole({"model_id": 0, **entry}, "model_id"),
            whole({"qty": 1, **entry}, "qty", 1, 999_999),
        )
        for entry in entries
    ]
    with sim.store.transaction() as db:
        order_sn = buy(sim, db, shop_id=whole(data, "shop_id"), wishes=wishes, given=data)
        status = find_order(db, order_sn)["status"]
    return {"order_sn": order_sn, "order_status": status}


def _order_status(sim: Sim, request: Request, data: JSON) -> JSON:
    """Any status, also one that the platform would not reach from here."""
    order_sn, status = request.args["order_sn"], text(data, "status", 1, 40)
    with sim.store.transaction() as db:
        move(sim, db, order_sn, status, **{k: str(v) for k, v in data.items() if k != "status"})
        if status in ("PROCESSED", "SHIPPED"):
            give_tracking_number(sim, db, find_order(db, order_sn))
        return {"order_sn": order_sn, "order_status": find_order(db, order_sn)["status"]}


def _faults(sim: Sim, request: Request, data: JSON) -> JSON:
    """{"push": mode, "times", "seconds"}, {"api": {"path", "mode", "times"}}, {"clear": true}."""
    with sim.store.transaction() as db:
        if data.get("clear"):
            db.execute("DELETE FROM faults")
        if "push" in data:
            push = (
                data["push"] if isinstance(data["push"], dict) else {**data, "mode": data["push"]}
            )
            _add_fault(db, "push", push, PUSH_MODES)
        if "api" in data:
            path = str(data["api"].get("path") or "*")
            if path != "*" and not path.startswith("/api/v2/"):
                path = "/api/v2/" + path.lstrip("/")
            _add_fault(db, path, data["api"], API_MODES)
        rows = db.execute("SELECT target, mode, remaining, seconds FROM faults").fetchall()
    return {"faults": [dict(row) for row in rows]}


def _add_fault(db: Any, target: str, data: JSON, modes: tuple[str, ...]) -> None:
    mode = str(data.get("mode"))
    if mode not in modes and not (target != "push" and mode.startswith("error:")):
        raise ValueError(f"mode should be one of {', '.join(modes)}")
    order_fault(
        db,
        target=target,
        mode=mode,
        times=whole({"times": 1, **data}, "times", 1),
        seconds=float(data.get("seconds") or 5),
    )


def _clock(sim: Sim, request: Request, data: JSON) -> JSON:
    """{"offset": seconds} sets it, {"advance": seconds} adds to it. The signature's time too."""
    offset = float(data.get("offset", sim.settings["clock_offset"]))
    sim.settings.change({"clock_offset": offset + float(data.get("advance", 0))})
    return {"now": sim.clock.seconds(), "offset": sim.settings["clock_offset"]}


def _settings(sim: Sim, request: Request, data: JSON) -> JSON:
    unknown = [name for name in data if not sim.settings.known(name)]
    if unknown:
        raise ValueError(f"unknown settings: {', '.join(unknown)}")
    sim.settings.change({name: float(value) for name, value in data.items()})
    return sim.settings.all()


def _promotion(sim: Sim, request: Request, data: JSON) -> JSON:
    """A campaign takes units aside and locks the price; {"reserved": 0} ends it. Pushes code 7."""
    item_id, reserved = whole(data, "item_id"), whole(data, "reserved")
    model_id = whole({"model_id": 0, **data}, "model_id")
    with sim.store.transaction() as db:
        row = db.execute(
            "UPDATE models SET reserved = ?, locked = ? WHERE item_id = ? AND model_id = ?"
            " AND stock >= ? RETURNING (SELECT shop_id FROM items WHERE items.item_id ="
            " models.item_id) AS shop_id",
            (reserved, int(reserved > 0), item_id, model_id, reserved),
        ).fetchone()
        if row is None:
            raise ValueError("no such model, or less stock than to be reserved")
        notice = {
            "item_id": item_id,
            "variation_id": model_id,
            "action": "promotion_start" if reserved else "promotion_end",
            "reserved_stock": reserved,
        }
        tell(sim, db, shop_id=row["shop_id"], code=PROMOTION, data=notice)
    return notice


def _expire(sim: Sim, request: Request, data: JSON) -> JSON:
    """{"shop_id", "kind": "access" | "refresh" | "consent"}: it has run out."""
    kind = text(data, "kind")
    if kind not in ("access", "refresh", "consent"):
        raise ValueError("kind should be access, refresh or consent")
    with sim.store.transaction() as db:
        expire(sim, db, whole(data, "shop_id"), kind)
    return {"expired": kind}


def _revoke(sim: Sim, request: Request, data: JSON) -> JSON:
    """The seller takes the consent back; pushes code 2."""
    shop_id = whole(data, "shop_id")
    with sim.store.transaction() as db:
        for partner_id in revoke(sim, db, shop_id):
            notice = {"shop_id": shop_id, "authorize_type": "shop authorization canceled"}
            tell_partner(sim, db, partner_id, shop_id, REVOKED, notice)
    return {"revoked": shop_id}


def state(sim: Sim) -> JSON:
    """Everything a test wants to look at."""
    queries = {
        "shops": "SELECT * FROM shops",
        "consents": "SELECT * FROM consents",
        "items": "SELECT item_id, shop_id, status, name, sku FROM items",
        "models": "SELECT item_id, model_id, sku, name, price, stock, reserved FROM models",
        "order_lines": "SELECT order_sn, item_id, model_id, quantity, price FROM order_lines",
        "pushes": "SELECT id, shop_id, code, state, attempts, last_error FROM pushes",
    }
    with sim.store.transaction() as db:
        found: JSON = {
            name: [dict(row) for row in db.execute(query)] for name, query in queries.items()
        }
        found["orders"] = [
            {**dict(row), "doc": json.loads(row["doc"])}
            for row in db.execute("SELECT * FROM orders")
        ]
    return {**found, "settings": sim.settings.all(), "now": sim.clock.seconds()}
