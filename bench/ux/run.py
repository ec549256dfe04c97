"""The measurement from beginning to end; `make ux` calls it (`ARGS=--quick` for one run each)."""

import argparse
import os
import time
from dataclasses import asdict
from pathlib import Path

import brotli

from bench.market import running_bench
from bench.ux import report
from bench.ux.budgets import BUDGETS, FIRST_FLIGHT
from bench.ux.shopper import pages
from bench.ux.tools import bring_tools, measure
from marketplace.embedded.folders import CLONE
from marketplace.embedded.says import use_utf8
from scripts.browser import bring_browser

RUNS = 5
LISTS = ("home", "category", "search")
NOT_BUYERS = ("sellers.js",)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ux", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Lighthouse once instead of 5 times")
    parser.add_argument("--only", default=",".join(BUDGETS), help="pages, with commas between")
    parser.add_argument("--out", type=Path, default=CLONE / "bench", help="where ux.md, ux.json go")
    chosen = parser.parse_args(arguments)
    use_utf8()
    began, busy = time.monotonic(), os.getloadavg()
    browser, node = bring_browser(), bring_tools()
    with running_bench() as bench:
        bench.manage("prepare")
        bench.web(PAGE_CACHE="1")
        wanted = chosen.only.split(",")
        shown = [page for page in pages(bench, bench.ask("bench.paths")) if page.name in wanted]
        told = measure(
            node,
            {
                "base": f"http://localhost:{bench.port}",
                "browser": str(browser),
                "root": os.geteuid() == 0,
                "runs": 1 if chosen.quick else RUNS,
                "flight": FIRST_FLIGHT,
                "lists": LISTS,
                "pages": [asdict(page) for page in shown],
            },
        )
    told["runs"] = 1 if chosen.quick else RUNS
    told["all_scripts_kb"] = all_scripts_kb()
    told["load"] = [round(load, 1) for load in (*busy[:2], *os.getloadavg()[:2])]
    told["took"] = round(time.monotonic() - began)
    return report.write(told, chosen.out)


def all_scripts_kb() -> float:
    """Everything in JavaScript that a buyer's page can load, now or later."""
    files = [one for one in (CLONE / "static" / "js").glob("*.js") if one.name not in NOT_BUYERS]
    return sum(len(brotli.compress(one.read_bytes())) for one in files) / 1000
