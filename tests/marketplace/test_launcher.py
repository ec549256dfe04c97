"""`manage.py demo` with real PostgreSQL and Valkey: its life."""

import json
import os
import pwd
import signal
import time
from pathlib import Path

import psycopg
import pytest
from redis import Redis, RedisError

from tests.marketplace.stand import IS_ROOT, Stand, private_python


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
