import secrets
from collections.abc import Iterator

import pytest
import time_machine

from core import breaker, valkey
from core.errors import ProviderError

START = 1_800_000_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """A breaker of its own, in memory, and a clock that the test moves."""
    monkeypatch.setattr(breaker, "store", breaker.LocalStore())
    with time_machine.travel(START, tick=False) as moved:
        yield moved


def call(party: str, *, works: bool) -> str:
    def work() -> str:
        if not works:
            raise ProviderError("timeout")
        return "done"

    try:
        return breaker.guarded(party, work, failed=lambda result: False)
    except ProviderError as error:
        return error.code


def test_ten_failures_open_it_and_nobody_calls_any_more(
    clock: time_machine.Traveller,
) -> None:
    assert [call("p", works=False) for _ in range(10)] == ["timeout"] * 10
    assert call("p", works=True) == "breaker_open"
    assert breaker.is_open("p") is True
    assert call("other", works=True) == "done"


def test_failures_below_half_of_the_calls_keep_it_closed(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(15):
        call("p", works=True)
    for _ in range(14):
        call("p", works=False)
    assert call("p", works=True) == "done"
    for _ in range(2):
        call("p", works=False)
    assert call("p", works=True) == "breaker_open"


def test_failures_older_than_five_minutes_are_forgotten(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(9):
        call("p", works=False)
    clock.shift(301)
    call("p", works=False)
    assert call("p", works=True) == "done"


def test_after_a_minute_one_probe_goes_out_and_its_success_closes_it(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(10):
        call("p", works=False)
    clock.shift(61)
    inside: list[str] = []

    def probe() -> str:
        inside.append(call("p", works=True))
        return "done"

    assert breaker.guarded("p", probe, failed=lambda result: False) == "done"
    assert inside == ["breaker_open"]
    assert [call("p", works=True) for _ in range(3)] == ["done"] * 3
    assert call("p", works=False) == "timeout"
    assert call("p", works=True) == "done"


def test_a_failed_probe_opens_it_for_another_minute(clock: time_machine.Traveller) -> None:
    for _ in range(10):
        call("p", works=False)
    clock.shift(61)
    assert call("p", works=False) == "timeout"
    assert call("p", works=True) == "breaker_open"
    clock.shift(61)
    assert call("p", works=True) == "done"


def test_a_probe_that_never_came_back_does_not_keep_it_closed_for_ever(
    clock: time_machine.Traveller,
) -> None:
    for _ in range(10):
        call("p", works=False)
    clock.shift(61)
    breaker.store.mark(breaker._name("p", "probe"), breaker.PROBE_SECONDS)
    assert call("p", works=True) == "breaker_open"
    clock.shift(21)
    assert call("p", works=True) == "done"


def test_an_answer_that_the_caller_calls_failed_counts(clock: time_machine.Traveller) -> None:
    for _ in range(10):
        assert breaker.guarded("p", lambda: 500, failed=lambda status: status >= 500) == 500
    assert call("p", works=True) == "breaker_open"


def test_all_processes_share_it_through_valkey() -> None:
    party = f"test-{secrets.token_hex(6)}"
    breaker.store = breaker.SharedStore()
    for _ in range(10):
        call(party, works=False)
    breaker.store = breaker.SharedStore()  # another process
    assert call(party, works=True) == "breaker_open"
    assert breaker.states()[party] is True
    valkey.client().srem(breaker.PARTIES, party)


def test_while_valkey_is_away_the_process_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "ask", lambda work, otherwise: otherwise)
    monkeypatch.setattr(breaker, "store", breaker.SharedStore())
    for _ in range(10):
        call("p", works=False)
    assert call("p", works=True) == "breaker_open"
