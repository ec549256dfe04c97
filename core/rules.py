"""Dated values: deadlines, limits and fees that people may change without a new version."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache.backends.locmem import LocMemCache
from django.db.models import Q

from core import clock
from core.models import Rule

# A minute in this process: a changed rule counts for what is placed a minute later.
_recent = LocMemCache("rules", {"timeout": 60})


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A named value: `first` holds until its first row begins; `unit` says what it counts."""

    name: str
    first: int
    unit: str

    def value(self, *, on: date | None = None) -> int:
        """The value on a day (today by default); read from the database at most once a minute."""
        key = f"{self.name}/{on or 'today'}"
        known = _recent.get(key)
        if known is None:
            known = self._find(on or clock.today())
            _recent.set(key, known)
        return int(known)

    def span(self) -> timedelta:
        """The value of a rule that counts minutes, as a time span."""
        return timedelta(minutes=self.value())

    def _find(self, day: date) -> int:
        row = (
            Rule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
            .filter(name=self.name, valid_from__lte=day)
            .order_by("-valid_from")
            .first()
        )
        return self.first if row is None else row.value


def forget() -> None:
    """Read every rule again (tests, and after a change by staff in this process)."""
    _recent.clear()
