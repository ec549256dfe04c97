"""A follow-up that kills every worker that touches it."""

import time
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import QuerySet

from core import outbox, relay, wake
from core.models import Case, CaseState, DeliveryState, InboxNotice, OutboxDelivery
from core.tasks import MarketTask
from marketplace.books import run_checks
from tests.faults.conftest import Tell
from tests.faults.market import everything_is_delivered, sender, working
from tests.faults.servers import Server, until
from tests.faults.subscribers import PAUSE_KEY
from tests.faults.tasks import LEASE_KEY
from tests.making import make_user

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
OTHERS = [f"key-{n}" for n in range(8)]
DEADLY = "deadly"
SOON = 10.0


def told(key: str) -> list[int]:
    """What reached this key, in the order it did."""
    rows = InboxNotice.objects.filter(kind=key).order_by("pk")
    return [row.body["n"] for row in rows]


def emit(*keys: str, numbers: tuple[int, ...]) -> None:
    with transaction.atomic():
        outbox.emit_many(("fault.deadly", key, {"n": n}) for n in numbers for key in keys)


def test_what_kills_its_worker_is_parked_while_everybody_else_is_served(
    queue: Server, tmp_path: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "now", lambda *args, **options: False)
    (tmp_path / f"deadly-{DEADLY}").touch()
    with working(tmp_path, queue=queue.url, **{LEASE_KEY: "1"}) as worker:
        emit(DEADLY, numbers=(1, 2))
        until(lambda: len(worker.begun(DEADLY)) == 1)
        emit(*OTHERS, numbers=(1, 2, 3))
        slowest = until(lambda: all(told(key) == [1, 2, 3] for key in OTHERS))
        assert slowest <= SOON
        begun = time.monotonic()
        until(lambda: parked().exists())
        parked_after = time.monotonic() - begun + slowest
        deaths = len(worker.begun(DEADLY))
        assert deaths == relay.CRASHES_TO_PARK
        case = Case.objects.get(kind="outbox.parked", state=CaseState.OPEN)
        assert case.subject_key == str(parked().get().pk)
        assert told(DEADLY) == []
        (tmp_path / f"deadly-{DEADLY}").unlink()  # mended
        staff = make_user(is_staff=True)
        relay.replay(delivery_id=parked().get().pk, actor=staff, reason="mended")
        until(everything_is_delivered)
    assert told(DEADLY) == [1, 2]
    case.refresh_from_db()
    assert case.state == CaseState.RESOLVED
    assert run_checks() == []
    tell(
        "R14",
        f"a follow-up that kills every worker, {len(OTHERS) * 3} others behind it",
        f"parked with a Case after {deaths} dead workers ({parked_after:.0f} s; a claim lasts 1 s "
        f"here, 5 s in the market); others all served within {slowest:.1f} s; replayed in order",
    )


def test_a_task_that_kills_every_worker_comes_to_an_end(
    queue: Server, tmp_path: Path, tell: Tell
) -> None:
    tasks = sender(queue.url)
    with working(tmp_path, queue=queue.url, **{PAUSE_KEY: "0"}) as worker:
        tasks.send_task("tests.faults.tasks.die")
        until(lambda: len(worker.begun("die")) > MarketTask.max_retries)
        tasks.send_task("tests.faults.tasks.note_slowly", [1])
        until(lambda: told("task") == [1])
        time.sleep(2 * MarketTask.default_retry_delay)
        deaths = len(worker.begun("die"))
    assert deaths == MarketTask.max_retries + 1
    assert run_checks() == []
    tell("R14", "a task that kills every worker", f"given up after {deaths} deaths, others go on")


def parked() -> QuerySet[OutboxDelivery]:
    return OutboxDelivery.objects.filter(state=DeliveryState.PARKED)
