"""A Valkey and a PostgreSQL of the test's own, which it may stop, freeze and empty."""

import contextlib
import os
import secrets
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection
from redis import Redis

from marketplace.embedded.folders import (
    PORTS,
    Folder,
    find_binaries,
    is_free,
    open_folder,
    require_reachable,
)
from marketplace.embedded.lock import FolderLock
from marketplace.embedded.postgres import Postgres
from marketplace.embedded.processes import Child, Spec, send, spawn, stop
from marketplace.embedded.servers import clear_cluster
from marketplace.embedded.testing import PREFIX, sweep
from marketplace.embedded.valkey import Valkey

START_SECONDS = 60.0
CONNECTIONS = {"max_connections": "200"}


@dataclass
class Server:
    """One of the two: `kill` is a crash, `freeze` lets it hang with open doors."""

    folder: Folder
    url: str
    spec: Spec
    ready: Callable[[int], bool]
    crash: int  # the signal
    child: Child | None = None

    def start(self) -> None:
        child = self.child = spawn(self.spec, logs=self.folder.logs, run=self.folder.run)
        until(lambda: self.ready(child.process.pid), seconds=START_SECONDS)

    def kill(self) -> None:
        if self.child is not None:
            send(self.child.process.pid, self.crash)
            self.child.process.wait(START_SECONDS)

    def freeze(self) -> None:
        if self.child is not None:
            send(self.child.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        if self.child is not None:
            send(self.child.process.pid, signal.SIGCONT)

    def end(self) -> None:
        if self.child is not None:
            self.thaw()
            stop(self.child, run=self.folder.run)


@contextlib.contextmanager
def own_valkey(path: Path) -> Iterator[Server]:
    """It keeps nothing on disk: what it held is gone with it."""
    folder = Folder(path, user=None)
    for part in (folder.logs, folder.run):
        part.mkdir(parents=True, exist_ok=True)
    binary = find_binaries(folder).valkey
    valkey = Valkey(folder, binary, secrets.token_urlsafe(9), free_port(), keep=False)
    ready: Callable[[int], bool] = lambda _pid: valkey.is_ready()  # noqa: E731
    server = Server(folder, valkey.url, valkey.server(), ready, signal.SIGKILL)
    server.start()
    try:
        yield server
    finally:
        server.end()


@contextlib.contextmanager
def own_postgres() -> Iterator[Server]:
    """A cluster with every safety on; a crash is PostgreSQL's own immediate stop."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.geteuid()}-"))
    (path / "run").mkdir(mode=0o700)
    lock = FolderLock(path / "launcher.lock", port=0)
    lock.take()
    folder = open_folder(path)
    binaries = find_binaries(folder)
    cluster = Postgres(folder, binaries, require_reachable(folder, binaries), free_port())
    try:
        for step in (cluster.initdb, cluster.create_database):
            child = spawn(step(), logs=folder.logs, run=folder.run)
            assert child.process.wait(START_SECONDS) == 0
        cluster.adopt()
        spec = cluster.server(CONNECTIONS)
        server = Server(folder, cluster.url, spec, cluster.is_ready, signal.SIGQUIT)
        server.start()
        yield server
        server.end()
    finally:
        clear_cluster(cluster)
        os.close(lock.descriptor)
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def moved_to(url: str) -> Iterator[None]:
    """The tests' own connections, and the servers they start meanwhile, use this database."""
    there, here = urlsplit(url), connection.settings_dict
    before = {key: here[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")}
    values = (there.hostname, there.port, there.username, there.password, there.path[1:])
    connection.close()
    here.update(zip(before, values, strict=True))
    try:
        yield
    finally:
        connection.close()
        here.update(before)


def free_port() -> int:
    """Drawn, not counted: two test processes begin at the same moment."""
    while True:
        port = secrets.choice(PORTS)
        if is_free(port):
            return port


def flush(server: Server) -> None:
    with Redis.from_url(server.url) as line:
        line.flushall()


def until(look: Callable[[], bool], *, seconds: float = 60.0) -> float:
    """Waits for it; returns how long it took."""
    begun = time.monotonic()
    while not look():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"it didn't come about within {seconds:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - begun
