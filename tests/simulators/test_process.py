"""`python -m simulators` as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.simulators.calling import KEY, PARTNER_ID, Partner, send

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(directory: Path, port: int) -> subprocess.Popen[bytes]:
    registered = {
        "SIM_SHOPEE_PARTNER_ID": str(PARTNER_ID),
        "SIM_SHOPEE_PARTNER_KEY": KEY,
        "SIM_SHOPEE_RATE_PER_MINUTE": "50",
    }
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "simulators", "--port", str(port), "--data", str(directory)],
        cwd=ROOT,
        env={**os.environ, **registered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_ready(port: int) -> str:
    base, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if send("GET", f"{base}/healthz").status == 200:
                return base
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the simulators did not come up")


def test_it_is_silent_stops_at_once_and_outlives_a_kill(tmp_path: Path) -> None:
    port = free_port()
    process = start(tmp_path, port)
    partner = Partner(wait_ready(port))
    back = partner.consent()
    partner.token = partner.token_for(back["code"], 600001)["access_token"]
    item_id = partner.new_item()
    assert partner.state()["settings"]["rate_per_minute"] == 50
    process.kill()
    process.wait(5)

    process = start(tmp_path, port)
    partner.base = wait_ready(port)
    assert partner.stock(item_id) == 10
    with socket.create_connection(("127.0.0.1", port)):  # an idle client must not hold it up
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
    assert time.monotonic() - started < 1
    assert process.communicate() == (b"", b"")


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        process = start(tmp_path, port)
        _, told = process.communicate(timeout=10)
    assert process.returncode == 1
    assert told.decode() == (f"simulators: port {port} can't be used: Address already in use\n")
