"""Faults on order: the next calls or pushes go wrong in the way that a test asked for."""

import sqlite3
import time
from dataclasses import dataclass

from simulators.shopee.refusals import Refusal
from simulators.web import DropConnection

API_MODES = ("500", "timeout", "reset", "lost_reply", "rate_limit", "slow")
PUSH_MODES = ("drop", "duplicate", "delay")


@dataclass(frozen=True)
class Fault:
    mode: str
    seconds: float


def order_fault(
    db: sqlite3.Connection, *, target: str, mode: str, times: int, seconds: float
) -> None:
    """`target` is an API path, `*` for all of them, or `push`."""
    db.execute(
        "INSERT INTO faults (target, mode, remaining, seconds) VALUES (?, ?, ?, ?)",
        (target, mode, times, seconds),
    )


def take_fault(db: sqlite3.Connection, *targets: str) -> Fault | None:
    """The oldest fault ordered for one of these targets; one use less is left of it."""
    marks = ",".join("?" * len(targets))
    row = db.execute(
        f"SELECT id, mode, seconds FROM faults WHERE target IN ({marks}) AND remaining > 0"  # noqa: S608
        " ORDER BY id LIMIT 1",
        targets,
    ).fetchone()
    if row is None:
        return None
    db.execute("UPDATE faults SET remaining = remaining - 1 WHERE id = ?", (row["id"],))
    db.execute("DELETE FROM faults WHERE remaining <= 0")
    return Fault(row["mode"], row["seconds"])


def strike_before(fault: Fault) -> None:
    """Make the call fail before anything is done; `lost_reply` strikes only afterwards."""
    if fault.mode in ("timeout", "slow"):
        time.sleep(fault.seconds)
    if fault.mode in ("timeout", "reset"):
        raise DropConnection
    if fault.mode == "rate_limit":
        raise Refusal("error_rate_limit", "Too many requests. You have reached the rate limit.")
    if fault.mode == "500":
        raise Refusal("error_server", "Something wrong. Please try later.")
    if fault.mode.startswith("error:"):
        raise Refusal(fault.mode.removeprefix("error:"), "A fault on order.")
