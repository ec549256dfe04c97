import secrets

import pytest
import time_machine
from django.test import RequestFactory
from pytest_django import Settings

from core import limits, valkey
from core.errors import TooMany

START = 1_800_000_000.0  # on the border of a minute


@pytest.fixture
def key() -> str:
    return secrets.token_hex(8)


def passes(key: str) -> bool:
    try:
        limits.check("test", key, limit=3, per_seconds=60)
    except TooMany:
        return False
    return True


def test_the_fourth_of_three_is_too_many_and_says_when_to_come_back(key: str) -> None:
    with time_machine.travel(START + 20, tick=False):
        assert [passes(key) for _ in range(4)] == [True, True, True, False]
        with pytest.raises(TooMany) as caught:
            limits.check("test", key, limit=3, per_seconds=60)
    assert caught.value.params == {"retry_after": 41}


def test_the_next_window_is_open_again_and_keys_do_not_meet(key: str) -> None:
    with time_machine.travel(START, tick=False) as moved:
        for _ in range(4):
            passes(key)
        assert passes(key + "x") is True
        assert passes(key) is False
        moved.shift(60)
        assert passes(key) is True


def test_a_right_password_starts_over(key: str) -> None:
    for _ in range(4):
        passes(key)
    limits.forget("test", key, per_seconds=60)
    assert passes(key) is True


def test_while_valkey_is_away_the_process_counts_alone(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "ask", lambda work, otherwise: otherwise)
    with time_machine.travel(START, tick=False):
        assert [passes(key) for _ in range(4)] == [True, True, True, False]


def test_memory_is_bounded_while_valkey_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "ask", lambda work, otherwise: otherwise)
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    for n in range(50):
        passes(str(n))
    assert len(limits._windows) <= 10


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4"),
        (1, "", "10.0.0.1"),
        (2, "1.2.3.4", "10.0.0.1"),
        (1, "not an address", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_a_forwarded_address_counts_for_our_own_proxies_only(
    proxies: int, said: str, expected: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=said)
    assert limits.client_address(request) == expected
