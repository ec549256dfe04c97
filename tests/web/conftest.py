"""Each page test starts with empty caches: what another test kept says nothing here."""

import pytest
from django.core.cache import cache

from catalog.selectors import cached
from web.buyers import cards, frame


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    cache.clear()
    cached.forget()
    frame.forget()
    cards.forget()
