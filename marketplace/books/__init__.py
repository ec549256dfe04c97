"""The checker of the books: one SQL file per rule; each row that it finds is a violation.

A file begins with a comment that states the rule, and selects (subject, expected, found).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

FOLDER = Path(__file__).resolve().parent
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the statement that finds what breaks it."""

    name: str
    rule: str
    sql: str


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must not be: which rule, about what, and how it differs."""

    check: str
    subject: str
    expected: str
    found: str


@cache
def checks() -> tuple[Check, ...]:
    """All rules, in the order of their file names."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.sql")))


def run_checks() -> list[Violation]:
    """Every violation of every rule, at most SHOWN per rule; empty when the books are right."""
    return [violation for check in checks() for violation in run_check(check)]


def run_check(check: Check) -> list[Violation]:
    return list(_rows(check))


def _rows(check: Check) -> Iterator[Violation]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({check.sql}) AS broken LIMIT {SHOWN}")  # noqa: S608 ours
        for subject, expected, found in cursor.fetchall():
            yield Violation(check.name, str(subject), str(expected), str(found))


def _read(path: Path) -> Check:
    first, _, sql = path.read_text(encoding="utf-8").partition("\n")
    return Check(path.stem.split("_", 1)[1], first.removeprefix("-- "), sql)
