"""The worker's part in accounts; the rules are in `accounts.services`."""

from celery import shared_task

from accounts.services import devices, erasing, exporting
from core import wake
from core.tasks import MarketTask


@shared_task(base=MarketTask)
def make_exports() -> None:
    """Make one waiting export, then come again for the next, so that other work gets its turn."""
    if exporting.make_next() is not None:
        wake.now(exporting.TASK)


@shared_task(base=MarketTask)
def forget_exports() -> int:
    """Delete exported files whose days are over."""
    return exporting.forget_old()


@shared_task(base=MarketTask)
def erase_due() -> int:
    """Erase those whose waiting time is over."""
    return erasing.erase_due()


@shared_task(base=MarketTask)
def forget_sessions() -> int:
    """Drop sessions that have ended."""
    return devices.forget_ended()
