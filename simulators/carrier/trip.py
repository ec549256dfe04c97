"""Where a parcel is, from the time since hand-over alone: nothing runs, everything is computed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
TRIP_SECONDS = 3 * 86400
# the share of the trip after which a parcel is in the state
GOOD = (
    ("accepted", 0.0),
    ("picked_up", 0.08),
    ("in_transit", 0.25),
    ("out_for_delivery", 0.75),
    ("delivered", 1.0),
)
BAD = (*GOOD[:4], ("failed", 1.0), ("returned", 1.6))
STATES = (*(state for state, _ in GOOD), "failed", "returned", "cancelled")
PLACES = {
    "accepted": "Bưu cục gửi",
    "picked_up": "Bưu cục gửi",
    "in_transit": "Kho trung chuyển",
    "out_for_delivery": "Bưu cục phát",
    "delivered": "Địa chỉ người nhận",
    "failed": "Địa chỉ người nhận",
    "returned": "Địa chỉ người gửi",
    "cancelled": "Bưu cục gửi",
}


@dataclass(frozen=True)
class Event:
    state: str
    at: float

    def shown(self) -> dict[str, str]:
        return {"state": self.state, "at": iso(self.at), "place": PLACES[self.state]}


def is_bad_luck(reference: str, one_in: int) -> bool:
    """Whether this parcel can't be delivered: the same answer for the same reference."""
    if one_in <= 0:
        return False
    return int(hashlib.sha256(reference.encode()).hexdigest(), 16) % one_in == 0


def events_until(now: float, *, accepted_at: float, speed: float, fails: bool) -> list[Event]:
    """What has happened by now. `speed` is how many seconds of the trip pass in one."""
    plan = BAD if fails else GOOD
    planned = [Event(state, accepted_at + share * TRIP_SECONDS / speed) for state, share in plan]
    return [event for event in planned if event.at <= now]


def zone(sender: str, recipient: str) -> int:
    """0 same ward, 1 near, 2 far: by ward codes, which are numbered region by region."""
    if sender == recipient:
        return 0
    return 1 if abs(int(sender) - int(recipient)) <= 700 else 2


def fee_vnd(distance: int, weight_g: int, cod_vnd: int) -> int:
    """First kilogram by distance, 3,000 ₫ per further half kilogram, 0.5 % of the COD."""
    halves = max(0, -(-(weight_g - 1000) // 500))
    return (16_000, 22_000, 32_000)[distance] + 3_000 * halves + cod_vnd // 200


def expected_on(accepted_at: float, distance: int) -> date:
    return datetime.fromtimestamp(accepted_at, VIETNAM).date() + timedelta(days=1 + distance)


def iso(stamp: float) -> str:
    return datetime.fromtimestamp(stamp, UTC).astimezone(VIETNAM).isoformat(timespec="seconds")
