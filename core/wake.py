"""Wake the worker after a commit; the sweeper on the beat makes up for a lost wake-up.

A broker that is down must never hold up a buyer: publishing is tried for well under a second and
a failure is only logged, because the rows in PostgreSQL are the truth.
"""

import threading
import time

import structlog
from celery import current_app
from django.db import connection, transaction
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError
from kombu.messaging import Producer
from redis import Redis

from core import valkey

RELAY = "core.tasks.relay_outbox"
MARK_SECONDS = 5  # longer than the beat's own call, should a worker die before it starts
QUIET_SECONDS = 2.0
# The worker's own patience (seconds) is for waiting on work; a buyer must not feel a silent broker.
PATIENCE = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}
ONCE_MORE = {"max_retries": 1, "interval_start": 0}  # the kept connection may just have ended


class Line(threading.local):
    """Each thread's own way to the broker."""

    producer: Producer | None = None

    def open(self) -> Producer:
        if self.producer is None:
            line = current_app.connection_for_write(transport_options=PATIENCE)
            self.producer = current_app.amqp.Producer(line, auto_declare=False)
        return self.producer


log = structlog.get_logger(__name__)
_line = Line()
_quiet_until = 0.0


def after_commit(task: str, *args: object, queue: str = "default") -> None:
    """Send `task` once this transaction has committed (once per transaction and arguments)."""
    mark = (task, args)
    waiting = {getattr(hook[1], "mark", None) for hook in connection.run_on_commit}
    if mark in waiting:
        return

    def send() -> None:
        now(task, *args, queue=queue)

    send.mark = mark  # type: ignore[attr-defined]
    transaction.on_commit(send)


def now(task: str, *args: object, queue: str = "default") -> bool:
    """Send `task` at once; False when the broker can't be reached.

    For two seconds after a failure nobody tries again: buyers don't wait for a broker that is down.
    The relay is called only once until it starts (`woken`): under load one run serves many commits.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    if task == RELAY and not _is_first_call(task):
        return True
    try:
        import_string(task).apply_async(
            args=args, queue=queue, producer=_line.open(), retry_policy=ONCE_MORE
        )
    except (OperationalError, ConnectionError, TimeoutError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("wake_failed", task=task, error=str(error))
        return False
    return True


def woken(task: str) -> None:
    """A task says this before it looks for work: whoever commits from now on calls it again."""
    valkey.ask(lambda server: server.delete(_mark(task)), otherwise=0)


def _is_first_call(task: str) -> bool:
    def mark(server: Redis) -> bool:
        return bool(server.set(_mark(task), 1, nx=True, ex=MARK_SECONDS))

    return valkey.ask(mark, otherwise=True)


def _mark(task: str) -> str:
    return f"{valkey.PREFIX}woken:{task}"
