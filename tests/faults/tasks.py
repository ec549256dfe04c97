"""What only this worker knows: a task that can be caught at work, and perhaps a shorter lease."""

import os
import signal
import time

from celery import shared_task
from django.db import transaction

from core import relay
from core.tasks import MarketTask
from tests.faults.subscribers import AT_WORK_SECONDS, note, say_begun

LEASE_KEY = "FAULTS_LEASE"
if LEASE_KEY in os.environ:
    relay.CLAIM_LEASE = float(os.environ[LEASE_KEY])


@shared_task(base=MarketTask)
def note_slowly(n: int) -> None:
    """Writes a row and takes its time before it commits."""
    with transaction.atomic():
        note("task", n)
        say_begun(f"task-{n}")
        time.sleep(AT_WORK_SECONDS)


@shared_task(base=MarketTask)
def die() -> None:
    """Kills every process that runs it."""
    say_begun("die")
    os.kill(os.getpid(), signal.SIGKILL)
