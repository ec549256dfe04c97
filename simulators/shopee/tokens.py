"""Codes and tokens: a code once in ten minutes, an access token for 4 h, a refresh token once."""

import secrets
import sqlite3

from simulators.shopee.gate import check_consent
from simulators.shopee.inputs import text, whole
from simulators.shopee.refusals import Refusal
from simulators.shopee.sim import Call, Reply, Sim
from simulators.web import JSON


def grant_code(sim: Sim, db: sqlite3.Connection, partner_id: int, shop_id: int) -> str:
    """The seller agreed: consent is recorded, and the code is what the browser carries back."""
    now = sim.clock.now()
    db.execute(
        "INSERT INTO consents (partner_id, shop_id, granted, expires) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (partner_id, shop_id) DO UPDATE SET granted = excluded.granted,"
        " expires = excluded.expires, revoked = 0",
        (partner_id, shop_id, now, now + sim.settings["consent_seconds"]),
    )
    code = secrets.token_hex(16)
    db.execute(
        "INSERT INTO codes (code, partner_id, shop_id, expires) VALUES (?, ?, ?, ?)",
        (code, partner_id, shop_id, now + sim.settings["code_seconds"]),
    )
    return code


def get_token(call: Call) -> Reply:
    code, shop_id = text(call.body, "code", 1, 200), _shop(call)
    row = call.db.execute(
        "SELECT shop_id, expires, used FROM codes WHERE code = ? AND partner_id = ?",
        (code, call.partner_id),
    ).fetchone()
    if row is None or row["used"] or row["expires"] <= call.sim.clock.now():
        raise Refusal(
            "invalid_code", "The code is expired or used or invalid, please check the code."
        )
    if row["shop_id"] != shop_id:
        raise Refusal(
            "invalid_shop_id",
            "The code or shop_id is wrong, please check the code or the shop_id.",
        )
    call.db.execute("UPDATE codes SET used = 1 WHERE code = ?", (code,))
    return Reply(flat=_new_pair(call, shop_id))


def refresh_token(call: Call) -> Reply:
    token, shop_id = text(call.body, "refresh_token", 1, 200), _shop(call)
    now = call.sim.clock.now()
    check_consent(call.db, call.partner_id, shop_id, now)
    row = call.db.execute(
        "SELECT expires, used FROM refresh_tokens WHERE token = ? AND partner_id = ?"
        " AND shop_id = ?",
        (token, call.partner_id, shop_id),
    ).fetchone()
    if row is None or row["used"]:
        raise Refusal(
            "error_shop_refresh_token",
            "Your refresh token is error ,please check refresh token or shopid.",
        )
    if row["expires"] <= now:
        raise Refusal("refresh_token_expired", "Your refresh_token expired.")
    pair = _new_pair(call, shop_id)
    return Reply(flat={**pair, "partner_id": call.partner_id, "shop_id": shop_id})


def _shop(call: Call) -> int:
    if whole(call.body, "partner_id") != call.partner_id:
        raise Refusal("error_param", "partner_id in body and query differ.")
    return whole(call.body, "shop_id", 1)


def _new_pair(call: Call, shop_id: int) -> JSON:
    """A new pair; every older refresh token dies, older access tokens live 5 minutes more."""
    now, settings = call.sim.clock.now(), call.sim.settings
    owner = (call.partner_id, shop_id)
    call.db.execute(
        "UPDATE refresh_tokens SET used = 1 WHERE partner_id = ? AND shop_id = ?", owner
    )
    call.db.execute(
        "UPDATE access_tokens SET expires = min(expires, ?) WHERE partner_id = ? AND shop_id = ?",
        (now + settings["old_access_seconds"], *owner),
    )
    access, refresh = secrets.token_hex(16), secrets.token_hex(16)
    call.db.execute(
        "INSERT INTO access_tokens VALUES (?, ?, ?, ?)",
        (access, *owner, now + settings["access_seconds"]),
    )
    call.db.execute(
        "INSERT INTO refresh_tokens (token, partner_id, shop_id, expires) VALUES (?, ?, ?, ?)",
        (refresh, *owner, now + settings["refresh_seconds"]),
    )
    return {
        "access_token": access,
        "refresh_token": refresh,
        "expire_in": int(settings["access_seconds"]),
    }


def revoke(sim: Sim, db: sqlite3.Connection, shop_id: int) -> list[int]:
    """The seller takes consent back. Returns the partners that lose it."""
    partners = [
        int(row["partner_id"])
        for row in db.execute(
            "UPDATE consents SET revoked = 1 WHERE shop_id = ? AND revoked = 0"
            " RETURNING partner_id",
            (shop_id,),
        )
    ]
    db.execute("DELETE FROM access_tokens WHERE shop_id = ?", (shop_id,))
    db.execute("UPDATE refresh_tokens SET used = 1 WHERE shop_id = ?", (shop_id,))
    return partners


def expire(sim: Sim, db: sqlite3.Connection, shop_id: int, kind: str) -> None:
    """Let a shop's access tokens, refresh tokens or consent run out now (a test asks for it)."""
    table = {"access": "access_tokens", "refresh": "refresh_tokens", "consent": "consents"}[kind]
    db.execute(
        f"UPDATE {table} SET expires = ? WHERE shop_id = ?",  # noqa: S608
        (sim.clock.now() - 1, shop_id),
    )
