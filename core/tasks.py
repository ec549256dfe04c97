"""The worker's share of core, and the base of every task: tasks translate errors, nothing more."""

import random
from typing import Any

import structlog
from celery import Task, shared_task

from core import pictures, relay, seal, sweep, valkey, wake
from core.errors import ProviderError

HEARTBEAT = valkey.PREFIX + "worker-seen"
HEARTBEAT_SECONDS = 60
FINISH = "core.tasks.finish_pictures"
PICTURES_AT_ONCE = 3


class MarketTask(Task):  # type: ignore[misc]  # Celery has no types
    """Tries again later when an outside party is away; any other error ends the task.

    Wait times stay far below the broker's visibility timeout, or tasks would run twice.
    """

    abstract = True
    max_retries = 6
    default_retry_delay = 1  # after the death of the process that ran it

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        request_id = (self.request.id or "")[:16]
        with structlog.contextvars.bound_contextvars(task=self.name, request_id=request_id):
            try:
                return super().__call__(*args, **kwargs)
            except ProviderError as error:
                if not error.retryable:
                    raise
                raise self.retry(exc=error, countdown=self.pause(error)) from error

    def pause(self, error: ProviderError) -> float:
        """2, 4, 8 … seconds with jitter, or what the party asked for; never over two minutes."""
        seconds = min(120.0, 2.0 ** (int(self.request.retries) + 1))
        spread = seconds * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
        return min(120.0, max(spread, error.retry_after or 0.0))


@shared_task(base=MarketTask)
def relay_outbox() -> None:
    """Deliver what the outbox holds; runs again at once when more is left."""
    wake.woken(wake.RELAY)
    valkey.ask(lambda server: server.set(HEARTBEAT, 1, ex=HEARTBEAT_SECONDS), otherwise=None)
    if relay.run():
        wake.now(wake.RELAY)


@shared_task(base=MarketTask)
def prune_outbox() -> None:
    """Daily: forget what reached everybody two weeks ago."""
    relay.prune()


@shared_task(base=MarketTask)
def seal_audit() -> None:
    """Link new audit entries into the chain."""
    seal.seal_settled()


@shared_task(base=MarketTask)
def make_renditions(picture_id: int) -> None:
    """The 480 px WebP at once; the rest when the worker has nothing more urgent to do."""
    pictures.make_next(picture_id, everything=False)
    wake.now(FINISH, queue="low")


@shared_task(base=MarketTask)
def finish_pictures() -> None:
    """Complete a few pictures, oldest first, then queue again behind what came meanwhile."""
    for _ in range(PICTURES_AT_ONCE):
        if pictures.make_next(everything=True) is None:
            return
    wake.now(FINISH, queue="low")


@shared_task(base=MarketTask)
def sweep_files() -> None:
    """Forget files that no row knows: a part of the folders each time, all of them once a day."""
    sweep.sweep_some()
