"""Secrets of others (tokens, keys) are stored encrypted; the newest key writes, all keys read."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """The text under the newest key."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text again; raises cryptography's InvalidToken when no key fits."""
    return _keys().decrypt(token.encode()).decode()


def _keys() -> MultiFernet:
    keys = list(settings.FIELD_KEYS)
    if settings.DEMO:
        digest = hashlib.sha256(f"field:{settings.SECRET_KEY}".encode()).digest()
        keys.append(base64.urlsafe_b64encode(digest).decode())
    return MultiFernet([Fernet(key) for key in keys])
