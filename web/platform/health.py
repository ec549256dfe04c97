"""Health pages: is this process alive, and can the market do its work?"""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import clock, tasks, valkey
from core.models import DeliveryState, OutboxDelivery, OutboxEntry

LEAST_DISK = 50 * 1024 * 1024
LITTLE_DISK = 500 * 1024 * 1024
OUTBOX_LATE = timedelta(minutes=10)
FINE = "ok"


def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """503 when the market can't serve people; 200 "degraded" when only its speed suffers."""
    checks = {name: check() for name, check in {**NEEDED, **WANTED}.items()}
    if any(checks[name] != FINE for name in NEEDED):
        status = "down"
    else:
        status = FINE if all(said == FINE for said in checks.values()) else "degraded"
    return JsonResponse(
        {"status": status, "checks": checks},
        status=503 if status == "down" else 200,
        headers={"Cache-Control": "no-store"},
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return FINE


def _migrations() -> str:
    try:
        return FINE if _are_all_applied() else "migrations are missing"
    except DatabaseError:
        return "unknown: the database does not answer"


def _are_all_applied() -> bool:
    """Once it is true it stays true for this process."""
    if not _applied:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _applied.append(True)
    return True


_applied: list[bool] = []


def _free_disk() -> int:
    """Where the market keeps its data (the clone's own disk before that folder is made)."""
    folder = settings.DATA_DIR if settings.DATA_DIR.exists() else settings.BASE_DIR
    return shutil.disk_usage(folder).free


def _disk() -> str:
    return FINE if _free_disk() > LEAST_DISK else "the disk is full"


def _disk_ahead() -> str:
    free = _free_disk()
    return FINE if free > LITTLE_DISK else f"only {free // 1024 // 1024} MB left on the disk"


def _valkey() -> str:
    return FINE if valkey.is_up() else "Valkey does not answer"


def _worker() -> str:
    seen = valkey.ask(lambda server: bool(server.exists(tasks.HEARTBEAT)), otherwise=False)
    return FINE if seen else "no worker was seen within a minute"


def _outbox() -> str:
    """Entries nobody has taken up; those that wait for a party that is away don't count."""
    try:
        late = clock.now() - OUTBOX_LATE
        waiting = OutboxEntry.objects.filter(fanned_out=False, created_at__lt=late).exists()
        parked = OutboxDelivery.objects.filter(state=DeliveryState.PARKED).exists()
        overdue = OutboxDelivery.objects.filter(
            state=DeliveryState.PENDING, attempts=0, next_try_at__lt=late
        ).exists()
    except DatabaseError:
        return "unknown: the database does not answer"
    if waiting or (overdue and not parked):
        return "entries have waited for over ten minutes"
    return "a delivery is parked" if parked else FINE


NEEDED: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "disk": _disk,
}
WANTED: dict[str, Callable[[], str]] = {
    "valkey": _valkey,
    "worker": _worker,
    "outbox": _outbox,
    "disk_ahead": _disk_ahead,
}
