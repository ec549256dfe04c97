"""Numbers that a test or the demo may turn, kept in the party's own file; and its clock."""

import threading
import time
from collections.abc import Mapping

from simulators.store import Store


class Settings:
    def __init__(self, store: Store, defaults: Mapping[str, float]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._values = dict(defaults)
        with store.transaction() as db:
            for row in db.execute("SELECT name, value FROM settings"):
                self._values[row["name"]] = row["value"]

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def known(self, name: str) -> bool:
        return name in self._values

    def all(self) -> dict[str, float]:
        return dict(self._values)

    def change(self, changes: Mapping[str, float]) -> None:
        with self._lock, self._store.transaction() as db:
            for name, value in changes.items():
                db.execute(
                    "INSERT INTO settings VALUES (?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (name, value),
                )
            self._values.update(changes)


class Clock:
    """Real time plus the setting `clock_offset`, so that a test can let hours pass."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def now(self) -> float:
        return time.time() + self._settings["clock_offset"]

    def seconds(self) -> int:
        return int(self.now())
