"""A market of its own for the measurement: own data folder, servers, gunicorn, worker and beat."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from marketplace.embedded import market as parts
from marketplace.embedded import postgres, valkey
from marketplace.embedded.folders import CLONE, choose_ports, open_folder, read_secrets
from marketplace.embedded.launcher import answers
from marketplace.embedded.lock import FolderLock
from marketplace.embedded.market import Market, make_env
from marketplace.embedded.processes import Spec
from marketplace.embedded.says import STARTED_KEY, elapsed
from marketplace.embedded.servers import start_servers
from marketplace.embedded.supervisor import Supervisor
from marketplace.embedded.testing import PREFIX, sweep
from scripts.pss import pss_kb, tree

WEB_PORT, BARE = "web", "bare"
SEED_SECONDS = 600.0
BACKLOG = """
SELECT (SELECT count(*) FROM core_outboxentry WHERE NOT fanned_out)
     + (SELECT count(*) FROM core_outboxdelivery WHERE state = 'pending')
"""


@dataclass
class Bench:
    """What runs, and how to run something beside it."""

    supervisor: Supervisor
    market: Market

    @property
    def port(self) -> int:
        return self.market.port

    def web(self, application: str = "marketplace.wsgi", **environ: str) -> None:
        """Serves this application instead of the one before."""
        self.stop_web()
        spec = self.market.web()
        argv = [*spec.argv[:-1], application]
        self._serve(replace(spec, argv=argv, env=spec.env | environ), "/healthz")

    def bare(self) -> None:
        """Serves the calibration: gunicorn gthread, 2 workers of 8 threads."""
        self.stop_web()
        argv = [sys.executable, "-m", "gunicorn", "bench.bare", "-b", f"127.0.0.1:{self.port}"]
        argv += ["-w", "2", "-k", "gthread", "--threads", "8", "--no-control-socket"]
        self._serve(replace(self.market.web(), argv=argv), "/")

    def stop_web(self) -> None:
        if parts.WEB in self.supervisor.children:
            self.supervisor.stop_one(parts.WEB)

    def _serve(self, spec: Spec, path: str) -> None:
        self.supervisor.start(spec)
        self.supervisor.wait_for(
            parts.WEB, lambda: answers(self.port, path), seconds=60.0, note=("Đang chờ", "waiting")
        )

    def manage(self, *arguments: str) -> None:
        """Runs a management command to its end, with the market's environment."""
        spec = self.market.python(parts.PREPARE, ["manage.py", *arguments])
        self.supervisor.run_once(replace(spec, speaks=True), seconds=SEED_SECONDS)

    def ask(self, module: str, *arguments: str) -> Any:
        """What `python -m module` prints as JSON."""
        told = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=CLONE,
            env=self.market.env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        return json.loads(told)

    def backlog(self) -> int:
        """Entries and deliveries of the outbox that wait."""
        with psycopg.connect(self.market.env["DATABASE_URL"]) as asking:
            row = asking.execute(BACKLOG).fetchone()
        return int(row[0]) if row else 0

    def cpu_seconds(self) -> float:
        """What all parts have used of the cores so far, ended children included."""
        trees = [tree(child.process.pid) for child in self.supervisor.children.values()]
        return sum(used(pid) for pids in trees for pid in pids) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> dict[str, float]:
        """The sum of PSS per part."""
        return {
            name: round(sum(pss_kb(pid) for pid in tree(child.process.pid)) / 1024, 1)
            for name, child in self.supervisor.children.items()
        }


def used(pid: int) -> int:
    """Ticks of a process and of its children that ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return sum(int(ticks) for ticks in stat.rpartition(")")[2].split()[11:15])


@contextlib.contextmanager
def running_bench() -> Iterator[Bench]:
    """PostgreSQL and Valkey as the demo runs them (fsync on); afterwards nothing is left of it."""
    sweep()
    os.environ[STARTED_KEY] = str(time.monotonic() - elapsed())
    path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.geteuid()}-"))
    (path / "run").mkdir(mode=0o700)
    FolderLock(path / "launcher.lock", port=0).take()
    folder = open_folder(path)
    (folder.run / "prometheus").mkdir(mode=0o700)
    supervisor = Supervisor(folder)
    try:
        known = read_secrets(folder)
        names = (postgres.NAME, valkey.NAME, parts.SIMULATORS, WEB_PORT)
        ports = choose_ports(folder, names)
        servers = start_servers(supervisor, {}, known, ports)
        env = make_env(
            os.environ | {"TRUSTED_PROXIES": "1", "LOG_LEVEL": "WARNING"},
            folder=folder,
            ports=(ports[WEB_PORT], ports[parts.SIMULATORS]),
            known=known,
            servers=servers,
        )
        yield Bench(supervisor, Market(folder, ports[WEB_PORT], ports[parts.SIMULATORS], env))
    finally:
        supervisor.stop_all()
        shutil.rmtree(path, ignore_errors=True)


def start_worker(bench: Bench) -> None:
    """Worker and beat. Of the pictures only what people wait for is made meanwhile: the rest is
    work for quiet hours, and here there are none."""
    worker = bench.market.worker()
    argv = ["default" if part == "default,low" else part for part in worker.argv]
    bench.supervisor.start(replace(worker, argv=argv))
    bench.supervisor.start(bench.market.beat())
