"""Writing a few rows of one table in one short statement.

`bulk_create` puts its statement together anew each time, which costs more than the database takes;
a purchase writes to eight tables.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection, models


def insert(objects: Iterable[models.Model]) -> None:
    """Insert unsaved objects of one model, in order, and give them their keys.

    Like `bulk_create`: no signals, the database's constraints speak. Inside the caller's
    transaction; the key must be one that the database counts.
    """
    made = list(objects)
    if not made:
        return
    sql, fields = _statement(type(made[0]), len(made))
    params = [
        field.get_db_prep_save(field.pre_save(one, add=True), connection)
        for one in made
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for one, (pk,) in zip(made, cursor.fetchall(), strict=True):
            one.pk = pk
            one._state.adding = False


@cache
def _statement(model: type[models.Model], count: int) -> tuple[str, tuple[Any, ...]]:
    own = model._meta.pk
    fields = tuple(field for field in model._meta.concrete_fields if field is not own)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    rows = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    table, key = quote(model._meta.db_table), quote(str(own.column))
    # Names come from the model, values are parameters.
    return f"INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {key}", fields  # noqa: S608
