"""Kills `make run` at random moments in clean clones and checks that it always comes up again.

    python -m scripts.kill_test [--rounds 10] [--seed 1] [--out bench/kills.md]

Once as the present user and, when that is root, once as `nobody`, in clones that only their owner
can enter. While the market is up a row is confirmed every few milliseconds and a guest buys one
purchase of two orders after the other; after each kill and restart every row and every purchase
that was confirmed must be there. The last start is followed by `manage.py check_books`.
"""

import argparse
import contextlib
import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.checkout import Guest, Refused, Tally
from bench.client import Broken, Line

ROOT = Path(__file__).resolve().parent.parent
READY = "the market is open"
LONGEST_START = 600.0
GOODS = """
SELECT DISTINCT ON (product.vendor_id) variant.id, '/san-pham/' || product.slug || '-' || product.id
FROM catalog_variant variant JOIN catalog_product product ON product.id = variant.product_id
JOIN catalog_stock stock ON stock.variant_id = variant.id
WHERE product.state = 'live' AND variant.archived_at IS NULL AND stock.on_hand - stock.held > 2
ORDER BY product.vendor_id, stock.on_hand - stock.held DESC
"""
LAUNCHER, GROUP, MAKE = "launcher", "whole group", "make"


@dataclass
class Runner:
    user: str
    clone: Path
    data: Path
    port: int
    rows: list[str] = field(default_factory=list)
    confirmed: int = 0
    purchases: list[str] = field(default_factory=list)
    guests: int = 0

    def start(self) -> "subprocess.Popen[bytes]":
        keys = ("PIP_", "SSL_", "HTTPS_PROXY", "HTTP_PROXY", "LANG")
        env = {k: v for k, v in os.environ.items() if k.startswith(keys)}
        env |= {"PATH": "/usr/local/bin:/usr/bin:/bin", "PORT": str(self.port)}
        env |= {"MARKET_DATA": str(self.data), "HOME": str(self.clone.parent)}
        env |= {"TRUSTED_PROXIES": "1"}  # each guest comes from an address of its own
        with self.log.open("wb") as log:
            return subprocess.Popen(
                ["make", "run"],
                cwd=self.clone,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **as_user(self.user),
            )

    @property
    def log(self) -> Path:
        return self.clone.parent / f"run-{self.user}.log"

    def said(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "(nothing yet)"

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        port = json.loads((self.data / "run/ports.json").read_text())["postgres"]
        password = (self.data / "postgres/password").read_text()
        url = f"postgres://agri:{password}@127.0.0.1:{port}/market"
        return psycopg.connect(url, autocommit=True, connect_timeout=3)

    def write_until(self, moment: float) -> None:
        """Confirms rows as long as the database answers; counts only those that it confirmed."""
        with contextlib.suppress(psycopg.Error, OSError, ValueError), self.connect() as line:
            line.execute("CREATE TABLE IF NOT EXISTS kill_test (number integer)")
            while time.monotonic() < moment:
                line.execute("INSERT INTO kill_test VALUES (%s)", [self.confirmed + 1])
                self.confirmed += 1
                time.sleep(0.005)

    def buy_until(self, moment: float) -> None:
        """Buys as long as the market answers; counts what it said yes to, seen or not."""
        with contextlib.suppress(psycopg.Error, OSError, ValueError, Broken, IndexError):
            with self.connect() as asking:
                goods = asking.execute(GOODS).fetchall()
            line = Line(self.port)
            while time.monotonic() < moment and len(goods) > 1:
                self.guests += 1
                guest = Guest(line, self.guests, Tally())
                turn = self.guests % (len(goods) - 1)
                with contextlib.suppress(Refused):  # sold out meanwhile: the next one
                    try:
                        guest.buy([goods[turn], goods[turn + 1]])
                    finally:
                        self.purchases += [guest.placed] if guest.placed else []

    def lost(self) -> tuple[int, int]:
        """Rows and purchases that were confirmed and aren't there."""
        with self.connect() as line:
            line.execute("CREATE TABLE IF NOT EXISTS kill_test (number integer)")
            rows = line.execute("SELECT count(DISTINCT number) FROM kill_test").fetchone()
            bought = line.execute(
                "SELECT count(*) FROM orders_purchase WHERE checkout_key = ANY(%s::uuid[])",
                [self.purchases],
            ).fetchone()
        there, kept = rows[0] if rows else 0, bought[0] if bought else 0
        return max(0, self.confirmed - there), len(set(self.purchases)) - kept


def as_user(name: str) -> dict[str, Any]:
    entry = pwd.getpwnam(name)
    if entry.pw_uid == os.geteuid():
        return {}
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def launchers(runner: Runner) -> list[int]:
    """The launcher of this clone, if it runs by now."""
    found = []
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            here = (folder / "cwd").readlink() == runner.clone
            if here and words[1:3] == [b"manage.py", b"demo"]:
                found.append(int(folder.name))
    return found


def kill(runner: Runner, process: "subprocess.Popen[bytes]", what: str) -> None:
    if what == MAKE:
        process.kill()
    elif what == GROUP:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        for pid in launchers(runner) or [process.pid]:
            os.kill(pid, signal.SIGKILL)
    process.wait()


def come_up(runner: Runner, process: "subprocess.Popen[bytes]") -> float:
    """Seconds until it says that the market is open."""
    begun = time.monotonic()
    while READY not in runner.said():
        if process.poll() is not None or time.monotonic() - begun > LONGEST_START:
            raise SystemExit(f"{runner.user}: did not come up: {runner.said()}")
        time.sleep(0.1)
    return time.monotonic() - begun


def play(runner: Runner, chance: random.Random, rounds: int) -> None:
    """Each round: start, kill at a random moment, start again, look, stop by the same kill."""
    process = runner.start()
    for number in range(1, rounds + 1):
        wait = chance.uniform(0.1, 4.0) if chance.random() < 0.5 else chance.uniform(4.0, 40.0)
        what = chance.choice((LAUNCHER, GROUP, MAKE))
        begun = time.monotonic()
        while time.monotonic() - begun < wait and READY not in runner.said():
            time.sleep(0.05)
        buying = threading.Thread(target=runner.buy_until, args=(begun + wait,))
        buying.start()
        runner.write_until(begun + wait)
        at, said = time.monotonic() - begun, runner.said()
        kill(runner, process, what)
        buying.join()
        process = runner.start()
        took = come_up(runner, process)
        rows_lost, purchases_lost = runner.lost()
        row = f"| {number} | {runner.user} | {at:.1f} | {what} | {said[:60].replace('|', '/')} "
        kept = f"{runner.confirmed} | {rows_lost} | {len(runner.purchases)} | {purchases_lost}"
        runner.rows.append(f"{row}| {took:.1f} | {kept} |")
        sys.stdout.write(runner.rows[-1] + "\n")
        sys.stdout.flush()
        if number < rounds and chance.random() < 0.6:  # most kills hit a start, the others a run
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            process = runner.start()
    runner.rows.append(f"Books as {runner.user}: {check_books(runner)}")
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)
    runner.rows.append(f"Processes left after the last stop: {count_left(runner)}")


def count_left(runner: Runner) -> int:
    """Processes that work anywhere in the clone or the data folder."""
    found = 0
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            here = (folder / "cwd").readlink()
            found += here.is_relative_to(runner.clone) or here.is_relative_to(runner.data)
    return found


def check_books(runner: Runner) -> str:
    with contextlib.suppress(OSError, ValueError):
        with runner.connect() as line:
            url = f"postgres://agri:{line.info.password}@127.0.0.1:{line.info.port}/market"
        env = {"PATH": "/usr/bin:/bin", "DATABASE_URL": url, "MARKET_DATA": str(runner.data)}
        done = subprocess.run(
            [runner.clone / ".venv/bin/python", "manage.py", "check_books"],
            cwd=runner.clone,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            **as_user(runner.user),
        )
        lines = (done.stdout + done.stderr).strip().splitlines()
        return f"exit {done.returncode}: {lines[-1] if lines else ''}"
    return "not run"


def make_runner(user: str, folder: Path) -> Runner:
    home = folder / user
    home.mkdir(mode=0o700)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(home / "clone")], check=True)
    data = folder / f"data-{user}"
    if as_user(user):
        entry = pwd.getpwnam(user)
        for path in (home, *home.rglob("*")):
            os.chown(path, entry.pw_uid, entry.pw_gid, follow_symlinks=False)
        data = home / "clone" / "var"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return Runner(user, home / "clone", data, port)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "kills.md")
    options = parser.parse_args()
    me = pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="kill-test-"))
    folder.chmod(0o755)
    runners = [make_runner(user, folder) for user in ([me, "nobody"] if me == "root" else [me])]
    for runner in runners:
        play(runner, random.Random(options.seed), options.rounds)  # noqa: S311
    head = (
        "| | user | killed at s | what was killed | it said last | up again s | rows | lost "
        "| purchases | lost |"
    )
    text = (
        "# `make run`, killed with -9 at random moments\n\nMade by `python -m scripts.kill_test`; "
        "rows and purchases are counted over all rounds.\n\n"
    )
    rows = [row for runner in runners for row in runner.rows if row.startswith("|")]
    notes = [row for runner in runners for row in runner.rows if not row.startswith("|")]
    table = "\n".join([head, "|---|---|---|---|---|---|---|---|---|---|", *rows])
    options.out.write_text(text + table + "\n\n" + "\n".join(notes) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
