"""The catalogue version: every public change and takedown bumps it; caches are keyed by it.

It lives in Valkey and is read at most five times a second per process. While Valkey is away the
version changes every second, so that nothing kept lives longer than that; the first one who finds
Valkey back bumps the version, because bumps may have been lost meanwhile.
"""

import time
from threading import Lock

from django.db import transaction
from redis import Redis

from core import valkey

KEY = f"{valkey.PREFIX}catalog-version"
READ_EVERY = 0.2

_guard = Lock()
_version = 0
_read_at = float("-inf")
_is_away = False


def catalog_version() -> int:
    """The present version; a few tenths of a second old at most."""
    global _version, _read_at, _is_away
    moment = time.monotonic()
    if moment - _read_at < READ_EVERY:
        return _version
    with _guard:
        if moment - _read_at < READ_EVERY:
            return _version
        found = valkey.ask(_bumped if _is_away else _read, otherwise=0)
        _is_away = not found
        _version = found or -int(time.time())
        _read_at = moment
        return _version


def bump_catalog() -> None:
    """Make everything kept under the present version unreachable, once this commits.

    Never fails: what can't be told to Valkey now is made up for when it is back.
    """
    transaction.on_commit(bump_now)


def bump_now() -> None:
    """The same at once, for changes that no transaction makes."""
    global _version, _read_at, _is_away
    found = valkey.ask(_bumped, otherwise=0)
    with _guard:
        _is_away = not found
        _version = found or -int(time.time())
        _read_at = time.monotonic() if found else float("-inf")


def _read(server: Redis) -> int:
    kept = server.get(KEY)
    return int(kept) if kept else _bumped(server)


def _bumped(server: Redis) -> int:
    """One higher; a lost key starts at the clock, so that no old number ever comes back."""
    pipe = server.pipeline(transaction=False)
    pipe.set(KEY, time.time_ns() // 1_000_000, nx=True)
    pipe.incr(KEY)
    return int(pipe.execute()[1])
