"""Push notices: written with what they tell about, sent by threads, tried again, lost at last."""

import http.client
import json
import sqlite3
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulators.shopee.faults import take_fault
from simulators.shopee.signing import push_authorization
from simulators.shopee.sim import Sim
from simulators.web import JSON

RETRIES = (300, 1800, 10800)
SENDERS = 3
AUTHORISED, REVOKED, ORDER_STATUS, TRACKING, PROMOTION = 1, 2, 3, 4, 7


@dataclass(frozen=True)
class _Due:
    number: int
    attempt: int
    url: str
    key: str
    body: bytes


def tell(sim: Sim, db: sqlite3.Connection, *, shop_id: int, code: int, data: JSON) -> None:
    """Queue a notice for every partner that this shop let in. Sent after the commit."""
    rows = db.execute(
        "SELECT partner_id FROM consents WHERE shop_id = ? AND revoked = 0 AND expires > ?",
        (shop_id, sim.clock.now()),
    ).fetchall()
    for row in rows:
        tell_partner(sim, db, row["partner_id"], shop_id, code, data)


def tell_partner(
    sim: Sim, db: sqlite3.Connection, partner_id: int, shop_id: int, code: int, data: JSON
) -> None:
    """Queue one notice for one partner, unless it has no callback or turned this code off."""
    partner = db.execute(
        "SELECT callback, push_off FROM partners WHERE partner_id = ?", (partner_id,)
    ).fetchone()
    if not partner["callback"] or code in json.loads(partner["push_off"]):
        return
    now = sim.clock.now()
    body = json.dumps(
        {"data": data, "shop_id": shop_id, "code": code, "timestamp": int(now)},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    copies, due, state = 1, now, "waiting"
    fault = take_fault(db, "push")
    if fault is not None:
        copies = 2 if fault.mode == "duplicate" else 1
        due = now + (fault.seconds if fault.mode == "delay" else 0)
        state = "dropped" if fault.mode == "drop" else "waiting"
    for _ in range(copies):
        db.execute(
            "INSERT INTO pushes (partner_id, shop_id, code, body, state, attempts, due)"
            " VALUES (?, ?, ?, ?, ?, 0, ?)",
            (partner_id, shop_id, code, body, state, due),
        )


def start_senders(sim: Sim, stop: threading.Event) -> list[threading.Thread]:
    """Several senders: a slow receiver doesn't hold up the rest, and order is not kept."""
    with sim.store.transaction() as db:
        db.execute("UPDATE pushes SET state = 'waiting' WHERE state = 'sending'")
    threads = [
        threading.Thread(target=_send_until, args=(sim, stop), daemon=True) for _ in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    return threads


def _send_until(sim: Sim, stop: threading.Event) -> None:
    while not stop.is_set():
        due = _claim(sim)
        if due is None:
            sim.wake.wait(0.5)
            sim.wake.clear()
            continue
        _record(sim, due, post(due.url, due.key, due.body, sim.settings["push_timeout"]))


def _claim(sim: Sim) -> _Due | None:
    with sim.store.transaction() as db:
        row = db.execute(
            "SELECT pushes.id, attempts, body, callback, push_key FROM pushes"
            " JOIN partners USING (partner_id) WHERE state = 'waiting' AND due <= ?"
            " ORDER BY due, pushes.id LIMIT 1",
            (sim.clock.now(),),
        ).fetchone()
        if row is None:
            return None
        db.execute(
            "UPDATE pushes SET state = 'sending', attempts = attempts + 1 WHERE id = ?",
            (row["id"],),
        )
    return _Due(
        row["id"], row["attempts"] + 1, row["callback"], row["push_key"], row["body"].encode()
    )


def _record(sim: Sim, due: _Due, error: str) -> None:
    now, scale = sim.clock.now(), sim.settings["push_scale"]
    with sim.store.transaction() as db:
        if not error:
            db.execute("UPDATE pushes SET state = 'sent' WHERE id = ?", (due.number,))
        elif due.attempt <= len(RETRIES):
            db.execute(
                "UPDATE pushes SET state = 'waiting', due = ?, last_error = ? WHERE id = ?",
                (now + RETRIES[due.attempt - 1] * scale, error, due.number),
            )
        else:
            db.execute(
                "UPDATE pushes SET state = 'lost', lost_at = ?, last_error = ? WHERE id = ?",
                (now, error, due.number),
            )


def post(url: str, key: str, body: bytes, timeout: float) -> str:
    """Send one notice. Returns what was wrong, or nothing: 2xx with an empty body in time."""
    target = urlsplit(url)
    secure = target.scheme == "https"
    connection_class = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connection_class(target.hostname or "", target.port, timeout=timeout)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    headers = {
        "Authorization": push_authorization(key, url, body),
        "Content-Type": "application/json",
    }
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read(1)
    except (OSError, http.client.HTTPException) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()
    if not 200 <= answer.status < 300:
        return f"HTTP {answer.status}"
    return "the body is not empty" if content else ""
