"""Rows by the thousand: collected per table, then copied in one go."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models


class Sheets:
    """Collects rows of several tables and copies them in the order the tables were named.

    Keys are counted here, because rows refer to one another before the database has seen them;
    `finish` tells the database's own counters where to go on.
    """

    def __init__(self) -> None:
        self._columns: dict[type[models.Model], tuple[str, ...]] = {}
        self._rows: dict[type[models.Model], list[Sequence[Any]]] = {}
        self._last: dict[type[models.Model], int] = {}

    def open(self, model: type[models.Model], *columns: str) -> None:
        """Say which columns the rows of a table will have, and where the table stands in line."""
        self._columns[model] = columns
        self._rows[model] = []
        self._last.setdefault(model, 0)

    def key(self, model: type[models.Model]) -> int:
        """The next free key of a table."""
        self._last[model] += 1
        return self._last[model]

    def add(self, model: type[models.Model], *values: Any) -> None:
        self._rows[model].append(values)

    def copy(self) -> None:
        """Write everything collected so far."""
        for model, rows in self._rows.items():
            if rows:
                copy_rows(model._meta.db_table, self._columns[model], rows)
                rows.clear()

    def finish(self) -> None:
        self.copy()
        with connection.cursor() as cursor:
            for model, columns in self._columns.items():
                if columns[0] == "id":
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                        [model._meta.db_table, max(1, self._last[model])],
                    )


@dataclass(frozen=True, slots=True)
class Making:
    """What every part of the seeder needs: where rows go, chance from a seed, one moment, and the
    hash of the one password that all demo accounts have."""

    sheets: Sheets
    rng: random.Random
    now: datetime
    password: str


def copy_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Copy rows into a table; lists become arrays, everything else is written as it reads."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
