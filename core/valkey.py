"""The way to Valkey for what may be missing: limits, breakers, versions, cached pages, wake-ups.

Nothing kept there is the truth. When it doesn't answer, callers get what they would do without it,
at once: for two seconds after a failure nobody tries again, so an outage never slows a page down.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import redis
import structlog
from django.conf import settings

PREFIX = "market:"
QUIET_SECONDS = 2.0

Result = TypeVar("Result")
log = structlog.get_logger(__name__)
_quiet_until = 0.0


@cache
def client() -> redis.Redis:
    """One pool per process; the pool notices a fork by itself."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=0.3,
        socket_connect_timeout=0.3,
        health_check_interval=30,
        protocol=2,
    )


def ask(work: Callable[[redis.Redis], Result], *, otherwise: Result) -> Result:
    """What `work` gets from Valkey, or `otherwise` while Valkey is away."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return otherwise
    try:
        return work(client())
    except (redis.RedisError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("valkey_away", error=type(error).__name__)
        return otherwise


def is_up() -> bool:
    """For the health page: asks at once, quiet or not."""
    try:
        return bool(client().ping())
    except (redis.RedisError, OSError):
        return False
