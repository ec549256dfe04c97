"""The audit trail: who decided or changed what, when and why. Append-only, sealed into a chain."""

import hashlib
import json
import secrets
from typing import Any, Protocol

import structlog

from core.models import AuditEntry, AuditPersonal


class Actor(Protocol):
    """A person who acts; `accounts.User` is one."""

    pk: Any

    def audit_label(self) -> str: ...


def record(
    *,
    actor: Actor | None,
    action: str,
    subject: tuple[str, str],
    reason: str = "",
    change: tuple[dict[str, object], dict[str, object]] = ({}, {}),
    personal: dict[str, object] | None = None,
) -> AuditEntry:
    """Append one row, in the caller's transaction.

    `subject` is (kind, public key); `change` is (before, after) without personal values; these go
    into `personal`, beside the chain and referred to by a salted hash, so that erasing them keeps
    the chain valid. `actor` None means the system.
    """
    salt = secrets.token_hex(16)
    digest = personal_digest(salt=salt, values=personal) if personal else ""
    entry = AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_label=actor.audit_label() if actor else "system",
        action=action,
        subject_kind=subject[0],
        subject_key=subject[1],
        reason=reason,
        before=change[0],
        after=change[1],
        personal_hash=digest,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
    )
    if personal:
        AuditPersonal.objects.create(entry=entry, salt=salt, values=personal)
    return entry


def personal_digest(*, salt: str, values: dict[str, object]) -> str:
    """The salted hash that stands in the chain for personal values."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def forget_personal(*, subject: tuple[str, str]) -> int:
    """Erase the personal values kept about a subject; says how many entries had some.

    What was decided, by whom and when stays, and the chain stays valid. Twice is safe.
    """
    kind, key = subject
    about = AuditPersonal.objects.filter(entry__subject_kind=kind, entry__subject_key=key)
    return about.delete()[0]
