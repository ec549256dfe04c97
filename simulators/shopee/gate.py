"""The platform's front door: partner, time, signature, token, shop and rate, in that order."""

import sqlite3

from simulators.shopee.refusals import Refusal
from simulators.shopee.signing import base_string, is_right
from simulators.shopee.sim import Sim
from simulators.web import Request

MAX_AGE = 300
UINT32 = 4294967295


def signed_partner(sim: Sim, db: sqlite3.Connection, request: Request, *, of_shop: bool) -> int:
    """The partner that signed this request within five minutes. Raises Refusal."""
    partner_text = _number(request, "partner_id")
    timestamp = _number(request, "timestamp")
    if abs(sim.clock.now() - int(timestamp)) > MAX_AGE:
        raise Refusal("error_param", "Timestamp is expired.")
    sign = request.param("sign")
    if not sign:
        raise Refusal("error_param", "There is no sign in query.")
    if of_shop:
        _both_given(request)
    row = db.execute(
        "SELECT key FROM partners WHERE partner_id = ?", (int(partner_text),)
    ).fetchone()
    if row is None:
        raise Refusal("invalid_partner_id", "Invalid partner_id, please have a check.")
    extra = (request.param("access_token"), request.param("shop_id")) if of_shop else ("", "")
    if not is_right(row["key"], base_string(partner_text, request.path, timestamp, *extra), sign):
        raise Refusal("error_sign", "Wrong sign.")
    return int(partner_text)


def _number(request: Request, name: str) -> str:
    text = request.param(name)
    if not text:
        raise Refusal(
            "error_param",
            "no timestamp." if name == "timestamp" else f"There is no {name} in query.",
        )
    if not (text.isascii() and text.isdigit() and int(text) <= UINT32):
        raise Refusal(
            "error_param",
            f"{name.capitalize()} is invalid, should be an integer between 0 and {UINT32}.",
        )
    return text


def _both_given(request: Request) -> None:
    for name in ("access_token", "shop_id"):
        if not request.param(name):
            raise Refusal("error_param", f"There is no {name} in query.")


def allowed_shop(sim: Sim, db: sqlite3.Connection, request: Request, partner_id: int) -> int:
    """The shop of a signed shop call, if its seller consented and the token is its own."""
    text = request.param("shop_id")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refusal("error_param", "Shop_id is invalid, should be an integer.")
    shop_id, now = int(text), sim.clock.now()
    shop = db.execute("SELECT banned FROM shops WHERE shop_id = ?", (shop_id,)).fetchone()
    if shop is None:
        raise Refusal("partner_shop_no_link", "Invalid partner_id or shop_id, please have a check.")
    check_consent(db, partner_id, shop_id, now)
    token = db.execute(
        "SELECT expires FROM access_tokens WHERE token = ? AND partner_id = ? AND shop_id = ?",
        (request.param("access_token"), partner_id, shop_id),
    ).fetchone()
    if token is None or token["expires"] <= now:
        raise Refusal("invalid_acceess_token", "Invalid access_token, please have a check.")
    if shop["banned"]:
        raise Refusal("shop_banned", "The shop account has been banned.")
    return shop_id


def check_consent(db: sqlite3.Connection, partner_id: int, shop_id: int, now: float) -> None:
    """Raises Refusal unless this shop's consent for this partner is alive."""
    row = db.execute(
        "SELECT expires, revoked FROM consents WHERE partner_id = ? AND shop_id = ?",
        (partner_id, shop_id),
    ).fetchone()
    if row is None or row["revoked"]:
        raise Refusal("shop_no_linked", "Partner and shop has no linked.")
    if row["expires"] <= now:
        raise Refusal("shop_access_expired", "Your access to shop has expired.")


def count_call(sim: Sim, partner_id: int, shop_id: int) -> None:
    """Refuses what goes over the calls per minute of this partner at this shop."""
    minute = sim.clock.seconds() // 60
    key = (partner_id, shop_id)
    with sim.served_lock:
        last, count = sim.served.get(key, (minute, 0))
        count = count + 1 if last == minute else 1
        sim.served[key] = (minute, count)
    if count > sim.settings["rate_per_minute"]:
        raise Refusal(
            "error_rate_limit",
            "Too many requests. You have reached the rate limit. Please try again later.",
        )
