import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from accounts.models import User
from core import cases, clock, outbox, relay
from core.errors import DomainError, NotFound
from core.models import (
    AuditEntry,
    Case,
    CaseState,
    DeliveryState,
    InboxNotice,
    OutboxDelivery,
    OutboxEntry,
)
from tests.core import told

NOTE = "tests.core.told.note"
SLOW = "tests.core.told.note_slowly"
FAILING = "tests.core.told.write_then_fail"


@pytest.fixture(autouse=True)
def nothing_heard_yet(settings: Settings) -> Iterator[None]:
    settings.OUTBOX_SUBSCRIBERS = {"note": (NOTE,), "fail": (FAILING,), "both": (FAILING, NOTE)}
    told.reset()
    yield
    told.reset()


def emit(topic: str, key: str, *numbers: int) -> None:
    with transaction.atomic():
        for n in numbers:
            outbox.emit(topic, key=key, n=n)


def run_later(seconds: int) -> None:
    with clock.shifted(timedelta(seconds=seconds)):
        relay.run()


def staff() -> User:
    return User.objects.create_user(email="canbo@example.com", is_staff=True)


@pytest.mark.django_db
def test_an_entry_reaches_its_subscriber_once() -> None:
    emit("note", "a", 1)
    relay.run()
    relay.run()
    assert told.heard == [("a", 1)]
    delivery = OutboxDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DONE, 1)


@pytest.mark.django_db
def test_a_topic_without_subscribers_is_done_with() -> None:
    emit("nobody", "a", 1)
    relay.run()
    assert OutboxEntry.objects.get().fanned_out is True
    assert OutboxDelivery.objects.count() == 0


@pytest.mark.django_db
def test_an_outage_waits_without_counting_and_later_entries_of_the_key_wait_behind() -> None:
    told.away_keys.add("a")
    emit("fail", "a", 1, 2)
    emit("fail", "b", 3)
    relay.run()
    assert told.heard == [("b", 3)]
    for round_ in range(1, 9):
        run_later(200 * round_)
    first, second = OutboxDelivery.objects.filter(key="a").order_by("entry")
    assert (first.state, first.crashes, first.attempts) == (DeliveryState.PENDING, 0, 9)
    assert (second.state, second.attempts) == (DeliveryState.PENDING, 0)
    assert first.last_error.startswith("ProviderError")
    told.away_keys.clear()
    run_later(3000)
    assert told.heard == [("b", 3), ("a", 1), ("a", 2)]


@pytest.mark.django_db
def test_an_outage_waits_as_long_as_the_party_asked() -> None:
    told.away_keys.add("a")
    emit("fail", "a", 1)
    before = clock.now()
    relay.run()
    assert OutboxDelivery.objects.get().next_try_at >= before + timedelta(seconds=30)


@pytest.mark.django_db
def test_five_crashes_park_the_entry_and_open_a_case() -> None:
    told.broken_keys.add("a")
    emit("fail", "a", 1, 2)
    for round_ in range(8):
        run_later(200 * round_)
    first, second = OutboxDelivery.objects.order_by("entry")
    assert (first.state, first.crashes, first.attempts) == (DeliveryState.PARKED, 5, 5)
    assert first.last_error == "ValueError: bug"
    assert (second.state, second.attempts) == (DeliveryState.PENDING, 0)
    case = Case.objects.get()
    assert (case.kind, case.subject_key, case.state) == (
        "outbox.parked",
        str(first.pk),
        CaseState.OPEN,
    )
    assert InboxNotice.objects.count() == 0  # what it wrote went with its failure


@pytest.mark.django_db
def test_a_broken_path_is_parked_and_blocks_nobody_else(settings: Settings) -> None:
    settings.OUTBOX_SUBSCRIBERS = {"note": ("tests.core.gone.note", "tests.core.told.gone", NOTE)}
    emit("note", "a", 1, 2)
    for round_ in range(6):
        run_later(200 * round_)
    assert told.heard == [("a", 1), ("a", 2)]
    parked = OutboxDelivery.objects.filter(state=DeliveryState.PARKED)
    assert sorted(parked.values_list("subscriber", flat=True)) == [
        "tests.core.gone.note",
        "tests.core.told.gone",
    ]


@pytest.mark.django_db
def test_a_worker_that_died_five_times_on_an_entry_is_not_sent_to_it_again() -> None:
    emit("note", "a", 1)
    relay.fan_out()
    OutboxDelivery.objects.update(crashes=5, attempts=5)
    relay.run()
    assert told.heard == []
    assert OutboxDelivery.objects.get().state == DeliveryState.PARKED


@pytest.mark.django_db
def test_replay_lets_the_key_go_on_in_order_and_is_audited() -> None:
    told.broken_keys.add("a")
    emit("fail", "a", 1, 2)
    for round_ in range(6):
        run_later(200 * round_)
    told.broken_keys.clear()
    parked = OutboxDelivery.objects.get(state=DeliveryState.PARKED)
    relay.replay(delivery_id=parked.pk, actor=staff(), reason="mended")
    relay.run()
    assert told.heard == [("a", 1), ("a", 2)]
    assert AuditEntry.objects.filter(action="outbox.replay", reason="mended").count() == 1
    assert Case.objects.get().state == CaseState.RESOLVED


@pytest.mark.django_db
def test_drop_gives_one_up_and_twice_is_safe() -> None:
    told.broken_keys.add("a")
    emit("fail", "a", 1)
    for round_ in range(6):
        run_later(200 * round_)
    told.broken_keys.clear()
    emit("fail", "a", 2)
    parked, actor = OutboxDelivery.objects.get(state=DeliveryState.PARKED), staff()
    relay.drop(delivery_id=parked.pk, actor=actor)
    relay.drop(delivery_id=parked.pk, actor=actor)
    relay.run()
    assert told.heard == [("a", 2)]
    assert AuditEntry.objects.filter(action="outbox.drop").count() == 1


@pytest.mark.django_db
def test_what_was_delivered_can_neither_be_dropped_nor_replayed() -> None:
    emit("note", "a", 1)
    relay.run()
    done = OutboxDelivery.objects.get()
    for decide in (relay.drop, relay.replay):
        with pytest.raises(DomainError) as caught:
            decide(delivery_id=done.pk, actor=staff_once())
        assert caught.value.code == "already_delivered"
    with pytest.raises(NotFound):
        relay.drop(delivery_id=done.pk + 1, actor=staff_once())
    assert AuditEntry.objects.count() == 0


def staff_once() -> User:
    return User.objects.filter(is_staff=True).first() or staff()


@pytest.mark.django_db
def test_only_finished_entries_older_than_two_weeks_are_forgotten() -> None:
    told.broken_keys.add("a")
    emit("note", "n", 1)
    emit("both", "a", 2)
    relay.run()
    emit("note", "new", 3)
    OutboxEntry.objects.exclude(key="new").update(created_at=clock.now() - timedelta(days=15))
    relay.prune()
    assert sorted(OutboxEntry.objects.values_list("key", flat=True)) == ["a", "new"]


@pytest.mark.django_db
def test_a_run_is_bounded_and_says_that_more_is_left() -> None:
    emit("note", "a", 1, 2, 3)
    assert relay.run(at_most=2) is True
    assert relay.run(at_most=2) is False
    assert told.heard == [("a", 1), ("a", 2), ("a", 3)]


@pytest.mark.django_db
def test_a_case_is_opened_once_however_often_it_is_parked() -> None:
    for _ in range(2):
        cases.open_case(kind="k", subject=("s", "1"), title="t", dedupe_key="x")
    assert Case.objects.count() == 1


def race(workers: int) -> None:
    def work() -> None:
        try:
            barrier.wait()
            while relay.run():
                pass
        finally:
            connection.close()

    barrier = threading.Barrier(workers)
    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while relay.run():
        pass


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_relays_deliver_each_entry_once_and_in_order_per_key(
    settings: Settings,
) -> None:
    settings.OUTBOX_SUBSCRIBERS = {"slow": (SLOW,)}
    keys = [f"k{i}" for i in range(8)]
    queue_without_waking([("slow", key, {"n": n}) for n in range(15) for key in keys])
    race(2)
    assert len(told.heard) == 8 * 15
    assert told.overlaps == []
    for key in keys:
        assert [n for heard, n in told.heard if heard == key] == list(range(15))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_and_the_order_rule_tells_them_twice_or_in_disorder(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOX_SUBSCRIBERS = {"slow": (SLOW,)}
    monkeypatch.setattr(relay, "_claim", claim_without_protection)
    queue_without_waking([("slow", f"k{i}", {"n": n}) for n in range(15) for i in range(8)])
    race(2)
    in_order = all(
        [n for heard, n in told.heard if heard == f"k{i}"] == list(range(15)) for i in range(8)
    )
    assert told.overlaps or not in_order or len(told.heard) != 8 * 15


def claim_without_protection(delivery_id: int) -> int | None:
    delivery = OutboxDelivery.objects.select_related("entry").get(pk=delivery_id)
    if delivery.state == DeliveryState.PENDING:
        told.note_slowly(delivery.key, delivery.entry.payload)
        OutboxDelivery.objects.filter(pk=delivery_id).update(state=DeliveryState.DONE)
    return None


def queue_without_waking(entries: list[tuple[str, str, dict[str, object]]]) -> None:
    OutboxEntry.objects.bulk_create(
        OutboxEntry(topic=topic, key=key, payload=payload) for topic, key, payload in entries
    )
