"""Subscribers for the relay's tests: they write down what they were told."""

import threading
import time
from typing import Any

from core import clock
from core.errors import ProviderError
from core.models import InboxNotice

heard: list[tuple[str, int]] = []
at_work: dict[str, int] = {}
overlaps: list[str] = []
broken_keys: set[str] = set()
away_keys: set[str] = set()
_guard = threading.Lock()


def reset() -> None:
    for known in (heard, overlaps, at_work, broken_keys, away_keys):
        known.clear()


def note(key: str, payload: dict[str, Any]) -> None:
    heard.append((key, payload["n"]))


def note_slowly(key: str, payload: dict[str, Any]) -> None:
    """Notices when two workers are inside for one key."""
    with _guard:
        at_work[key] = at_work.get(key, 0) + 1
        if at_work[key] > 1:
            overlaps.append(key)
    time.sleep(0.002)
    heard.append((key, payload["n"]))
    with _guard:
        at_work[key] -= 1


def write_then_fail(key: str, payload: dict[str, Any]) -> None:
    """Leaves a row behind, were its writes not in one transaction with its failure."""
    InboxNotice.objects.create(party="test", event_id=f"{key}-{clock.now()}", body={})
    if key in away_keys:
        raise ProviderError("carrier_away", retry_after=30)
    if key in broken_keys:
        raise ValueError("bug")
    heard.append((key, payload["n"]))
