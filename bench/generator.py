"""Stands in for wrk where that isn't: `python -m bench.generator PORT FILE SECONDS CONNECTIONS
ENCODINGS`.

It costs the server more of the shared cores than wrk does, so its rates read low; the table says
which of the two was used. Prints JSON.
"""

import itertools
import json
import sys
import threading
import time
from pathlib import Path

from bench.client import Line
from bench.figures import percentile


def main(arguments: list[str]) -> int:
    port, seconds, connections = int(arguments[0]), float(arguments[2]), int(arguments[3])
    encodings = arguments[4]
    lines = Path(arguments[1]).read_text(encoding="utf-8").splitlines()
    turn, took, errors = itertools.count(), list[float](), list[int]()
    ends = time.monotonic() + seconds
    workers = [
        threading.Thread(
            target=work, args=(Line(port), lines, turn, ends, (took, errors), encodings)
        )
        for _ in range(connections)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    told = {
        "rate": len(took) / seconds,
        "p50": percentile(took, 50) * 1000,
        "p99": percentile(took, 99) * 1000,
        "errors": len(errors),
    }
    sys.stdout.write(json.dumps(told))
    return 0


def work(
    line: Line,
    lines: list[str],
    turn: "itertools.count[int]",
    ends: float,
    tally: tuple[list[float], list[int]],
    encodings: str,
) -> None:
    took, errors = tally
    while time.monotonic() < ends:
        k = next(turn)
        method, path, *rest = lines[k % len(lines)].split(" ", 2)
        headers = {
            "X-Forwarded-For": f"10.20.{k % 251}.{k % 199 + 1}",
            "Accept-Encoding": encodings,
            "Sec-Fetch-Site": "same-origin",
        }
        fields = dict(pair.split("=", 1) for pair in rest[0].split("&")) if rest else None
        began = time.monotonic()
        reply = line.ask(method, path, headers=headers, fields=fields)
        took.append(time.monotonic() - began)
        if reply.status >= 400:
            errors.append(reply.status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
