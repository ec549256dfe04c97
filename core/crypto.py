"""Secrets in the database (tokens of channels, keys of carriers) are kept encrypted.

`FIELD_KEYS` holds Fernet keys, newest first: the first one encrypts, all of them decrypt, so a key
is changed by putting a new one in front. The demo derives its key from SECRET_KEY.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from core.errors import DomainError


class Unreadable(DomainError):
    """What is stored was encrypted with a key that isn't known here any more."""

    code = "secret_unreadable"
    status = 500


def encrypt(text: str) -> str:
    """The text, readable only with our key; two calls never give the same."""
    return _box(_keys()).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What was encrypted; empty stays empty. Raises Unreadable for anything else."""
    if not token:
        return ""
    try:
        return _box(_keys()).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def rotate(token: str) -> str:
    """The same secret under the newest key."""
    try:
        return _box(_keys()).rotate(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _keys() -> tuple[str, ...]:
    if settings.FIELD_KEYS:
        return tuple(settings.FIELD_KEYS)
    if not settings.DEMO:
        raise Unreadable
    digest = hashlib.sha256(b"field keys:" + settings.SECRET_KEY.encode()).digest()
    return (base64.urlsafe_b64encode(digest).decode(),)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
