"""PostgreSQL and Valkey for a test run: the same as the demo's, in a folder that goes away."""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from marketplace.embedded import postgres, valkey
from marketplace.embedded.folders import choose_ports, open_folder
from marketplace.embedded.lock import FolderLock
from marketplace.embedded.servers import clean_up, start_servers
from marketplace.embedded.supervisor import Supervisor

PREFIX = "nong-san-test-"


@contextlib.contextmanager
def servers_for_tests(environ: Mapping[str, str]) -> Iterator[tuple[Supervisor, dict[str, str]]]:
    """Yields the environment of a test run; servers that `environ` names aren't started.

    Afterwards neither process nor folder is left, and neither are those of killed runs before.
    """
    sweep()
    path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.geteuid()}-"))
    (path / "run").mkdir(mode=0o700)
    lock = FolderLock(path / "launcher.lock", port=0)
    lock.take()
    folder = open_folder(path)
    supervisor = Supervisor(folder)
    try:
        ports = choose_ports(folder, (postgres.NAME, valkey.NAME))
        known = {"valkey_password": secrets.token_urlsafe(12)}
        urls = start_servers(supervisor, environ, known, ports, safe=False)
        yield supervisor, urls | {"MARKET_DATA": str(path / "market")}
    finally:
        supervisor.stop_all()
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Removes what killed test runs left; a run that still holds its lock is left alone."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.geteuid()}-*"):
        if path.stat().st_uid != os.geteuid() or not (path / "launcher.lock").exists():
            continue
        lock = FolderLock(path / "launcher.lock", port=0)
        if lock.try_once():
            clean_up(open_folder(path))
            shutil.rmtree(path, ignore_errors=True)
        os.close(lock.descriptor)
