"""Wake the worker after a commit; the sweeper on the beat makes up for a lost wake-up.

A broker that is down must never hold up a buyer: publishing is tried for well under a second and
a failure is only logged, because the rows in PostgreSQL are the truth.
"""

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


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
    """Send `task` at once; False when the broker can't be reached."""
    try:
        current_app.tasks[task].apply_async(args=args, queue=queue)
    except (OperationalError, ConnectionError, TimeoutError) as error:
        log.warning("wake_failed", task=task, error=str(error))
        return False
    return True
