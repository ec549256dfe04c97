"""Telling the owner of an account that something about it has changed."""

import secrets

from accounts.models import User
from core import outbox


def changed(user: User, change: str, *, entry_id: int | None = None) -> None:
    """Emit `account.changed`, in the caller's transaction. `entry_id` points at the audit row whose
    personal values name the contact that was replaced: the notice goes there too."""
    outbox.emit(
        "account.changed",
        key=f"user:{user.pk}",
        user_id=user.pk,
        change=change,
        entry_id=entry_id,
        nonce=secrets.token_hex(8),
    )
