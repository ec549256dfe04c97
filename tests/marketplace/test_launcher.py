"""`manage.py demo` with real PostgreSQL and Valkey around a small stand-in for the market."""

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
from redis import Redis, RedisError

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


@pytest.fixture
def stand() -> Iterator[Stand]:
    with temporary_stand() as stand:
        yield stand


@pytest.fixture(scope="module")
def opened() -> Iterator[Stand]:
    """One that runs; for tests that only look at it."""
    with temporary_stand() as stand:
        stand.open()
        yield stand


def test_it_starts_stops_without_a_trace_and_keeps_the_data(stand: Stand) -> None:
    first = stand.open()
    stand.sql("CREATE TABLE kept (name text)")
    stand.sql("INSERT INTO kept VALUES ('hạt điều')")
    secret = stand.seen()["SECRET_KEY"]
    first.send_signal(signal.SIGINT)
    assert first.wait(timeout=20) == 0
    assert stand.running() == []
    second = stand.open()
    assert stand.sql("SELECT name FROM kept") == [("hạt điều",)]
    assert stand.seen()["SECRET_KEY"] == secret
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=20) == 0
    assert stand.running() == []


def test_the_last_line_names_the_address_and_the_sign_ins(opened: Stand) -> None:
    told = f"open: http://localhost:{opened.port} · an@example.vn · "
    assert told in opened.said[-1]
    assert "simulated Shopee: http://localhost:" in opened.said[-1]


def test_servers_are_private_and_keep_what_they_are_told(opened: Stand) -> None:
    assert opened.sql("SHOW fsync") == [("on",)]
    assert opened.sql(
        "SELECT datlocprovider, datlocale FROM pg_database WHERE datname='market'"
    ) == [("b", "C.UTF-8")]
    queue = Redis.from_url(opened.seen()["REDIS_URL"])
    assert queue.config_get("appendonly") == {"appendonly": "yes"}
    assert queue.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    url = opened.seen()["DATABASE_URL"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url.replace("agri:", "agri:not"))
    assert [oct(path.stat().st_mode & 0o077) for path in opened.data.glob("secrets.json")] == [
        "0o0"
    ]


def test_a_killed_launcher_is_cleaned_up_by_the_next_start(stand: Stand) -> None:
    first = stand.open()
    stand.sql("CREATE TABLE kept AS SELECT 7 AS number")
    first.kill()
    first.wait()
    stand.open()
    assert stand.sql("SELECT number FROM kept") == [(7,)]
    assert stand.celery(3) == 3  # the worker, its pool process and beat: each once


def test_a_killed_make_takes_the_launcher_along(stand: Stand) -> None:
    (stand.clone / "Makefile").write_text("run:\n\t@exec $(COMMAND)\n")
    first = stand.open(["make", "run", f"COMMAND={stand.python} manage.py demo"])
    stand.sql("CREATE TABLE kept AS SELECT 7 AS number")
    first.kill()
    first.wait()
    stand.open()
    assert stand.sql("SELECT number FROM kept") == [(7,)]


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.9])
def test_a_kill_during_the_first_start_is_repaired(stand: Stand, seconds: float) -> None:
    first = stand.start()
    time.sleep(seconds)
    first.kill()
    first.wait()
    stand.open()
    assert stand.sql("SELECT 1") == [(1,)]


def test_fallen_servers_come_back_with_their_data(stand: Stand) -> None:
    stand.open()
    stand.sql("CREATE TABLE kept AS SELECT 7 AS number")
    for name in ("postgres", "valkey"):
        pid = json.loads((stand.data / "run" / f"{name}.json").read_text())["pid"]
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 15
    while time.monotonic() < until:
        try:
            Redis.from_url(stand.seen()["REDIS_URL"]).ping()
            assert stand.sql("SELECT number FROM kept") == [(7,)]
            return
        except (psycopg.OperationalError, RedisError):
            time.sleep(0.2)
    raise AssertionError("the servers did not come back")


def test_named_servers_are_used_instead_of_own_ones(stand: Stand) -> None:
    stand.open(DATABASE_URL="postgres://elsewhere/db", REDIS_URL="redis://elsewhere/0")
    assert stand.seen()["DATABASE_URL"] == "postgres://elsewhere/db"
    assert stand.seen()["REDIS_URL"] == "redis://elsewhere/0"
    assert not (stand.data / "postgres").exists()
    assert not (stand.data / "valkey").exists()


def test_a_second_launcher_says_that_the_market_runs(opened: Stand) -> None:
    text = opened.refusal()
    assert text.count("\n") == 1
    assert f"This market already runs at http://localhost:{opened.port}" in text


def test_a_taken_port_is_one_sentence(stand: Stand) -> None:
    with socket.create_server(("127.0.0.1", stand.port)):
        text = stand.refusal()
    assert text.count("\n") == 1
    assert text.startswith(f"Cổng {stand.port} đang bận")
    assert f"Port {stand.port} is taken" in text
    assert stand.running() == []


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_sentence(stand: Stand, port: str) -> None:
    text = stand.refusal(PORT=port)
    assert text == (
        f"PORT={port} không phải là số cổng từ 1 đến 65535. / "
        f"PORT={port} is no port number from 1 to 65535.\n"
    )


def test_a_data_folder_that_is_a_file_is_one_sentence(stand: Stand) -> None:
    stand.data.write_text("")
    text = stand.refusal()
    assert text.count("\n") == 1
    assert f"The data folder {stand.data} can't be written" in text


@pytest.mark.parametrize(("version", "sentence"), [("12", "is of PostgreSQL 12"), ("", "is of")])
def test_data_of_another_postgresql_is_refused_untouched(
    stand: Stand, version: str, sentence: str
) -> None:
    cluster = stand.data / "postgres/data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text(version)
    text = stand.refusal()
    assert "Traceback" not in text
    assert sentence in text
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_a_folder_without_a_cluster_in_it_is_refused_untouched(stand: Stand) -> None:
    (stand.data / "postgres").mkdir(parents=True)
    text = stand.refusal()
    assert "holds no readable PostgreSQL data" in text
    assert list((stand.data / "postgres").iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        ("global/pg_control", 'could not read file "global/pg_control"'),
        ("pg_wal", 'required WAL directory "pg_wal" does not exist'),
    ],
)
def test_a_cluster_with_damaged_files_is_one_sentence_and_nothing_is_made_anew(
    stand: Stand, damage: str, cause: str
) -> None:
    stand.open().send_signal(signal.SIGTERM)
    assert stand.started[0].wait(timeout=20) == 0
    cluster, control = stand.data / "postgres/data", stand.data / "postgres/data/global/pg_control"
    if damage == "pg_wal":
        shutil.rmtree(cluster / damage)
    else:
        control.write_bytes(control.read_bytes()[:100])
    left = {path.name for path in cluster.iterdir()} - {"postmaster.pid"}
    first, sentence = stand.refusal().splitlines()
    assert "starting PostgreSQL" in first
    assert sentence.startswith("Không khởi động được postgres: ")
    assert cause in sentence.partition(" / postgres could not start: ")[2]
    assert sentence.endswith(f"(see {stand.data}/logs/postgres.log).")
    assert {path.name for path in cluster.iterdir()} - {"postmaster.pid"} == left
    assert stand.running() == []


def test_production_is_not_started_by_the_demo(stand: Stand) -> None:
    assert "only for MODE=demo" in stand.refusal(MODE="production")


def test_the_launcher_stays_small(opened: Stand) -> None:
    process = opened.started[0]
    text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    kilobytes = next(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
    assert kilobytes < 25_000


@pytest.mark.skipif(not IS_ROOT, reason="every other test is this one for a normal user")
def test_a_normal_user_can_run_it_in_a_private_clone(stand: Stand) -> None:
    nobody = pwd.getpwnam("nobody")
    python = private_python(stand)
    for path in (stand.clone, *stand.clone.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    stand.clone.chmod(0o700)
    stand.data = stand.clone / "var"
    stand.python = python
    stand.user = "nobody"
    process = stand.open()
    assert stand.sql("SELECT 1") == [(1,)]
    assert {path.owner() for path in stand.data.rglob("*")} == {"nobody"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert stand.running() == []


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
