"""Everything about a person: what each app says, keeps and erases.

An app that keeps anything about people has a module with the four functions of `OwnData`, wired in
`marketplace/own_data.py`; a test fails for a table that points at people and that no module names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from core.models import StoredFile


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data it is. `contacts` are the phone and e-mail of now; empty once erased. `past` are
    those of earlier days, only told to erasers: somebody else may have such a number now."""

    user_id: int
    name: str = ""
    contacts: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One list in the export: `labels` names its columns, in order; `key` is made for programs."""

    key: str
    title: object
    labels: Mapping[str, object]
    rows: Sequence[Mapping[str, object]]
    files: Sequence[str] = ()  # keys of private files that belong to it


@dataclass(frozen=True, slots=True)
class Kept:
    """What the law makes us keep after an erasure: what, under which article, until when."""

    what: object
    law: object
    years: int
    until: date  # when the oldest of them goes
    count: int


@dataclass(frozen=True, slots=True)
class Erasing:
    """One run of the erasure: the moment decides what is old enough."""

    person: Person
    today: date
    files: list[str] = field(default_factory=list)  # private files to delete after the commit

    def drop(self, stored: StoredFile) -> None:
        """Delete a private file's row now, and the file when all of it is committed."""
        self.files.append(stored.key)
        stored.delete()


class OwnData(Protocol):
    """What an app's `own_data` module offers."""

    TABLES: frozenset[str]  # those that hold something about people

    def export(self, person: Person) -> Iterable[Part]:
        """Everything that the app holds about the person."""

    def hindrances(self, person: Person) -> Iterable[str]:
        """What must end before the person can be erased, one sentence each."""

    def kept(self, person: Person, today: date) -> Iterable[Kept]:
        """What the law keeps from now on."""

    def erase(self, erasing: Erasing) -> None:
        """Erase all the rest, in the caller's transaction. Safe to run again, on a later day too:
        then what the law kept until that day goes as well."""


def apps() -> list[OwnData]:
    """The apps' modules, top of the ladder first."""
    names: tuple[str, ...] = import_string(settings.OWN_DATA)
    return [cast("OwnData", import_module(name)) for name in names]
