"""How far an order has come by now, and what happened on its way."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

CANCELLED_SHARE = 0.055
RETURNED_SHARE = 0.015
CLOSE_AFTER = timedelta(days=7)
Step = tuple[str, str, datetime, str]  # from, to, when, by whom


@dataclass(slots=True)
class Walk:
    """An order's way through its states up to now."""

    placed_at: datetime
    state: str = "placed"
    hold: str = "active"
    parcel: str = "waiting"
    cancel_reason: str = ""
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    ended_at: datetime | None = None
    steps: list[Step] = field(default_factory=list)
    reports: list[tuple[str, str, datetime]] = field(default_factory=list)

    def step(self, to: str, at: datetime, by: str) -> None:
        self.steps.append((self.state if self.steps else "", to, at, by))
        self.state = to


def walk_for(rng: random.Random, placed_at: datetime, now: datetime, days: int) -> Walk:
    """The way of an order that was placed then and whose parcel takes `days`."""
    walk = Walk(placed_at)
    walk.step("placed", placed_at, "buyer")
    luck = rng.random()
    if luck < CANCELLED_SHARE:
        _cancel(walk, rng, now)
        return walk
    moment = placed_at + timedelta(hours=rng.uniform(0.3, 14))
    for state, low, high in (("confirmed", 1.0, 12.0), ("packed", 1.0, 20.0)):
        if moment > now:
            return walk
        walk.step(state, moment, "vendor")
        moment += timedelta(hours=rng.uniform(low, high))
    if moment <= now:
        _send(walk, rng, (moment, now), days, comes_back=luck > 1 - RETURNED_SHARE)
    return walk


def _cancel(walk: Walk, rng: random.Random, now: datetime) -> None:
    by, reason, hours = rng.choice(
        (
            ("buyer", "changed_mind", rng.uniform(0.1, 3)),
            ("buyer", "wrong_address", rng.uniform(0.1, 2)),
            ("vendor", "out_of_stock", rng.uniform(1, 12)),
            ("system", "not_confirmed", 24.0),
        )
    )
    at = walk.placed_at + timedelta(hours=hours)
    if at > now:
        return
    walk.step("cancelled", at, by)
    walk.hold, walk.parcel, walk.cancel_reason, walk.ended_at = "released", "cancelled", reason, at


def _send(
    walk: Walk,
    rng: random.Random,
    between: tuple[datetime, datetime],
    days: int,
    *,
    comes_back: bool,
) -> None:
    at, now = between
    walk.step("shipped", at, "vendor")
    walk.hold, walk.shipped_at = "shipped", at
    last = "returned" if comes_back else "delivered"
    places = ("Bưu cục gửi", "Bưu cục gửi", "Trung tâm khai thác", "Bưu cục phát", "Người nhận")
    states = ("accepted", "picked_up", "in_transit", "out_for_delivery", last)
    span = timedelta(days=max(0.6, days - rng.uniform(0.4, 1.2)))
    for share, state, place in zip((0, 0.08, 0.35, 0.86, 1.0), states, places, strict=True):
        moment = at + span * share
        if moment > now:
            return
        walk.reports.append((state, place, moment))
        walk.parcel = state
    walk.step(last, walk.reports[-1][2], "system")
    if last == "delivered":
        walk.delivered_at = walk.reports[-1][2]
        closed_at = walk.delivered_at + CLOSE_AFTER
        if closed_at <= now:
            walk.step("closed", closed_at, "system")
