"""A gunicorn of several processes on the test database, started and stopped by the tests."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote, urlsplit, urlunsplit

import urllib3
from django.conf import settings
from django.db import connection

from marketplace.embedded.folders import CLONE, is_free

WORKERS, THREADS = 4, 16  # 64 requests at once
START_SECONDS = 60.0


@contextmanager
def serving(
    application: str, *, port: int | None = None, env: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serves `application` ("module:name") on a free port; yields the address."""
    port = port or free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)]
    command += ["--preload", "--keep-alive", "60", "--timeout", "60", "--no-control-socket"]
    command += ["--graceful-timeout", "2"]
    with subprocess.Popen(command, cwd=CLONE, env={**server_env(), **(env or {})}) as server:  # noqa: S603
        try:
            _wait_for(base, server)
            yield base
        finally:
            server.terminate()


def free_port() -> int:
    return next(port for port in range(18_000 + os.getpid() % 1000, 19_999) if is_free(port))


def server_env() -> dict[str, str]:
    """The test database, which the tests' own name in DATABASE_URL doesn't say."""
    database = connection.settings_dict
    user, password = (quote(str(database[key]), safe="") for key in ("USER", "PASSWORD"))
    place = f"{user}:{password}@{database['HOST']}:{database['PORT'] or 5432}"
    url = urlunsplit(("postgres", place, f"/{database['NAME']}", "", ""))
    return os.environ | {
        "DATABASE_URL": url,
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "tests.races.settings",
        "LOG_LEVEL": "WARNING",
    }


def _wait_for(base: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    pool = urllib3.PoolManager(retries=False)
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the raced server ended with {server.returncode}")
        try:
            if pool.request("GET", f"{base}/gio", timeout=5).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    raise RuntimeError(f"the raced server at {urlsplit(base).netloc} didn't answer in time")
