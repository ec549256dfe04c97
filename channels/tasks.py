"""The worker's part in channels; the rules are in `channels.services`."""

import structlog
from celery import shared_task

from channels.models import Connection, ConnectionState
from channels.services import imports, notices, push, tokens
from channels.services.notes import note
from core import clock
from core.errors import DomainError

log = structlog.get_logger(__name__)


@shared_task
def push_waiting_stock() -> int:
    """Push what a lost wake-up or a failure left behind."""
    return push.push_waiting()


@shared_task
def handle_open_notices() -> int:
    """Work on notices that wait."""
    return notices.handle_open()


@shared_task
def renew_tokens() -> int:
    """Keep quiet connections alive."""
    return tokens.renew_ending()


@shared_task
def poll_orders() -> int:
    """Ask every connected shop what changed: a push may be lost, a poll finds it."""
    until, taken = clock.now(), 0
    for connection in Connection.objects.filter(state=ConnectionState.ACTIVE).order_by("pk"):
        try:
            taken += imports.poll_connection(connection=connection, until=until)
        except DomainError as error:
            log.warning("poll_failed", connection=connection.pk, code=error.code)
            note(connection, "poll", ok=False, detail=str(error))
    return taken
