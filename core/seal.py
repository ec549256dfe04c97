"""The seal: links audit entries into a hash chain, so that a change from outside is noticed.

Entries are written unchained, so that nobody waits for anybody; one task links them in order.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db import connection, transaction

from core import clock
from core.audit import personal_digest
from core.models import AuditEntry, AuditPersonal, AuditSeal

AT_ONCE = 1000
GENESIS = "0" * 64
SEAL_LOCK = 0x7365616C
SETTLED = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
UNSEALED_FOR = timedelta(hours=1)

# The start of the oldest open transaction of this database: what it wrote isn't visible yet.
OLDEST = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""


def seal_settled() -> int:
    """Link all entries that no open transaction can still precede; says how many.

    In the order of their ids, by one sealer at a time; twice is safe.
    """
    sealed = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
                if not cursor.fetchone()[0]:
                    return sealed
            count = _seal_some()
        sealed += count
        if count < AT_ONCE:
            return sealed


def _seal_some() -> int:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(OLDEST)
        oldest = cursor.fetchone()[0] or now
    until = min(now, max(oldest, now - LONGEST_WAIT)) - SETTLED
    waiting = AuditEntry.objects.filter(seal=None, at__lt=until).order_by("pk")[:AT_ONCE]
    last = AuditSeal.objects.order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, GENESIS)
    seals = []
    for entry in waiting:
        position += 1
        link = link_hash(entry, position=position, previous=previous)
        seals.append(AuditSeal(entry=entry, position=position, previous_hash=previous, hash=link))
        previous = link
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def link_hash(entry: AuditEntry, *, position: int, previous: str) -> str:
    """SHA-256 over the position, the link before, and everything the entry says."""
    said = [
        position,
        previous,
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_label,
        entry.action,
        entry.subject_kind,
        entry.subject_key,
        entry.reason,
        entry.before,
        entry.after,
        entry.personal_hash,
        entry.request_id,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify_chain() -> list[str]:
    """What doesn't fit, one line each; empty when every entry is as it was sealed."""
    faults: list[str] = []
    expected, previous = 1, GENESIS
    for seal in AuditSeal.objects.select_related("entry").order_by("position").iterator(AT_ONCE):
        if seal.position != expected:
            faults.append(f"link {expected} is missing")
        if seal.previous_hash != previous:
            faults.append(f"link {seal.position} does not follow the one before")
        if seal.hash != link_hash(seal.entry, position=seal.position, previous=seal.previous_hash):
            faults.append(f"entry {seal.entry_id} was changed after it was sealed")
        expected, previous = seal.position + 1, seal.hash
    return [*faults, *_personal_faults(), *_forgotten()]


def _personal_faults() -> Iterator[str]:
    for one in AuditPersonal.objects.select_related("entry").iterator(AT_ONCE):
        if personal_digest(salt=one.salt, values=one.values) != one.entry.personal_hash:
            yield f"personal values of entry {one.entry_id} were changed"


def _forgotten() -> Iterator[str]:
    old = AuditEntry.objects.filter(seal=None, at__lt=clock.now() - UNSEALED_FOR)
    for entry_id in old.order_by("pk").values_list("pk", flat=True)[:20]:
        yield f"entry {entry_id} was never sealed"
