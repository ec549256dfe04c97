"""Database time: the one clock that deadlines, holds and codes are measured by.

Hosts drift; the database is one. Tests move the clock with `shifted`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

_shift = timedelta(0)


def now() -> datetime:
    """The database's present moment, in UTC (one short query)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC) + _shift


def roughly_now() -> datetime:
    """By this host's own clock, without a query: for what is shown, never for what is decided."""
    return datetime.now(UTC) + _shift


# The same moment inside a statement, with `shift()` as a parameter: no query of its own.
SQL_NOW = "(clock_timestamp() + make_interval(secs => %(shift)s))"


def shift() -> float:
    """By how many seconds tests moved the clock; for statements with `SQL_NOW`."""
    return _shift.total_seconds()


def today() -> date:
    """The day it is now in the market's time zone."""
    return day(now())


def day(moment: datetime) -> date:
    """The day of a moment in the market's time zone."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """For tests: let every deadline of this process see a later (or earlier) moment."""
    global _shift
    before, _shift = _shift, _shift + by
    try:
        yield
    finally:
        _shift = before
