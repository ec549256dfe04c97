"""Notices of channels: a hint to ask again, never the truth itself."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q

from channels.models import Connection, ConnectionState
from channels.parties import Push
from channels.services.imports import import_order
from core import clock, inbox, wake
from core.cases import open_case
from core.errors import ProviderError
from core.models import InboxNotice

log = structlog.get_logger(__name__)

MOST_TRIES = 8


def take_push(channel: str, push: Push) -> None:
    """Store a checked notice, once per event; work on it follows in the worker."""
    body = {"shop_id": push.shop_id, "order_id": push.order_id}
    with transaction.atomic():
        if inbox.take(party=channel, event_id=push.event_id, kind=push.kind, body=body):
            wake.after_commit("channels.tasks.handle_open_notices")


def handle_open() -> int:
    """Work on notices that wait, oldest first; how many were handled."""
    due = InboxNotice.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=clock.now()),
        handled_at__isnull=True,
        party="shopee",
    )
    return sum(_handle(pk) for pk in due.order_by("id").values_list("pk", flat=True)[:50])


def _handle(pk: int) -> int:
    with transaction.atomic():
        waiting = InboxNotice.objects.select_for_update(skip_locked=True)
        notice = waiting.filter(pk=pk, handled_at__isnull=True).first()
        if notice is None:
            return 0
        try:
            with transaction.atomic():
                _work(notice)
        except ProviderError as error:
            _later(notice, error)
            return 0
        InboxNotice.objects.filter(pk=pk).update(handled_at=clock.now(), error="")
        return 1


def _work(notice: InboxNotice) -> None:
    order_id = notice.body.get("order_id")
    connection = Connection.objects.filter(
        channel=notice.party,
        shop_id=notice.body.get("shop_id", ""),
        state=ConnectionState.ACTIVE,
    ).first()
    if connection is None or not order_id:
        log.info("notice_without_work", party=notice.party, event_id=notice.event_id)
        return
    import_order(connection=connection, external_id=str(order_id))


def _later(notice: InboxNotice, error: ProviderError) -> None:
    wait = timedelta(seconds=min(5 * 2**notice.attempts, 600))
    InboxNotice.objects.filter(pk=notice.pk).update(
        attempts=F("attempts") + 1, next_try_at=clock.now() + wait, error=str(error)[:300]
    )
    if notice.attempts + 1 >= MOST_TRIES:
        open_case(
            kind="notice_failed",
            subject=("notice", f"{notice.party} {notice.event_id}"),
            title=f"{notice.party}: {error}",
            dedupe_key=f"notice_failed:{notice.pk}",
        )
