"""Waking the worker, and what tasks do with errors."""

from collections.abc import Iterator
from typing import NoReturn

import pytest
from celery import shared_task
from celery.exceptions import Retry
from django.db import transaction
from kombu.exceptions import OperationalError

from core import outbox, tasks, valkey, wake
from core.errors import DomainError, ProviderError
from core.tasks import MarketTask

ran: list[str] = []


@shared_task(base=MarketTask)
def tell(word: str) -> None:
    ran.append(word)


@shared_task(base=MarketTask)
def fail(code: str) -> None:
    ran.append(code)
    if code == "bug":
        raise DomainError("bug")
    raise ProviderError(code, retryable=code == "away")


TELL = "tests.core.test_tasks.tell"


@pytest.fixture(autouse=True)
def nothing_ran(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    ran.clear()
    yield
    wake.woken(wake.RELAY)


def test_a_task_tries_again_when_the_other_side_is_away() -> None:
    with pytest.raises(Retry) as caught:
        fail.delay("away")
    assert 1.0 <= caught.value.when <= 2.0
    assert set(ran) == {"away"}


@pytest.mark.parametrize("code", ["refused", "bug"])
def test_a_task_does_not_repeat_what_can_not_help(code: str) -> None:
    with pytest.raises(DomainError):
        fail.delay(code)
    assert ran == [code]


def test_pauses_grow_follow_the_party_and_stay_below_two_minutes() -> None:
    assert 1.0 <= tasks.relay_outbox.pause(ProviderError()) <= 2.0
    assert tasks.relay_outbox.pause(ProviderError(retry_after=30)) == 30
    assert tasks.relay_outbox.pause(ProviderError(retry_after=900)) == 120


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_once_after_the_commit_and_not_after_a_rollback() -> None:
    with transaction.atomic():
        wake.after_commit(TELL, "a")
        wake.after_commit(TELL, "a")
        wake.after_commit(TELL, "b")
        assert ran == []
    assert ran == ["a", "b"]
    with transaction.atomic():
        wake.after_commit(TELL, "c")
        transaction.set_rollback(True)
    assert ran == ["a", "b"]


@pytest.mark.django_db(transaction=True)
def test_what_is_told_wakes_the_relay_once_a_commit_and_never_after_a_rollback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[str] = []
    monkeypatch.setattr(wake, "now", called.append)
    with transaction.atomic():
        for n in range(3):
            outbox.emit("t", key=f"k{n}")
        assert called == []
    assert called == [wake.RELAY]
    with transaction.atomic():
        outbox.emit("t", key="k")
        transaction.set_rollback(True)
    assert called == [wake.RELAY]


def test_a_broker_that_is_down_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def refuse(**options: object) -> NoReturn:
        tried.append(1)
        raise OperationalError("down")

    monkeypatch.setattr(tell, "apply_async", refuse)
    assert [wake.now(TELL, "a") for _ in range(5)] == [False] * 5
    assert tried == [1]
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    assert wake.now(TELL, "a") is False
    assert tried == [1, 1]


def test_the_relay_is_called_once_until_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(tasks.relay_outbox, "apply_async", lambda **options: called.append("relay"))
    wake.woken(wake.RELAY)
    assert [wake.now(wake.RELAY) for _ in range(3)] == [True] * 3
    assert called == ["relay"]
    wake.woken(wake.RELAY)
    wake.now(wake.RELAY)
    assert called == ["relay"] * 2


def test_without_valkey_every_commit_calls_the_relay(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    monkeypatch.setattr(valkey, "ask", lambda work, otherwise: otherwise)
    monkeypatch.setattr(tasks.relay_outbox, "apply_async", lambda **options: called.append("relay"))
    for _ in range(3):
        wake.now(wake.RELAY)
    assert called == ["relay"] * 3
