import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from simulators.carrier.trip import GOOD, TRIP_SECONDS, events_until, fee_vnd, is_bad_luck
from simulators.testing import running_simulator
from tests.simulators.calling import JSON, Answer, send

HEADERS = {"Authorization": "Bearer carrier-demo-token", "Content-Type": "application/json"}
PARCEL: JSON = {
    "reference": "BPTEST12345",
    "from_ward": "25195",
    "to_ward": "26740",
    "to_name": "Người Nhận Mẫu",
    "to_phone": "+84901234567",
    "to_street": "1 Đường Thử Nghiệm",
    "weight_g": 1600,
    "cod_vnd": 250000,
}


def book(base: str, headers: JSON = HEADERS, **changes: object) -> Answer:
    body = json.dumps({**PARCEL, **changes}).encode()
    return send("POST", f"{base}/carrier/orders", body, headers)


def track(base: str, code: str) -> JSON:
    return send("GET", f"{base}/carrier/orders/{code}", None, HEADERS).data


def settings(base: str, **changes: float) -> None:
    body = json.dumps(changes).encode()
    assert send("POST", f"{base}/_sim/carrier/settings", body).status == 200


def test_a_parcel_is_booked_once_per_reference(base: str) -> None:
    first, again = book(base), book(base)
    assert (first.status, again.status) == (201, 200)
    assert first.data == again.data
    assert first.data["fee_vnd"] == 32000 + 2 * 3000 + 1250
    assert book(base, weight_g=1700).status == 409
    assert book(base, reference="BPTEST12346").data["code"] != first.data["code"]


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_without_the_token_nothing_is_answered(base: str, headers: JSON) -> None:
    assert book(base, headers).status == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"from_ward": "12"},
        {"to_ward": None},
        {"weight_g": 0},
        {"weight_g": 1_000_001},
        {"weight_g": True},
        {"cod_vnd": -1},
        {"to_name": " "},
        {"reference": "x" * 65},
    ],
)
def test_a_parcel_with_a_wrong_field_is_refused(base: str, changes: JSON) -> None:
    assert book(base, **changes).status == 422


def test_an_unknown_code_and_junk_are_refused(base: str) -> None:
    assert send("GET", f"{base}/carrier/orders/VC1", None, HEADERS).status == 404
    assert send("POST", f"{base}/carrier/orders", b"[]", HEADERS).status == 400


def test_a_parcel_moves_by_time_alone(base: str) -> None:
    code = book(base).data["code"]
    assert [event["state"] for event in track(base, code)["events"]] == ["accepted"]
    # a trip of three days at 1,440 seconds a second takes 180 s
    for passed, state in ((15, "picked_up"), (46, "in_transit"), (136, "out_for_delivery")):
        settings(base, clock_offset=passed)
        assert track(base, code)["state"] == state
    settings(base, clock_offset=181)
    done = track(base, code)
    assert (done["state"], len(done["events"])) == ("delivered", 5)
    times = [datetime.fromisoformat(event["at"]) for event in done["events"]]
    assert times == sorted(times)
    assert times[0].utcoffset() == timedelta(hours=7)
    assert all(event["place"] for event in done["events"])


def test_a_trip_survives_a_restart(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as base:
        code = book(base).data["code"]
        before = track(base, code)
    with running_simulator(tmp_path) as base:
        assert track(base, code) == before


def test_a_parcel_is_cancelled_only_before_the_pick_up(base: str) -> None:
    code = book(base).data["code"]
    for _ in range(2):
        cancelled = send("POST", f"{base}/carrier/orders/{code}/cancel", b"", HEADERS)
        assert (cancelled.status, cancelled.data["state"]) == (200, "cancelled")
    other = book(base, reference="BPTEST2").data["code"]
    settings(base, clock_offset=20)
    late = send("POST", f"{base}/carrier/orders/{other}/cancel", b"", HEADERS)
    assert (late.status, late.data["error"]) == (409, "too_late")
    assert track(base, code)["state"] == "cancelled"


def test_a_state_can_be_forced_and_then_stays(base: str) -> None:
    code = book(base).data["code"]
    forced = send("POST", f"{base}/_sim/carrier/{code}/state", b'{"state": "returned"}')
    assert forced.data["state"] == "returned"
    settings(base, clock_offset=9999)
    assert track(base, code)["state"] == "returned"
    assert send("POST", f"{base}/_sim/carrier/{code}/state", b'{"state": "x"}').status == 400


def test_bad_luck_is_rare_and_always_the_same() -> None:
    unlucky = [n for n in range(2000) if is_bad_luck(f"BP{n}", 50)]
    assert 20 <= len(unlucky) <= 70
    assert all(is_bad_luck(f"BP{n}", 50) for n in unlucky)
    assert not any(is_bad_luck(f"BP{n}", 0) for n in range(200))
    late = events_until(1e6, accepted_at=0, speed=1, fails=True)
    assert [event.state for event in late][-2:] == ["failed", "returned"]


def test_states_come_in_order_and_the_fee_rises_by_weight() -> None:
    whole = events_until(TRIP_SECONDS, accepted_at=0, speed=1, fails=False)
    assert [event.state for event in whole] == [state for state, _ in GOOD]
    assert [fee_vnd(0, grams, 0) for grams in (1, 1000, 1001, 1501)] == [16000, 16000, 19000, 22000]
