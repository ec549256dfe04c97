"""Files that nobody knows any more: left by a transaction that was rolled back, or by a process
that died between the file and its row. One of 256 folders at a time, all of them once a day."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import structlog
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet

from core import clock
from core.models import Picture, StoredFile

FOLDERS = 256
ROUND_SECONDS = 86_400
OLD = timedelta(days=1)  # whatever writes a file and its row is long done by then
MOST_ROWS = 500

log = structlog.get_logger(__name__)


def sweep_some() -> int:
    """Sweep the folder whose turn it is by the clock; how many files went. Twice is safe."""
    now = clock.now()
    turn = int(now.timestamp() * FOLDERS / ROUND_SECONDS) % FOLDERS
    return sweep(f"{turn:02x}", now=now)


def sweep(folder: str, *, now: datetime) -> int:
    """Remove the files of this folder that are older than a day and that no row knows.

    First the rows of uploads that nothing points at (a paper that was refused after its file was
    kept): a person's papers must not lie about without an owner.
    """
    gone = _drop_unowned(folder, before=now - OLD)
    for name in _unknown(folder, before=now - OLD):
        storages["private"].delete(name)
        gone += 1
    media = storages["default"]
    for name in list(_pictures_without_rows(media, folder)):
        if _is_older(media, name, now - OLD):
            media.delete(name)
            gone += 1
    if gone:
        log.info("files_swept", folder=folder, files=gone)
    return gone


def _drop_unowned(folder: str, *, before: datetime) -> int:
    rows = StoredFile.objects.filter(created_at__lt=before, key__contains=f"/{folder}/")
    for relation in _relations():
        field = relation.field
        owners = relation.related_model._base_manager.filter(**{field.name: OuterRef("pk")})
        rows = rows.exclude(Exists(owners))
    return sum(_drop(rows.filter(pk=pk)) for pk in rows.values_list("pk", flat=True)[:MOST_ROWS])


def _drop(row: QuerySet[StoredFile]) -> int:
    """The row first: a file without a row is found again tomorrow, a row without a file never."""
    with transaction.atomic():
        found = row.select_for_update(skip_locked=True).first()
        if found is None:
            return 0
        key = found.key
        found.delete()
    storages["private"].delete(key)
    return 1


def _relations() -> list[ForeignObjectRel]:
    """Every table that points at stored files, also those without a name for the way back."""
    fields = StoredFile._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ForeignObjectRel)]


def _unknown(folder: str, *, before: datetime) -> Iterator[str]:
    storage = storages["private"]
    for kind in _listed(storage, "")[0]:
        names = {f"{kind}/{folder}/{name}" for name in _listed(storage, f"{kind}/{folder}")[1]}
        known = StoredFile.objects.filter(key__in=names).values_list("key", flat=True)
        for name in sorted(names - set(known)):
            if _is_older(storage, name, before):
                yield name


def _pictures_without_rows(storage: Storage, folder: str) -> Iterable[str]:
    names = _listed(storage, folder)[1]
    tokens = {name.partition("-")[0] for name in names}
    known = set(Picture.objects.filter(token__in=tokens).values_list("token", flat=True))
    return (f"{folder}/{name}" for name in names if name.partition("-")[0] not in known)


def _listed(storage: Storage, path: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = storage.listdir(path)
    except FileNotFoundError:
        return [], []
    return folders, files


def _is_older(storage: Storage, name: str, moment: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < moment
    except FileNotFoundError:  # swept or replaced meanwhile
        return False
