"""Runs the load generator: wrk, or our own where there is none."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Load

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("wrk.lua")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_SPENT = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)$", re.MULTILINE)
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_SOCKET = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")


def bring_wrk() -> str:
    """The path of wrk, from Debian where we may install; "" where there is none."""
    if not shutil.which("wrk") and shutil.which("apt-get") and os.geteuid() == 0:
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "wrk"]
        subprocess.run(command, env=env, capture_output=True, check=False)
    return shutil.which("wrk") or ""


def press_once(
    port: int,
    requests: Sequence[str],
    *,
    seconds: float,
    connections: int = CONNECTIONS,
    encodings: str = "identity",
) -> Load:
    """Sends `requests` ("METHOD path body") in turn for so long."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join(requests))
        file.flush()
        once = _wrk if shutil.which("wrk") else _own
        return once(port, (file.name, encodings), seconds, connections)


def _wrk(port: int, sent: tuple[str, str], seconds: float, connections: int) -> Load:
    threads = min(2, connections)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{round(seconds)}s", "--latency"]
    command += ["--timeout", "20s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}", "--", *sent]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = {mark: float(number) * _UNITS[unit] for mark, number, unit in _SPENT.findall(told)}
    rate, refused, broken = _RATE.search(told), _REFUSED.search(told), _SOCKET.search(told)
    if rate is None:
        raise RuntimeError(f"wrk said: {told[:500]}")
    errors = int(refused[1]) if refused else 0
    errors += sum(int(number) for number in broken.groups()) if broken else 0
    return Load(float(rate[1]), spent.get("50", 0.0), spent.get("99", 0.0), errors)


def _own(port: int, sent: tuple[str, str], seconds: float, connections: int) -> Load:
    command = [sys.executable, "-m", "bench.generator", str(port), sent[0], str(seconds)]
    command += [str(connections), sent[1]]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Load(**json.loads(told))
