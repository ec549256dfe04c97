"""Who is told what while things break: everybody as always, and two that can be caught at work."""

import os
import signal
import time
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction

from core import inbox
from marketplace import subscribers
from orders.models import Order
from orders.services.fulfil import confirm_order, hand_over, pack_order
from orders.services.moves import By

FOLDER_KEY = "FAULTS_FOLDER"
PAUSE_KEY = "FAULTS_PAUSE"
AT_WORK_SECONDS = float(os.environ.get(PAUSE_KEY, "0.5"))
PARTY = "faults"
VENDOR = By("vendor")

SUBSCRIBERS = subscribers.SUBSCRIBERS | {
    "order.placed": (
        *subscribers.SUBSCRIBERS["order.placed"],
        "tests.faults.subscribers.send_off",
    ),
    "fault.deadly": ("tests.faults.subscribers.die_or_note",),
}


def send_off(key: str, payload: dict[str, Any]) -> None:
    """A vendor's whole work on an order, slowly: units leave the stock, a carrier is booked."""
    with transaction.atomic():
        order = Order.objects.get(number=payload["order_number"])
        for step in (confirm_order, pack_order, hand_over):
            order = step(order=order, by=VENDOR)
        say_begun(order.number)
        time.sleep(AT_WORK_SECONDS)


def die_or_note(key: str, payload: dict[str, Any]) -> None:
    """Writes down what it was told; takes its process along while a file says so."""
    say_begun(f"{key}-{payload['n']}")
    note(key, payload["n"])
    if (folder() / f"deadly-{key}").exists():
        os.kill(os.getpid(), signal.SIGKILL)


def note(key: str, n: int) -> None:
    """One row per call: were it called twice, there would be two."""
    inbox.take(PARTY, f"{key}:{n}:{uuid.uuid4()}", key, {"n": n})


def say_begun(what: str) -> None:
    """A file per start, which outlives the process: `<what>.<process>.<moment>`."""
    (folder() / f"{what}.{os.getpid()}.{time.monotonic_ns()}").touch()


def folder() -> Path:
    return Path(os.environ[FOLDER_KEY])
