"""One launcher per data folder; the lock goes with the process, however it ends."""

import fcntl
import json
import os
import time
from pathlib import Path

from marketplace.embedded.says import StartError, say

STOPPING = "stopping"
RUNNING = "running"


class FolderLock:
    def __init__(self, path: Path, *, port: int) -> None:
        self.path = path
        self.port = port
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, patience: float = 30.0) -> None:
        """Waits for a launcher that is on its way out; raises StartError for one that runs."""
        until = time.monotonic() + patience
        told = False
        while not self.try_once():
            holder = self.read()
            if holder.get("state") != STOPPING or time.monotonic() > until:
                raise StartError(
                    f"Chợ này đang chạy ở http://localhost:{holder.get('port')} "
                    f"(tiến trình {holder.get('pid')}).",
                    f"This market already runs at http://localhost:{holder.get('port')} "
                    f"(process {holder.get('pid')}).",
                )
            if not told:
                told = True
                say("Chờ lần chạy trước dừng hẳn", "waiting for the run before to stop")
            time.sleep(0.1)
        self.write(RUNNING)

    def try_once(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def write(self, state: str) -> None:
        text = json.dumps({"pid": os.getpid(), "port": self.port, "state": state})
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text.encode(), 0)

    def read(self) -> dict[str, object]:
        try:
            holder: dict[str, object] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # between the holder's two steps of writing
            return {}
        return holder
