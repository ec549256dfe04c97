"""Forms that a device may send again because the answer was lost: the second time does nothing."""

import hashlib
from uuid import uuid4

from core import valkey

REMEMBERED = 24 * 3600  # as long as a device sends a kept form by itself (static/js/sw.js)


def new_key() -> str:
    """A key for a fresh form."""
    return uuid4().hex


def is_first(form: str, key: str, *said: str) -> bool:
    """Whether this form with these words comes for the first time; a form without a key always
    does, and so does everything while Valkey is away."""
    if not key:
        return True
    digest = hashlib.blake2b(
        "\0".join((form, key[:64], *said)).encode(), digest_size=16
    ).hexdigest()
    name = f"{valkey.PREFIX}once:{digest}"
    return valkey.ask(
        lambda server: bool(server.set(name, 1, nx=True, ex=REMEMBERED)), otherwise=True
    )
