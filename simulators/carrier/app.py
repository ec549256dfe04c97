"""/carrier/…: orders by bearer token; /_sim/carrier/…: what a test or the demo turns."""

import hmac
import json
import os
import re
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from simulators.carrier.trip import (
    STATES,
    Event,
    events_until,
    expected_on,
    fee_vnd,
    is_bad_luck,
    iso,
    zone,
)
from simulators.settings import Clock, Settings
from simulators.store import Store, next_number
from simulators.web import JSON, Handler, Request, Response, Router, json_response

TABLES = """
CREATE TABLE IF NOT EXISTS parcels (
    code TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, asked TEXT NOT NULL,
    fee_vnd INTEGER NOT NULL, expected_on TEXT NOT NULL, accepted_at REAL NOT NULL,
    fails INTEGER NOT NULL, forced TEXT NOT NULL DEFAULT '[]');
"""
DEFAULTS: dict[str, float] = {"clock_offset": 0, "speed": 1440, "fail_one_in": 50}
DEMO_TOKEN = "carrier-demo-token"  # noqa: S105 - of a simulator on the loopback
MOST_GRAMS = 1_000_000
MOST_COD = 200_000_000
_WARD = re.compile(r"[0-9]{5}")


class Refused(Exception):  # noqa: N818 - the carrier's answer
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True)
class Carrier:
    store: Store
    settings: Settings
    clock: Clock
    token: str


def open_carrier(directory: Path) -> Carrier:
    """The carrier on this folder's file. Reads SIM_CARRIER_SPEED, …_FAIL_ONE_IN and …_TOKEN."""
    store = Store(directory / "carrier.sqlite3", TABLES)
    settings = Settings(store, DEFAULTS)
    given = {name: os.environ.get(f"SIM_CARRIER_{name.upper()}") for name in DEFAULTS}
    settings.change({name: float(value) for name, value in given.items() if value})
    token = os.environ.get("SIM_CARRIER_TOKEN") or DEMO_TOKEN
    return Carrier(store, settings, Clock(settings), token)


def make_handler(carrier: Carrier) -> Handler:
    router = Router()
    router.add("POST", "/carrier/orders", lambda request: _create(carrier, request))
    router.add("GET", "/carrier/orders/<code>", lambda request: _track(carrier, request))
    router.add("POST", "/carrier/orders/<code>/cancel", lambda request: _cancel(carrier, request))
    router.add("POST", "/_sim/carrier/settings", lambda request: _settings(carrier, request))
    router.add("POST", "/_sim/carrier/<code>/state", lambda request: _force(carrier, request))

    def handler(request: Request) -> Response:
        try:
            if request.path.startswith("/carrier/"):
                _check_token(carrier, request)
            elif request.is_cross_site():
                raise Refused(403, "cross_site", "Only from here.")
            return router(request)
        except Refused as refused:
            data = {"error": refused.code, "message": refused.message}
            return json_response(data, refused.status)
        except ValueError as error:
            return json_response({"error": "bad_request", "message": str(error)}, 400)

    return handler


def _check_token(carrier: Carrier, request: Request) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {carrier.token}".encode()):
        raise Refused(401, "unauthorised", "A valid bearer token is needed.")


def _create(carrier: Carrier, request: Request) -> Response:
    """Take a parcel. The same reference with the same content returns the first answer."""
    asked = _checked(request.json())
    kept = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    with carrier.store.transaction() as db:
        old = db.execute(
            "SELECT * FROM parcels WHERE reference = ?", (asked["reference"],)
        ).fetchone()
        if old is not None and old["asked"] != kept:
            raise Refused(409, "reference_used", "This reference was used for another parcel.")
        if old is not None:
            return json_response(_receipt(old))
        row = _insert(carrier, db, asked, kept)
    return json_response(_receipt(row), 201)


def _insert(carrier: Carrier, db: sqlite3.Connection, asked: JSON, kept: str) -> sqlite3.Row:
    now = carrier.clock.now()
    distance = zone(asked["from_ward"], asked["to_ward"])
    fails = is_bad_luck(asked["reference"], int(carrier.settings["fail_one_in"]))
    number = next_number(db, "parcel", 1_000_001)
    row: sqlite3.Row = db.execute(
        "INSERT INTO parcels (code, reference, asked, fee_vnd, expected_on, accepted_at, fails)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (
            f"VC{number}{secrets.randbelow(1000):03d}",
            asked["reference"],
            kept,
            fee_vnd(distance, asked["weight_g"], asked["cod_vnd"]),
            expected_on(now, distance).isoformat(),
            now,
            int(fails),
        ),
    ).fetchone()
    return row


def _checked(data: JSON) -> JSON:
    """Exactly the fields that count, each in range. Raises Refused with 422."""
    texts = {"reference": 64, "to_name": 120, "to_phone": 20, "to_street": 250}
    return {
        **{name: _text(data, name, most) for name, most in texts.items()},
        "from_ward": _ward(data, "from_ward"),
        "to_ward": _ward(data, "to_ward"),
        "weight_g": _whole(data, "weight_g", 1, MOST_GRAMS),
        "cod_vnd": _whole({"cod_vnd": 0, **data}, "cod_vnd", 0, MOST_COD),
    }


def _ward(data: JSON, name: str) -> str:
    code = data.get(name)
    if not isinstance(code, str) or not _WARD.fullmatch(code):
        raise Refused(422, "unknown_ward", f"{name} should be a ward's code of 5 digits.")
    return code


def _text(data: JSON, name: str, most: int) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= most:
        raise Refused(422, "invalid", f"{name} should be a text of 1 to {most} characters.")
    return value


def _whole(data: JSON, name: str, low: int, high: int) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(422, "invalid", f"{name} should be a whole number from {low} to {high}.")
    return value


def _receipt(row: sqlite3.Row) -> JSON:
    return {"code": row["code"], "fee_vnd": row["fee_vnd"], "expected_on": row["expected_on"]}


def _found(db: sqlite3.Connection, code: str) -> sqlite3.Row:
    row: sqlite3.Row | None = db.execute("SELECT * FROM parcels WHERE code = ?", (code,)).fetchone()
    if row is None:
        raise Refused(404, "not_found", "No such parcel.")
    return row


def _events(carrier: Carrier, row: sqlite3.Row) -> list[Event]:
    """The computed trip; once a state was forced, the forced events end it."""
    forced = [Event(state, at) for state, at in json.loads(row["forced"])]
    now = forced[0].at if forced else carrier.clock.now()
    planned = events_until(
        now,
        accepted_at=row["accepted_at"],
        speed=carrier.settings["speed"],
        fails=bool(row["fails"]),
    )
    return planned + forced


def _shown(carrier: Carrier, row: sqlite3.Row) -> JSON:
    events = _events(carrier, row)
    return {
        **_receipt(row),
        "reference": row["reference"],
        "state": events[-1].state,
        "accepted_at": iso(row["accepted_at"]),
        "events": [event.shown() for event in events],
    }


def _track(carrier: Carrier, request: Request) -> Response:
    with carrier.store.transaction() as db:
        row = _found(db, request.args["code"])
    return json_response(_shown(carrier, row))


def _cancel(carrier: Carrier, request: Request) -> Response:
    """Only before the pick-up; cancelling twice is one cancel."""
    with carrier.store.transaction() as db:
        row = _found(db, request.args["code"])
        state = _events(carrier, row)[-1].state
        if state == "accepted":
            row = _put(carrier, db, row, "cancelled")
        elif state != "cancelled":
            raise Refused(409, "too_late", f"The parcel is already {state}.")
    return json_response(_shown(carrier, row))


def _force(carrier: Carrier, request: Request) -> Response:
    state = request.json().get("state")
    if state not in STATES:
        raise ValueError(f"state should be one of {', '.join(STATES)}")
    with carrier.store.transaction() as db:
        row = _put(carrier, db, _found(db, request.args["code"]), str(state))
    return json_response(_shown(carrier, row))


def _put(carrier: Carrier, db: sqlite3.Connection, row: sqlite3.Row, state: str) -> sqlite3.Row:
    """Force a state from now on; the parcel stops moving by itself."""
    forced = [*json.loads(row["forced"]), [state, carrier.clock.now()]]
    new: sqlite3.Row = db.execute(
        "UPDATE parcels SET forced = ? WHERE code = ? RETURNING *",
        (json.dumps(forced), row["code"]),
    ).fetchone()
    return new


def _settings(carrier: Carrier, request: Request) -> Response:
    """{"speed", "fail_one_in", "clock_offset"}."""
    data = request.json()
    if not all(carrier.settings.known(name) for name in data):
        raise ValueError("unknown setting")
    carrier.settings.change({name: float(value) for name, value in data.items()})
    return json_response(carrier.settings.all())
