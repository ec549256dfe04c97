"""The catalogue version: every public change and takedown bumps it; caches are keyed by it."""

from django.core.cache import cache
from django.db import transaction

KEY = "catalog-version"


def catalog_version() -> int:
    """The present version."""
    return int(cache.get_or_set(KEY, 1, timeout=None) or 1)


def bump_catalog() -> None:
    """Make everything cached under the present version unreachable, once this commits."""
    transaction.on_commit(_bump)


def _bump() -> None:
    catalog_version()
    cache.incr(KEY)
