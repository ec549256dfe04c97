"""Each page test has a catalogue version of its own: nothing that another one kept is found."""

import itertools
import time

import pytest

from catalog.selectors import cached
from core import valkey, versions
from web.buyers import cards, frame


@pytest.fixture(autouse=True)
def _own_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes still bump it; other workers' tests, on the same Valkey, don't."""
    numbers = itertools.count(time.time_ns())
    present = [next(numbers)]
    monkeypatch.setattr(versions, "catalog_version", lambda: present[0])
    monkeypatch.setattr(versions, "bump_now", lambda: present.insert(0, next(numbers)))
    cached.forget()
    frame.forget()
    cards.forget()


@pytest.fixture(autouse=True)
def _own_codes() -> None:
    """All tests come from one address: what one of them asked for counts in no other."""
    for key in valkey.client().scan_iter("market:limit:codes_*"):
        valkey.client().delete(key)
