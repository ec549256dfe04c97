"""Statements whose best plan depends on their values."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper


def execute_planned_anew(cursor: CursorWrapper, sql: str, params: Sequence[Any]) -> None:
    """Run a statement with its values (safely quoted) in its text.

    It is then never prepared: a plan made for any word would be wrong for rare and common ones.
    """
    cursor.execute(connection.ops.compose_sql(sql, params))  # type: ignore[attr-defined]
