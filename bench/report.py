"""The table: printed, and written as results.md and results.json."""

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Results
from bench.goals import GOALS, MEMORY_MB, PEERS, Row, judge

REFERENCE = 7449  # req/s of the calibration where the peers were measured
HEAD = (
    "| products | what | req/s | p50 ms | p99 ms | errors | CPU ms | of calibration | goal | met |",
    "|---:|---|---:|---:|---:|---:|---:|---:|---|---|",
)
EXPLAINED = (
    "Warm: the page cache is off; what pages keep per catalogue or product version is on. Cold: "
    "nothing is kept from one request to the next (`bench/cold.py`). Both uncompressed, as the "
    "peers were measured; from the page cache as browsers ask (br). New search: one visitor, and "
    "each search is one that nobody made before, so its totals and facets are counted anew.",
    "",
    "Guest checkout: 8 clients, purchases of two orders per second; p50 and p99 of a whole "
    "purchase of 8 requests.",
    "",
    "CPU ms: what a request (or purchase) cost all parts together, worker included. Two cores have "
    "2,000 ms per second to give, the load generator's share included.",
)


def write(results: Results, folder: Path) -> None:
    """Both files, and the table to the terminal."""
    text = "\n".join(lines(results)) + "\n"
    (folder / "results.md").write_text(text, encoding="utf-8")
    plain = asdict(results) | {"calibration": results.calibration, "machine": machine()}
    (folder / "results.json").write_text(
        json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    sys.stdout.write("\n" + text)


def lines(results: Results) -> list[str]:
    rates = ", ".join(f"{one.load.rate:.0f}" for one in results.calibrations)
    cost = ", ".join(f"{one.cpu_ms:.3f}" for one in results.calibrations)
    about = machine()
    notes = "; ".join(f"{name}: {said}" for name, said in results.notes.items())
    found = [
        "# Measured by `make bench`",
        "",
        f"{about['when']}; {about['cores']} cores ({about['cpu']}), load generator and database "
        f"included; Python {about['python']}. {notes}.",
        "Calibration (20 KB string, bare Django, gunicorn gthread 2 × 8): "
        f"**{results.calibration:.0f} req/s** (medians of three runs each: {rates}; "
        f"{cost} ms of CPU per request; {REFERENCE} "
        "req/s where the peers were measured). 16 connections, 4,000 addresses, worker consuming; "
        "latencies at saturation.",
        "",
        *HEAD,
        *(line(row) for row in judge(results)),
        "",
        *EXPLAINED,
        "",
    ]
    return found + query_lines(results) + step_lines(results) + memory_lines(results)


def line(row: Row) -> str:
    one, load = row.measured, row.measured.load
    met = {True: "yes", False: "**no**", None: ""}[row.met]
    ratio = f"{row.ratio:.4f}" if row.ratio is not None else ""
    return (
        f"| {one.products:,} | {one.what} | {load.rate:.1f} | {load.p50:.1f} | {load.p99:.1f} "
        f"| {load.errors} | {one.cpu_ms:.2f} | {ratio} | {row.goal} | {met} |"
    )


def query_lines(results: Results) -> list[str]:
    found = [
        "| products | page | SQL, first view | SQL, warm | goal | bytes | gzip | br |",
        "|---:|---|---:|---:|---|---:|---:|---:|",
    ]
    for products, measured in results.queries.items():
        for page, told in measured.items():
            goal = next((g.sql for name, g in GOALS.items() if name.startswith(page)), None)
            limit = f"≤ {goal}{'' if told['cold'] <= goal else ' **no**'}" if goal else ""
            found.append(
                f"| {products:,} | {page} | {told['cold']} | {told['warm']} | {limit} | "
                f"{told['identity']:,} | {told['gzip']:,} | {told['br']:,} |"
            )
    return [*found, "", "Bytes: as they come over the wire, head included, page cache on.", ""]


def step_lines(results: Results) -> list[str]:
    found = ["Checkout, p50 of each step in ms at 8 clients:", ""]
    for products, told in results.checkouts.items():
        steps = ", ".join(f"{step} {spent}" for step, spent in told["steps"].items())
        said = f"; errors: {', '.join(told['said'])}" if told["said"] else ""
        found.append(f"- {products:,} products: {steps}{said}")
    return [*found, ""]


def memory_lines(results: Results) -> list[str]:
    found = [f"Memory after the load, sum of PSS in MB (goal when idle: ≤ {MEMORY_MB:.0f}):", ""]
    for products, parts in results.memory.items():
        told = ", ".join(f"{part} {size:.0f}" for part, size in parts.items())
        found.append(f"- {products:,} products: {sum(parts.values()):.0f} ({told})")
    found += ["", "What users could pick instead, as shares of the same calibration:", ""]
    return [*found, *(f"- {what}: {said}" for what, said in PEERS.items())]


def machine() -> dict[str, Any]:
    cpu = "?"
    for told in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if told.startswith("model name"):
            cpu = told.partition(":")[2].strip()
            break
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": len(os.sched_getaffinity(0)),
        "cpu": cpu,
        "python": platform.python_version(),
    }
