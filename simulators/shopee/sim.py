"""What every part of the simulated Shopee works with."""

import os
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path

from simulators.settings import Clock, Settings
from simulators.shopee.schema import TABLES
from simulators.store import Store
from simulators.web import JSON, Request

DEFAULTS: dict[str, float] = {
    "clock_offset": 0,
    "rate_per_minute": 1000,
    "code_seconds": 600,
    "access_seconds": 4 * 3600,
    "old_access_seconds": 300,
    "refresh_seconds": 30 * 86400,
    "consent_seconds": 365 * 86400,
    "push_scale": 1,
    "push_timeout": 3,
    "tracking_seconds": 2,
    "step_seconds": 0,
    "mask_recipient": 0,
    "plain_200": 0,
}
DEMO_SHOPS = (
    (600001, "Gian hàng thử: Điều Bù Đăng"),
    (600002, "Gian hàng thử: Tiêu Lộc Ninh"),
    (600003, "Gian hàng thử: Nông sản Phước Long"),
)


@dataclass
class Sim:
    store: Store
    settings: Settings
    clock: Clock
    wake: threading.Event = field(default_factory=threading.Event)
    served: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    served_lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Call:
    """One admitted call: signed by the partner and, for shop calls, allowed by the shop."""

    sim: Sim
    db: sqlite3.Connection
    request: Request
    partner_id: int
    shop_id: int
    body: JSON

    @property
    def now(self) -> int:
        return self.sim.clock.seconds()


@dataclass(frozen=True)
class Reply:
    """`response` goes under that key; `flat` stands beside it, as in the token calls."""

    response: JSON | None = None
    flat: JSON = field(default_factory=dict)
    warning: str = ""


def open_sim(directory: Path) -> Sim:
    """The simulator on this folder's file; shops, items, orders and tokens are as they were left.

    `SIM_SHOPEE_<SETTING>` in the environment sets a setting, `SIM_SHOPEE_PARTNER_ID`, `…_KEY`,
    `…_PUSH_KEY` and `SIM_SHOPEE_CALLBACK` register the partner.
    """
    store = Store(directory / "shopee.sqlite3", TABLES)
    settings = Settings(store, DEFAULTS)
    given = {name: os.environ.get(f"SIM_SHOPEE_{name.upper()}") for name in DEFAULTS}
    settings.change({name: float(value) for name, value in given.items() if value})
    sim = Sim(store, settings, Clock(settings))
    with store.transaction() as db:
        db.executemany("INSERT OR IGNORE INTO shops (shop_id, name) VALUES (?, ?)", DEMO_SHOPS)
        partner_id = os.environ.get("SIM_SHOPEE_PARTNER_ID")
        key = os.environ.get("SIM_SHOPEE_PARTNER_KEY")
        if partner_id and key:
            save_partner(
                db,
                partner_id=int(partner_id),
                key=key,
                push_key=os.environ.get("SIM_SHOPEE_PUSH_KEY") or key,
                callback=os.environ.get("SIM_SHOPEE_CALLBACK", ""),
            )
    return sim


def save_partner(
    db: sqlite3.Connection, *, partner_id: int, key: str, push_key: str, callback: str
) -> None:
    """Register an app, or change its keys and callback."""
    db.execute(
        "INSERT INTO partners (partner_id, key, push_key, callback) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (partner_id) DO UPDATE SET key = excluded.key,"
        " push_key = excluded.push_key, callback = excluded.callback",
        (partner_id, key, push_key, callback),
    )
