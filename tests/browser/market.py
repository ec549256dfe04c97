"""A running market for browsers: gunicorn, a Celery worker and the simulated parties, over HTTP."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from marketplace.embedded.folders import CLONE
from simulators.testing import running_simulator
from tests.channels.conftest import PARTNER_ID, PARTNER_KEY, Shopee
from tests.races.serving import free_port, server_env, serving

SETTINGS = "tests.browser.settings"
TRIP_SECONDS = 3  # what three days on the road take here
WORKER_STOPS_WITHIN = 20


@dataclass(frozen=True)
class Market:
    """Where it is, what plays Shopee and the carrier, and the environment of its processes."""

    base: str
    shopee: Shopee
    env: dict[str, str]


@contextmanager
def running_market(folder: Path) -> Iterator[Market]:
    """All but the worker, on the test database; ends with the block."""
    with ExitStack() as stack:
        parties = stack.enter_context(running_simulator(folder))
        shopee, port = Shopee(parties), free_port()
        base = f"http://127.0.0.1:{port}"
        callback = f"{base}/hooks/shopee/"
        shopee.control("partners", partner_id=PARTNER_ID, key=PARTNER_KEY, callback=callback)
        shopee.control("carrier/settings", speed=3 * 86_400 / TRIP_SECONDS, fail_one_in=0)
        env = {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PUBLIC_URL": base,
            "SHOPEE_BASE_URL": parties,
            "SHOPEE_PARTNER_ID": str(PARTNER_ID),
            "SHOPEE_PARTNER_KEY": PARTNER_KEY,
            "SHOPEE_CALLBACK_URL": callback,
            "CARRIER_BASE_URL": parties,
            "CARRIER_TOKEN": "carrier-demo-token",
        }
        stack.enter_context(serving("tests.browser.application:application", port=port, env=env))
        yield Market(base, shopee, {**server_env(), **env})


def worker_command(application: str, name: str, folder: Path) -> list[str]:
    """A Celery worker of two processes with its beat, which remembers in `folder`."""
    command = [sys.executable, "-m", "celery", "-q", "-A", application, "worker"]
    command += ["-Q", "default,low", "-c", "2", "-n", f"{name}@localhost"]
    command += ["-s", str(folder / "beat"), "-l", "WARNING", "--without-gossip"]
    return [*command, "--without-mingle", "--beat"]


@contextmanager
def working(
    market: Market, folder: Path, *, application: str = "tests.browser.worker"
) -> Iterator[None]:
    """A Celery worker with its beat, as in the demo; gone at the end of the block."""
    name = f"walk{market.base[-5:]}"
    command = worker_command(application, name, folder)
    with subprocess.Popen(command, cwd=CLONE, env=market.env) as worker:  # noqa: S603
        try:
            yield
        finally:
            worker.terminate()
            try:
                worker.wait(WORKER_STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                worker.kill()
