"""The market that is broken on purpose: its worker as a process that can be killed."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from celery import Celery
from django.conf import settings

from catalog.models import Variant
from core.models import DeliveryState, OutboxDelivery, OutboxEntry
from marketplace.embedded.folders import CLONE
from marketplace.embedded.processes import die_with, everybody, send
from tests.browser.market import worker_command
from tests.faults.subscribers import FOLDER_KEY
from tests.races.buyer import Buyer
from tests.races.conftest import page_of
from tests.races.serving import server_env
from tests.races.together import many_at_once

SETTINGS = "tests.faults.settings"
CROWD = 8
UNFINISHED = (DeliveryState.PENDING, DeliveryState.PARKED)


@dataclass
class Worker:
    """A Celery worker with beat in a session of its own; `folder` keeps what was begun."""

    command: list[str]
    env: dict[str, str]
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            cwd=CLONE,
            env=self.env,
            start_new_session=True,
            preexec_fn=partial(die_with, os.getpid(), signal.SIGTERM),
        )

    def kill(self) -> None:
        """The machine's power goes: the worker and its pool at once."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def keep(self) -> None:
        """What systemd and the demo's launcher do: one that ended is started again."""
        if self.process is not None and self.process.poll() is not None:
            self.start()

    def kill_child(self, pid: int) -> None:
        assert self.process is not None
        assert pid in {one.pid for one in everybody() if one.parent == self.process.pid}
        send(pid, signal.SIGKILL)

    def begun(self, prefix: str = "") -> list["Begun"]:
        """What was begun so far, in order; a delivery or task begun twice is there twice."""
        names = (path.name.rsplit(".", 2) for path in self.folder.glob(f"{prefix}*.*.*"))
        found = [Begun(what, int(pid), int(at) / 1e9) for what, pid, at in names]
        return sorted(found, key=lambda one: one.at)


@dataclass(frozen=True)
class Begun:
    what: str
    pid: int
    at: float  # as time.monotonic() tells


@contextmanager
def working(
    folder: Path, *, queue: str, application: str = "tests.faults.worker", **env: str
) -> Iterator[Worker]:
    """A worker on the test database and this Valkey; nothing of it is left at the end."""
    own = fault_env(queue) | {FOLDER_KEY: str(folder)} | env
    worker = Worker(worker_command(application, f"faults{os.getpid()}", folder), own, folder)
    worker.start()
    try:
        yield worker
    finally:
        worker.kill()


def fault_env(queue: str) -> dict[str, str]:
    """For the processes of a market that is broken on purpose."""
    own = {"REDIS_URL": queue, "DJANGO_SETTINGS_MODULE": SETTINGS, "LOG_LEVEL": "CRITICAL"}
    return server_env() | own


def sender(queue: str) -> Celery:
    """Sends tasks to this Valkey as the market does (the tests' own app runs them at once)."""
    app = Celery(set_as_current=False)
    app.conf.update(settings.CELERY | {"broker_url": queue, "task_always_eager": False})
    return app


def ready_buyers(base: str, variant: Variant, count: int, *, first: int = 1) -> list[Buyer]:
    """Each has opened the product, put it into the cart and filled the form."""
    buyers = [Buyer(base, n) for n in range(first, first + count)]
    page = page_of(variant)

    def prepare(buyer: Buyer) -> None:
        assert buyer.add(page).status == 303
        buyer.fill()

    many_at_once([partial(prepare, buyer) for buyer in buyers], crowd=CROWD)
    return buyers


def everything_is_delivered() -> bool:
    waiting = OutboxEntry.objects.filter(fanned_out=False).exists()
    return not waiting and not OutboxDelivery.objects.filter(state__in=UNFINISHED).exists()
