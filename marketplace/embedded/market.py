"""What the demo consists of besides the two servers: its environment and its processes."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from marketplace.embedded.folders import CLONE, Folder
from marketplace.embedded.processes import Spec
from marketplace.embedded.says import STARTED_KEY

NOT_OURS = ("PYTHON", "DJANGO_", "VIRTUAL_ENV", "MAKE", "MFLAGS", "GUNICORN_", "CELERY", "PG")
PREPARE, SIMULATORS, WEB, WORKER, BEAT = "prepare", "simulators", "web", "worker", "beat"
NAMES = (PREPARE, SIMULATORS, WEB, WORKER, BEAT)
PATIENT = ("nice", "-n", "10")  # nobody waits for the worker: on few cores, pages come first
# Warm, then soft (gives unfinished tasks back to the queue), then at once.
WORKER_STOP = ((signal.SIGTERM, 7.0), (signal.SIGQUIT, 1.0), (signal.SIGQUIT, 3.0))


@dataclass(frozen=True)
class Market:
    folder: Folder
    port: int
    simulators_port: int
    env: dict[str, str]

    def prepare(self) -> Spec:
        return replace(self.python(PREPARE, ["manage.py", "prepare"]), speaks=True)

    def simulators(self) -> Spec:
        data = str(self.folder.path / "simulators")
        port = str(self.simulators_port)
        return self.python(SIMULATORS, ["-m", "simulators", "--port", port, "--data", data])

    def web(self) -> Spec:
        argv = ["-m", "gunicorn", "-c", "marketplace/gunicorn_conf.py", "marketplace.wsgi"]
        return self.python(WEB, argv, ((signal.SIGTERM, 8.0),))

    def worker(self) -> Spec:
        argv = ["-m", "celery", "-A", "marketplace.celery", "worker", "-Q", "default,low"]
        argv += ["-c", self.env["WORKER_PROCESSES"], "-n", "demo@localhost", "-l", "INFO"]
        argv += ["--without-gossip", "--without-mingle"]
        spec = self.python(WORKER, argv, WORKER_STOP)
        return replace(spec, argv=[*PATIENT, *spec.argv])

    def beat(self) -> Spec:
        argv = ["-m", "celery", "-A", "marketplace.celery", "beat", "-l", "INFO", "--pidfile="]
        argv += ["-s", str(self.folder.run / "beat-schedule")]
        return self.python(BEAT, argv)

    def python(
        self, name: str, argv: list[str], stop: tuple[tuple[int, float], ...] | None = None
    ) -> Spec:
        command = [sys.executable, *argv]
        return Spec(name, command, CLONE, self.env, stop or ((signal.SIGTERM, 4.0),))


def make_env(
    environ: Mapping[str, str],
    *,
    folder: Folder,
    ports: tuple[int, int],
    known: Mapping[str, str],
    servers: Mapping[str, str],
) -> dict[str, str]:
    """The children's environment: what the person set, without what belongs to another Python or
    to make, and with what this data folder decides."""
    port, simulators_port = ports
    simulators = f"http://127.0.0.1:{simulators_port}"
    callback = f"http://127.0.0.1:{port}/hooks/shopee/"
    defaults = {
        "SECRET_KEY": known["secret_key"],
        "WEB_WORKERS": "2",
        "WEB_THREADS": "8",
        "WORKER_PROCESSES": "2",
        "MALLOC_ARENA_MAX": "2",
    }
    decided = {
        "MODE": "demo",
        "MARKET_DATA": str(folder.path),
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        "PYTHONUNBUFFERED": "1",
        "PROMETHEUS_MULTIPROC_DIR": str(folder.run / "prometheus"),
        "SHOPEE_BASE_URL": simulators,
        "SHOPEE_PARTNER_ID": known["shopee_partner_id"],
        "SHOPEE_PARTNER_KEY": known["shopee_partner_key"],
        "SHOPEE_PUSH_KEY": known["shopee_push_key"],
        "SHOPEE_CALLBACK_URL": callback,
        "SIM_SHOPEE_PARTNER_ID": known["shopee_partner_id"],
        "SIM_SHOPEE_PARTNER_KEY": known["shopee_partner_key"],
        "SIM_SHOPEE_PUSH_KEY": known["shopee_push_key"],
        "SIM_SHOPEE_CALLBACK": callback,
        "CARRIER_BASE_URL": simulators,
        "CARRIER_TOKEN": known["carrier_token"],
        "SIM_CARRIER_TOKEN": known["carrier_token"],
        STARTED_KEY: os.environ[STARTED_KEY],
    }
    kept = {k: v for k, v in environ.items() if not k.startswith(NOT_OURS)}
    return defaults | kept | decided | dict(servers)


def sign_in_line(folder: Folder) -> str:
    """`manage.py prepare` leaves it, so that the launcher needn't load the market to know it."""
    try:
        return sign_in_file(folder.path).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def sign_in_file(data: Path) -> Path:
    return data / "run" / "sign-in.txt"
