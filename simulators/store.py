"""One SQLite file per simulated party: what was confirmed outlives a kill."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMON = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value REAL NOT NULL);
"""


class Store:
    """One connection and one lock: every transaction sees and writes alone.

    SQLite lets only one writer in anyway; waiting on our own lock is fair and never "busy".
    """

    def __init__(self, path: Path, schema: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-1000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(COMMON + schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; nobody else reads or writes meanwhile. Not to be nested."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        with self._lock:
            self._db.close()


def next_number(db: sqlite3.Connection, name: str, start: int) -> int:
    """The next number of a series; never the same twice."""
    row = db.execute(
        "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + 1"
        " RETURNING value",
        (name, start),
    ).fetchone()
    return int(row[0])
