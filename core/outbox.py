"""The outbox: tell those above, in the same transaction, at least once.

`emit` writes one row with the change itself; `core.relay` (in the worker) delivers it to the
functions wired in `marketplace/subscribers.py`.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from core import rows, wake
from core.models import OutboxEntry


def emit(topic: str, *, key: str, **payload: object) -> None:
    """Record that something happened. Must run inside the transaction of the change.

    `key` orders deliveries: entries with the same key reach each subscriber strictly in order.
    `payload` must be JSON. Nothing is sent when the transaction rolls back.
    """
    emit_many([(topic, key, payload)])


def emit_many(entries: Iterable[tuple[str, str, dict[str, object]]]) -> None:
    """Like `emit`, for several (topic, key, payload) in one statement."""
    if not connection.in_atomic_block:
        raise RuntimeError("emit() belongs inside the transaction of the change it tells about")
    rows.insert(
        OutboxEntry(topic=topic, key=key, payload=payload) for topic, key, payload in entries
    )
    if all(hook[1] is not _call_the_relay for hook in connection.run_on_commit):
        transaction.on_commit(_call_the_relay)


def _call_the_relay() -> None:
    """Once per transaction, however often it tells something."""
    wake.now(wake.RELAY)
