"""Limits on how often something may be tried, counted in Valkey; in this process while it is away.

Count by account, phone and device cookie first; by address generously: whole villages share one.
"""

import threading
import time
from collections import OrderedDict
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest  # noqa: TID251 (only to read the client's address)
from redis import Redis

from core import valkey
from core.errors import TooMany

REMEMBERED = 20_000  # windows kept in this process while Valkey is away

_windows: OrderedDict[str, int] = OrderedDict()
_guard = threading.Lock()


def check(name: str, *keys: object, limit: int, per_seconds: int) -> None:
    """Count one try; raises TooMany(retry_after=…) after `limit` of them in one window of time."""
    window, into = divmod(time.time(), per_seconds)
    key = _key(name, keys, int(window))

    def count(server: Redis) -> int:
        pipe = server.pipeline(transaction=False)
        pipe.incr(key)
        pipe.expire(key, per_seconds + 1)
        return int(pipe.execute()[0])

    used = valkey.ask(count, otherwise=0) or _count_here(key)
    if used > limit:
        raise TooMany(retry_after=int(per_seconds - into) + 1)


def forget(name: str, *keys: object, per_seconds: int) -> None:
    """Start over, for instance after a right password."""
    key = _key(name, keys, int(time.time() // per_seconds))
    with _guard:
        _windows.pop(key, None)
    valkey.ask(lambda server: server.delete(key), otherwise=0)


def _key(name: str, keys: tuple[object, ...], window: int) -> str:
    return f"{valkey.PREFIX}limit:{name}:{':'.join(str(key) for key in keys)}:{window}"


def _count_here(key: str) -> int:
    with _guard:
        used = _windows[key] = _windows.pop(key, 0) + 1
        while len(_windows) > REMEMBERED:
            _windows.popitem(last=False)
        return used


def client_address(request: HttpRequest) -> str:
    """Where a request comes from; `X-Forwarded-For` counts for our own proxies only.

    With N trusted proxies it is the Nth address from the right: what stands left of it, the client
    may have written itself.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if len(said) < settings.TRUSTED_PROXIES:
        return direct
    try:
        return str(ip_address(said[-settings.TRUSTED_PROXIES]))
    except ValueError:
        return direct
