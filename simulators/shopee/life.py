"""An order's life on the platform: its status, its parcel, and the stock it gives back."""

import json
import secrets
import sqlite3
import threading

from simulators.shopee.pushing import ORDER_STATUS, TRACKING, tell
from simulators.shopee.refusals import order_not_found
from simulators.shopee.sim import Sim
from simulators.web import JSON

NEXT = {
    "UNPAID": ("READY_TO_SHIP", "CANCELLED"),
    "READY_TO_SHIP": ("PROCESSED", "IN_CANCEL", "CANCELLED"),
    "PROCESSED": ("SHIPPED", "RETRY_SHIP", "IN_CANCEL", "CANCELLED"),
    "RETRY_SHIP": ("PROCESSED", "IN_CANCEL", "CANCELLED"),
    "SHIPPED": ("TO_CONFIRM_RECEIVE", "COMPLETED", "TO_RETURN"),
    "TO_CONFIRM_RECEIVE": ("COMPLETED", "TO_RETURN"),
    "IN_CANCEL": ("READY_TO_SHIP", "PROCESSED", "RETRY_SHIP", "CANCELLED"),
    "COMPLETED": ("TO_RETURN",),
    "TO_RETURN": ("COMPLETED",),
    "CANCELLED": (),
}
BEFORE_SHIPPING = ("UNPAID", "READY_TO_SHIP", "PROCESSED", "RETRY_SHIP", "IN_CANCEL")
_PARCEL = {
    "READY_TO_SHIP": "LOGISTICS_READY",
    "PROCESSED": "LOGISTICS_REQUEST_CREATED",
    "RETRY_SHIP": "LOGISTICS_PICKUP_RETRY",
    "SHIPPED": "LOGISTICS_PICKUP_DONE",
    "TO_CONFIRM_RECEIVE": "LOGISTICS_DELIVERY_DONE",
    "COMPLETED": "LOGISTICS_DELIVERY_DONE",
}
_TRACKING = "tracking"


def find_order(db: sqlite3.Connection, order_sn: str, shop_id: int | None = None) -> sqlite3.Row:
    """The order, of this shop if one is named. Raises Refusal."""
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM orders WHERE order_sn = ?", (order_sn,)
    ).fetchone()
    if row is None or shop_id not in (None, row["shop_id"]):
        raise order_not_found()
    return row


def move(sim: Sim, db: sqlite3.Connection, order_sn: str, status: str, **facts: str) -> None:
    """Set the status, give stock back once on a cancel before shipping, and push code 3."""
    order = find_order(db, order_sn)
    now = sim.clock.seconds()
    doc: JSON = {**json.loads(order["doc"]), **facts}
    if status == "SHIPPED":
        doc["pickup_done_time"] = now
    parcel = _PARCEL.get(status, order["logistics_status"])
    if status == "CANCELLED":
        arranged = order["logistics_status"] == "LOGISTICS_REQUEST_CREATED"
        parcel = "LOGISTICS_REQUEST_CANCELED" if arranged else "LOGISTICS_INVALID"
        if order["status"] in BEFORE_SHIPPING and not order["stock_back"]:
            _give_back(db, order_sn)
    before = order["status"] if status == "IN_CANCEL" else order["before_cancel"]
    db.execute(
        "UPDATE orders SET status = ?, before_cancel = ?, logistics_status = ?, doc = ?,"
        " updated = ? WHERE order_sn = ?",
        (status, before, parcel, json.dumps(doc, ensure_ascii=False), now, order_sn),
    )
    push_status(sim, db, order["shop_id"], order_sn, status)


def push_status(sim: Sim, db: sqlite3.Connection, shop_id: int, order_sn: str, status: str) -> None:
    data = {
        "ordersn": order_sn,
        "status": status,
        "completed_scenario": "",
        "items": [],
        "update_time": sim.clock.seconds(),
    }
    tell(sim, db, shop_id=shop_id, code=ORDER_STATUS, data=data)


def _give_back(db: sqlite3.Connection, order_sn: str) -> None:
    lines = db.execute(
        "SELECT item_id, model_id, quantity FROM order_lines WHERE order_sn = ?", (order_sn,)
    ).fetchall()
    for line in lines:
        db.execute(
            "UPDATE models SET stock = stock + ? WHERE item_id = ? AND model_id = ?",
            (line["quantity"], line["item_id"], line["model_id"]),
        )
    db.execute("UPDATE orders SET stock_back = 1 WHERE order_sn = ?", (order_sn,))


def plan_trip(sim: Sim, db: sqlite3.Connection, order_sn: str) -> None:
    """After the shipment is arranged: a tracking number soon, and if asked for, the whole trip."""
    now, step = sim.clock.now(), sim.settings["step_seconds"]
    plan = [(now + sim.settings["tracking_seconds"], _TRACKING)]
    if step > 0:
        for place, status in enumerate(("SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"), start=1):
            plan.append((now + place * step, status))
    db.executemany(
        "INSERT INTO timers (due, order_sn, status) VALUES (?, ?, ?)",
        [(due, order_sn, status) for due, status in plan],
    )


def start_timers(sim: Sim, stop: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=_run_timers, args=(sim, stop), daemon=True)
    thread.start()
    return thread


def _run_timers(sim: Sim, stop: threading.Event) -> None:
    while not stop.wait(0.5):
        if run_due(sim):
            sim.wake.set()


def run_due(sim: Sim) -> int:
    """Do what is due. Returns how many timers ran."""
    with sim.store.transaction() as db:
        rows = db.execute(
            "DELETE FROM timers WHERE due <= ? RETURNING id, order_sn, status", (sim.clock.now(),)
        ).fetchall()
        for row in sorted(rows, key=lambda row: int(row["id"])):
            _run(sim, db, row["order_sn"], row["status"])
    return len(rows)


def _run(sim: Sim, db: sqlite3.Connection, order_sn: str, status: str) -> None:
    order = find_order(db, order_sn)
    if status == _TRACKING:
        give_tracking_number(sim, db, order)
    elif status in NEXT[order["status"]]:
        move(sim, db, order_sn, status)


def give_tracking_number(sim: Sim, db: sqlite3.Connection, order: sqlite3.Row) -> None:
    """The carrier's number, once, and push code 4."""
    if order["tracking_number"] or order["status"] not in ("PROCESSED", "SHIPPED"):
        return
    number = f"SPXVN0{secrets.randbelow(10**11):011d}"
    db.execute(
        "UPDATE orders SET tracking_number = ?, updated = ? WHERE order_sn = ?",
        (number, sim.clock.seconds(), order["order_sn"]),
    )
    data = {
        "ordersn": order["order_sn"],
        "package_number": order["package_number"],
        "tracking_no": number,
    }
    tell(sim, db, shop_id=order["shop_id"], code=TRACKING, data=data)
