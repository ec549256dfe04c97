"""What was worked out under one catalogue version: kept in this process, and shared by all."""

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from core import valkey, versions

T = TypeVar("T")

SHARED_SECONDS = 600


class PerVersion:
    """A bounded memory of this process; forgets all of it when the version changes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._version: object = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, version: object, key: Hashable) -> Any | None:
        with self._lock:
            if version != self._version or key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, version: object, key: Hashable, value: object) -> None:
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            self._kept[key] = value
            if len(self._kept) > self.size:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


_here = PerVersion(size=600)


def under_version(name: str, key: Hashable, make: Callable[[], T]) -> T:
    """`make()`, worked out once per catalogue version: asked here first, then of the shared cache.

    `key` must have a stable repr. A cache that is down only costs time.
    """
    version = versions.catalog_version()
    found = _here.get(version, (name, key))
    if found is None:
        found = _shared(f"{valkey.PREFIX}catalog:{version}:{name}:{_short(key)}", make)
        _here.put(version, (name, key), found)
    return cast(T, found)


def forget() -> None:
    """Empty this process's memory (tests; and after a database was exchanged)."""
    _here.forget()


def _shared(name: str, make: Callable[[], T]) -> T:
    kept = valkey.ask(lambda server: cast(bytes | None, server.get(name)), otherwise=None)
    if kept is not None:
        return cast(T, pickle.loads(kept))  # noqa: S301 written by ourselves alone
    made = make()
    packed = pickle.dumps(made)
    valkey.ask(lambda server: server.set(name, packed, ex=SHARED_SECONDS), otherwise=None)
    return made


def _short(key: Hashable) -> str:
    return hashlib.blake2b(repr(key).encode(), digest_size=16).hexdigest()
