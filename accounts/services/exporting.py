"""Everything about a person in one file: JSON for programs, HTML for people."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

import structlog
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import rules
from accounts.errors import TooManyTries
from accounts.models import DataExport, ExportState, User
from accounts.waits import spoken_wait
from core import audit, cases, clock, files, outbox, own_data, wake
from core.errors import NotFound
from core.models import StoredFile

TASK = "accounts.tasks.make_exports"
CLAIM = timedelta(minutes=10)
MOST_TRIES = 5
DAY = timedelta(days=1)
ZIP = "application/zip"

log = structlog.get_logger(__name__)


def ask_export(*, user: User, language: str) -> DataExport:
    """Ask for a file with everything about this person; the worker makes it, and tells when ready.

    One at a time: a second wish returns the one that waits. Raises TooManyTries after a few in a
    day. Audited. Source: PDPL (Law 91/2025/QH15), the right to a copy.
    """
    now = clock.now()
    recent = user.data_exports.filter(asked_at__gt=now - DAY).order_by("asked_at")
    waiting = recent.filter(state__in=(ExportState.WAITING, ExportState.MAKING)).first()
    if waiting is not None:
        return waiting
    first = recent.first()
    if first is not None and recent.count() >= rules.EXPORTS_PER_DAY.value():
        seconds = int((first.asked_at + DAY - now).total_seconds()) + 1
        raise TooManyTries(
            "too_many_exports",
            gettext_lazy("You have asked often today. Ask again in %(wait)s."),
            retry_after=seconds,
            wait=spoken_wait(seconds),
        )
    try:
        with transaction.atomic():
            made = DataExport.objects.create(
                user=user, language=language, asked_at=now, all_parts=len(own_data.apps())
            )
            audit.record(actor=user, action="account.export", subject=("user", str(user.pk)))
            wake.after_commit(TASK)
            return made
    except IntegrityError:
        return user.data_exports.get(state__in=(ExportState.WAITING, ExportState.MAKING))


def make_next() -> DataExport | None:
    """Make the oldest waiting export; None when none waits. Safe in any number of workers.

    A worker that dies loses its claim after ten minutes; the fifth failure ends it with a Case.
    """
    export = _claim()
    if export is None:
        return None
    if export.attempts > MOST_TRIES:
        _give_up(export)
        return export
    data = _zip(export)
    with transaction.atomic():
        stored = files.keep(data, kind=ZIP, name="du-lieu.zip", folder="export")
        now = clock.now()
        export.state, export.file, export.ready_at = ExportState.READY, stored, now
        export.expires_at = now + timedelta(days=rules.KEEP_EXPORT.value())
        export.save(update_fields=["state", "file", "ready_at", "expires_at"])
        outbox.emit("export.ready", key=f"user:{export.user_id}", export_id=export.pk)
    return export


def get_ready(*, user_id: int, export_id: int) -> StoredFile:
    """The file of an export of this person. Raises NotFound for another's and a gone one."""
    export = (
        DataExport.objects.filter(
            pk=export_id, user_id=user_id, state=ExportState.READY, expires_at__gt=clock.now()
        )
        .select_related("file")
        .first()
    )
    if export is None or export.file is None:
        raise NotFound()
    return export.file


def forget_old() -> int:
    """Delete files whose days are over; says how many. Twice is safe."""
    over = DataExport.objects.filter(state=ExportState.READY, expires_at__lte=clock.now())
    count = over.count()
    with transaction.atomic():
        keys = drop_files(over)
    delete_keys(keys)
    return count


def drop_files(exports: Iterable[DataExport]) -> list[str]:
    """Let go of the rows of their files, in the caller's transaction; the keys are for
    `delete_keys`, after the commit."""
    keys = []
    for export in exports:
        stored = export.file
        export.state, export.file = ExportState.GONE, None
        export.save(update_fields=["state", "file"])
        if stored is not None:
            keys.append(stored.key)
            stored.delete()
    return keys


def delete_keys(keys: Iterable[str]) -> None:
    """Delete private files by key; a missing one is no fault."""
    for key in keys:
        storages["private"].delete(key)


def _claim() -> DataExport | None:
    now = clock.now()
    left = Q(state=ExportState.MAKING, expires_at__lte=now)
    with transaction.atomic():
        export = (
            DataExport.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(Q(state=ExportState.WAITING) | left)
            .select_related("user")
            .order_by("id")
            .first()
        )
        if export is None:
            return None
        export.state, export.attempts = ExportState.MAKING, export.attempts + 1
        export.done_parts, export.expires_at = 0, now + CLAIM
        export.save()
    return export


def _give_up(export: DataExport) -> None:
    with transaction.atomic():
        export.state, export.expires_at = ExportState.FAILED, None
        export.save()
        cases.open_case(
            kind="export_failed",
            subject=("user", str(export.user_id)),
            title=_("The file with a person's own data can't be made"),
            dedupe_key=f"export-failed:{export.pk}",
        )


def _zip(export: DataExport) -> bytes:
    user = export.user
    with override(export.language):
        parts: list[own_data.Part] = []
        for app in own_data.apps():
            parts.extend(app.export(person_of(user)))
            DataExport.objects.filter(pk=export.pk).update(done_parts=F("done_parts") + 1)
        told = {
            "made_at": clock.now(),
            "language": export.language,
            "parts": {part.key: list(part.rows) for part in parts},
        }
        page = get_template("accounts/export.html").render(
            {"parts": [_shown(part) for part in parts], "user": user, "made_at": told["made_at"]}
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "du-lieu.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
        )
        archive.writestr("du-lieu.html", page)
        for key in sorted({key for part in parts for key in part.files}):
            with storages["private"].open(key) as file:
                archive.writestr(f"tep/{PurePosixPath(key).name}", file.read())
    return made.getvalue()


def person_of(user: User) -> own_data.Person:
    """The account as the apps' exporters and erasers know it."""
    contacts = tuple(text for text in (user.phone, user.email) if text)
    return own_data.Person(user_id=user.pk, name=user.full_name, contacts=contacts)


def _shown(part: own_data.Part) -> dict[str, object]:
    rows = [[_readable(row.get(key)) for key in part.labels] for row in part.rows]
    return {"title": part.title, "labels": list(part.labels.values()), "rows": rows}


def _readable(value: object) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return value


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
