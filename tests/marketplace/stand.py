"""A clone with the real launcher around a small stand-in for the market."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from marketplace.embedded.processes import die_with

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(psycopg.__file__).parents[1]
IS_ROOT = os.geteuid() == 0

PREPARE = """
    if sys.argv[1:] == ["prepare"]:
        import json
        keys = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
        with open(os.environ["MARKET_DATA"] + "/seen.json", "w") as file:
            json.dump({key: os.environ[key] for key in keys}, file)
        with open(os.environ["MARKET_DATA"] + "/run/sign-in.txt", "w") as file:
            file.write("an@example.vn")
        return 0
"""
WEB = """
import http.server, os, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
port = sys.argv[2] if sys.argv[1] == "--port" else os.environ["BIND"].split(":")[1]
http.server.HTTPServer(("127.0.0.1", int(port)), Page).serve_forever()
"""
WORKER = """
import os, signal, sys, time
if sys.argv[3] == "worker" and os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a pool process that outlives its parent
print("celery@demo ready.", flush=True)
time.sleep(3600)
"""


@dataclass
class Stand:
    """A clone with the real launcher and stubs of what it launches."""

    clone: Path
    data: Path
    port: int
    python: str = sys.executable
    user: str | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def start(self, command: list[str] | None = None, **changes: str) -> "subprocess.Popen[str]":
        mine = {"MARKET_DATA": str(self.data), "PORT": str(self.port), "PATH": os.environ["PATH"]}
        process = subprocess.Popen(  # noqa: S603
            command or [self.python, "manage.py", "demo"],
            cwd=self.clone,
            preexec_fn=partial(die_with, os.getpid(), signal.SIGTERM),  # an aborted test run
            **as_user(self.user),
            env=mine | changes,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def open(self, command: list[str] | None = None, **changes: str) -> "subprocess.Popen[str]":
        """Starts it and reads on until it says that the market is open."""
        process = self.start(command, **changes)
        for line in process.stdout or ():
            self.said.append(line)
            if "the market is open" in line:
                return process
        raise AssertionError("".join(self.said))

    def refusal(self, **changes: str) -> str:
        """What it says when it doesn't start."""
        process = self.start(None, **changes)
        text, _ = process.communicate(timeout=30)
        assert process.returncode == 1
        return text

    def seen(self) -> dict[str, str]:
        seen: dict[str, str] = json.loads((self.data / "seen.json").read_text())
        return seen

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.seen()["DATABASE_URL"], autocommit=True) as line:
            cursor = line.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def running(self) -> list[str]:
        """Commands of every process that works in the clone or the data folder."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                cwd = (folder / "cwd").readlink()
                if cwd.is_relative_to(self.clone) or cwd.is_relative_to(self.data):
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return [command for command in found if command]

    def celery(self, wanted: int) -> int:
        """Its processes, once there are so many: the worker forks its pool a little later."""
        ends = time.monotonic() + 20
        while (found := sum("celery" in one for one in self.running())) < wanted:
            if time.monotonic() > ends:
                break
            time.sleep(0.1)
        return found


def as_user(name: str | None) -> dict[str, Any]:
    if not name:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def make_stand(folder: Path) -> Stand:
    clone = folder / "clone"
    (clone / "marketplace").mkdir(parents=True)
    shutil.copytree(ROOT / "marketplace/embedded", clone / "marketplace/embedded")
    (clone / "marketplace/__init__.py").touch()
    command = (ROOT / "manage.py").read_text()
    head, mark, rest = command.partition("    os.environ.setdefault(")
    assert mark
    (clone / "manage.py").write_text(head + PREPARE + mark + rest)
    stubs = {"gunicorn": WEB, "celery": WORKER, "simulators": WEB}
    for name, code in stubs.items():
        (clone / name).mkdir()
        (clone / name / "__init__.py").touch()
        (clone / name / "__main__.py").write_text(code)
    return Stand(clone, folder / "data", free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def temporary_stand() -> Iterator[Stand]:
    folder = Path(tempfile.mkdtemp(prefix="launcher-test-"))
    folder.chmod(0o711)  # as root the servers' user must get through
    stand = make_stand(folder)
    yield stand
    for process in stand.started:
        process.send_signal(signal.SIGTERM)
    for process in stand.started:
        process.wait(timeout=30)
    shutil.rmtree(folder)


def private_python(stand: Stand) -> str:
    """A Python that `nobody` may run and that sees our packages; skips where there is none."""
    version = f"python3.{sys.version_info[1]}"
    for base in (Path(sys.base_prefix) / "bin" / version, Path("/usr/bin") / version):
        code = f"import sys; sys.path.append({str(SITE)!r}); import psycopg"
        with contextlib.suppress(PermissionError):
            subprocess.run(  # noqa: S603
                [base, "-c", code], cwd="/", check=True, **as_user("nobody")
            )
            break
    else:
        pytest.skip("nobody may run no Python here")
    home = stand.clone / ".venv"
    subprocess.run(  # noqa: S603
        [str(base), "-m", "venv", "--without-pip", str(home)], check=True
    )
    (home / "lib" / version / "site-packages" / "ours.pth").write_text(f"{SITE}\n")
    return str(home / "bin/python")
