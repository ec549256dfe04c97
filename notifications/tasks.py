"""The worker's share: send what waits."""

from celery import shared_task

from core.tasks import MarketTask
from notifications import services


@shared_task(base=MarketTask)
def send_waiting() -> None:
    """Send messages that are due (on the beat, and woken by each new message)."""
    services.send_due()
