"""The relay: takes outbox entries to their subscribers, at least once and in order per key.

1. Fan out: each new entry becomes one delivery row per subscriber of its topic.
2. Claim: one statement counts the attempt before it starts, so that a worker that dies on an entry
   is noticed; the head of each (subscriber, key) only, and only when nobody else holds the row.
3. Deliver: the subscriber runs in one transaction with the row's lock, its new state, and the claim
   of the next row: one commit per delivery.

An outage (retryable ProviderError, open breaker) waits with back-off and doesn't count. Five
crashes park the row and open a Case; later entries of its key wait until staff replay or drop it.
"""

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from core import audit, cases, clock, metrics
from core.errors import DomainError, NotFound, ProviderError
from core.models import Case, CaseState, DeliveryState, OutboxDelivery, OutboxEntry

CRASHES_TO_PARK = 5
LONGEST_WAIT = 120.0
CLAIM_LEASE = 5.0  # bridges the moment between claim and row lock
FAN_OUT_AT_ONCE = 1000
CANDIDATES_AT_ONCE = 100
KEEP = timedelta(days=14)
FAN_OUT_LOCK = 0x6F7574

Subscriber = Callable[[str, dict[str, Any]], None]
log = structlog.get_logger(__name__)

# A waiting row is a candidate when no earlier one of its (subscriber, key) is unfinished.
IS_HEAD = f"""
    d.state = 'pending' AND d.next_try_at <= {clock.SQL_NOW} AND NOT EXISTS (
        SELECT 1 FROM core_outboxdelivery e
        WHERE e.subscriber = d.subscriber AND e.key = d.key AND e.entry_id < d.entry_id
          AND e.state IN ('pending', 'parked'))
"""  # noqa: S608 (constants only)
CANDIDATES = f"""
    SELECT d.id FROM core_outboxdelivery d WHERE {IS_HEAD}
    ORDER BY d.next_try_at, d.entry_id LIMIT %(limit)s
"""  # noqa: S608 (constants only)
CLAIM = f"""
    UPDATE core_outboxdelivery
    SET attempts = LEAST(attempts + 1, 32000), crashes = crashes + 1,
        next_try_at = {clock.SQL_NOW} + make_interval(secs => %(lease)s)
    WHERE id = (
        SELECT d.id FROM core_outboxdelivery d WHERE d.id = %(id)s AND {IS_HEAD}
        FOR UPDATE OF d SKIP LOCKED)
    RETURNING attempts
"""  # noqa: S608 (constants only)
LOCK = """
    SELECT d.id, d.subscriber, d.key, d.attempts, d.crashes, d.last_error, e.id, e.topic, e.payload
    FROM core_outboxdelivery d JOIN core_outboxentry e ON e.id = d.entry_id
    WHERE d.id = %s AND d.state = 'pending' AND d.attempts = %s FOR UPDATE OF d SKIP LOCKED
"""
DONE = f"""
    UPDATE core_outboxdelivery SET state = 'done', done_at = {clock.SQL_NOW} WHERE id = %(id)s
"""  # noqa: S608 (constants only)


def run(*, at_most: int = 500, seconds: float = 20.0) -> bool:
    """Fan out and deliver what is due, within bounds; True when more was left for another run.

    Safe to run in any number of workers at once. Locks: one delivery row at a time.
    """
    ends = time.monotonic() + seconds
    more = fan_out()
    left = at_most
    while True:
        due = _candidates(limit=min(CANDIDATES_AT_ONCE, left))
        worked = _work_off(due, ends)
        left -= worked
        if left <= 0 or time.monotonic() > ends:
            return True
        if not worked:  # nothing is due, or all of it is in other hands
            return more


def subscribers() -> Mapping[str, tuple[str, ...]]:
    """Topic to dotted paths, from `settings.OUTBOX_SUBSCRIBERS` (a dict, or where to find it)."""
    wired: str | Mapping[str, tuple[str, ...]] = settings.OUTBOX_SUBSCRIBERS
    if isinstance(wired, str):
        found: Mapping[str, tuple[str, ...]] = import_string(wired)
        return found
    return wired


def fan_out() -> bool:
    """Make the delivery rows of new entries, in order; True when more entries wait.

    One relay at a time: two could otherwise publish a later entry of a key before an earlier one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FAN_OUT_LOCK])
            if not cursor.fetchone()[0]:
                return False
        entries = list(
            OutboxEntry.objects.filter(fanned_out=False).order_by("pk")[:FAN_OUT_AT_ONCE]
        )
        if not entries:
            return False
        wired, moment = subscribers(), clock.now()
        OutboxDelivery.objects.bulk_create(
            OutboxDelivery(entry=entry, subscriber=path, key=entry.key, next_try_at=moment)
            for entry in entries
            for path in wired.get(entry.topic, ())
        )
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(fanned_out=True)
    return len(entries) == FAN_OUT_AT_ONCE


def _candidates(*, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"shift": clock.shift(), "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def _work_off(due: Sequence[int], ends: float) -> int:
    """Deliver these rows in turn until the time is over; how many were in our hands."""
    worked, attempt = 0, None
    for delivery_id, following in zip_longest(due, due[1:]):
        if attempt is None:
            attempt = _claim(delivery_id)
        if attempt is None:
            continue
        with transaction.atomic():
            worked += _deliver(delivery_id, attempt)
            is_over = time.monotonic() > ends
            attempt = None if following is None or is_over else _claim(following)
        if is_over:
            break
    return worked


def _claim(delivery_id: int) -> int | None:
    """Count one more attempt and return its number; None when somebody else has the row."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"id": delivery_id, "shift": clock.shift(), "lease": CLAIM_LEASE})
        row = cursor.fetchone()
    return row[0] if row else None


def _deliver(delivery_id: int, attempt: int) -> bool:
    """Deliver a claimed row in the caller's transaction; False when somebody else has it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [delivery_id, attempt])
        row = cursor.fetchone()
    if row is None:
        return False
    *own, entry_id, topic, payload = row
    entry = OutboxEntry(id=entry_id, topic=topic, payload=json.loads(payload))
    names = ("id", "subscriber", "key", "attempts", "crashes", "last_error")
    delivery = OutboxDelivery(**dict(zip(names, own, strict=True)), entry=entry)
    if delivery.crashes > CRASHES_TO_PARK:
        _park(delivery, error=delivery.last_error or "the worker died on it")
    else:
        _hand_over(delivery)
    return True


def _hand_over(delivery: OutboxDelivery) -> None:
    """Run the subscriber; its writes and the row's new state commit together."""
    try:
        with transaction.atomic():
            subscriber: Subscriber = import_string(delivery.subscriber)
            subscriber(delivery.key, delivery.entry.payload)
    except ProviderError as error:
        if error.retryable:
            _wait(delivery, error)
        else:
            _crashed(delivery, error)
    except Exception as error:  # noqa: BLE001 (whatever a subscriber does, others go on)
        _crashed(delivery, error)
    else:
        metrics.DELIVERIES.labels("done").inc()
        with connection.cursor() as cursor:
            cursor.execute(DONE, {"id": delivery.pk, "shift": clock.shift()})


def _wait(delivery: OutboxDelivery, error: ProviderError) -> None:
    """An outage: try again later, without counting it."""
    metrics.DELIVERIES.labels("waits").inc()
    delivery.crashes -= 1
    delivery.last_error = _told(error)
    delivery.next_try_at = _later(delivery.attempts, at_least=error.retry_after or 0.0)
    delivery.save(update_fields=["crashes", "last_error", "next_try_at"])
    log.info("delivery_waits", delivery=delivery.pk, subscriber=delivery.subscriber)


def _crashed(delivery: OutboxDelivery, error: Exception) -> None:
    metrics.DELIVERIES.labels("crashed").inc()
    log.error("delivery_crashed", delivery=delivery.pk, exc_info=error)
    if delivery.crashes >= CRASHES_TO_PARK:
        _park(delivery, error=_told(error))
        return
    delivery.last_error = _told(error)
    delivery.next_try_at = _later(delivery.crashes, at_least=0.0)
    delivery.save(update_fields=["last_error", "next_try_at"])


def _park(delivery: OutboxDelivery, *, error: str) -> None:
    delivery.state = DeliveryState.PARKED
    delivery.last_error = error
    delivery.save(update_fields=["state", "last_error"])
    cases.open_case(
        kind="outbox.parked",
        subject=("delivery", str(delivery.pk)),
        title=_("A follow-up of “%(topic)s” keeps failing") % {"topic": delivery.entry.topic},
        detail={"subscriber": delivery.subscriber, "key": delivery.key, "error": error},
        dedupe_key=_case_key(delivery),
    )


def _later(tries: int, *, at_least: float) -> datetime:
    """2, 4, 8 … seconds, never over two minutes, spread so that waiters don't march in step."""
    seconds = min(LONGEST_WAIT, 2.0 ** min(tries, 10))
    spread = seconds * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
    return clock.now() + timedelta(seconds=max(at_least, spread))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def _case_key(delivery: OutboxDelivery) -> str:
    return f"outbox:{delivery.pk}"


def replay(*, delivery_id: int, actor: audit.Actor, reason: str = "") -> OutboxDelivery:
    """Staff let a parked delivery try again; audited, its Case is closed. Twice is safe."""
    return _decide(delivery_id, actor, reason, action="outbox.replay")


def drop(*, delivery_id: int, actor: audit.Actor, reason: str = "") -> OutboxDelivery:
    """Staff give a delivery up, and those behind it go on; audited. Twice is safe.

    Raises DomainError("already_delivered") when it reached its subscriber meanwhile.
    """
    return _decide(delivery_id, actor, reason, action="outbox.drop")


def _decide(delivery_id: int, actor: audit.Actor, reason: str, *, action: str) -> OutboxDelivery:
    wanted = DeliveryState.DROPPED if action == "outbox.drop" else DeliveryState.PENDING
    with transaction.atomic():
        found = OutboxDelivery.objects.select_for_update().filter(pk=delivery_id).first()
        if found is None:
            raise NotFound
        if found.state == DeliveryState.DONE:
            raise DomainError("already_delivered", _("This has been delivered meanwhile."))
        if found.state == wanted:
            return found
        before, found.state = found.state, wanted
        found.crashes, found.next_try_at = 0, clock.now()
        found.save(update_fields=["state", "crashes", "next_try_at"])
        audit.record(
            actor=actor,
            action=action,
            subject=("delivery", str(found.pk)),
            reason=reason,
            change=({"state": before}, {"state": wanted}),
        )
        for case in Case.objects.filter(dedupe_key=_case_key(found), state=CaseState.OPEN):
            cases.resolve_case(case_id=case.pk, actor=actor, resolution=reason or action)
    return found


def prune() -> int:
    """Forget entries older than 14 days that reached everybody; says how many rows went."""
    unfinished = OutboxDelivery.objects.filter(
        state__in=[DeliveryState.PENDING, DeliveryState.PARKED]
    )
    old = OutboxEntry.objects.filter(fanned_out=True, created_at__lt=clock.now() - KEEP)
    return old.exclude(pk__in=unfinished.values("entry")).delete()[0]
