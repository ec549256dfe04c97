"""The measurement from beginning to end; `make bench` calls it (`ARGS=--quick` for 390 goods)."""

import argparse
import json
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from bench import report
from bench.client import Line
from bench.figures import Load, Measured, Results
from bench.goals import CHECKOUT, LARGE, NARROWED, NOBODY, SMALL, TYPED, WORD
from bench.load import bring_wrk, press_once
from bench.market import Bench, running_bench, start_worker
from marketplace.embedded.says import say, use_utf8

LARGE_VENDORS, LARGE_ORDERS = 2_000, 100_000
CLIENTS, WARM_UP, PATIENCE = 8, 3.0, 60.0
ENCODINGS = ("identity", "gzip", "br")
HERE = Path(__file__).parent


class Measuring:
    """One size of the market: runs the loads and writes down what they gave."""

    def __init__(self, bench: Bench, results: Results, products: int) -> None:
        self.bench, self.results, self.products = bench, results, products
        self.told: dict[str, Any] = bench.ask("bench.paths")

    def all(self) -> None:
        """Every row of this size, between two calibrations."""
        self.finish_pictures()
        self.calibrate()
        start_worker(self.bench)
        self.results.queries[self.products] = self.queries()
        self.warm()
        self.cold()
        self.buying()
        self.results.memory[self.products] = self.bench.memory_mb()
        self.drain()
        self.calibrate()

    def calibrate(self) -> None:
        say("Chuẩn máy", "calibrating")
        self.bench.bare()
        seconds = self.results.seconds / 2
        runs = [self.pressed("calibration", ["GET /"], seconds) for _ in range(3)]
        self.results.calibrations.append(sorted(runs, key=lambda run: run.load.rate)[1])

    def finish_pictures(self) -> None:
        """One process per core does what the worker would do over an hour."""
        say("Hoàn tất ảnh", "finishing the pictures")
        cores, began = len(os.sched_getaffinity(0)), time.monotonic()
        with ThreadPoolExecutor(cores) as pool:
            done = sum(pool.map(self.bench.ask, ["bench.pictures"] * cores))
        took = f"{done} in {time.monotonic() - began:.0f} s"
        self.results.notes[f"pictures finished at {self.products:,}"] = took

    def pages(self) -> dict[str, str]:
        return {
            "home": "/",
            "category with facets": self.told["category"][0],
            "product": self.told["product"][0],
            "search": self.told["search"][0],
        }

    def queries(self) -> dict[str, Any]:
        pages = self.pages()
        found = self.bench.ask("bench.queries", *pages.values())
        return {name: found[path] for name, path in pages.items()}

    def weigh(self) -> None:
        """What goes over the wire for a page, its head included, by what the visitor reads."""
        line = Line(self.bench.port)
        for name, path in self.pages().items():
            for encoding in ENCODINGS:
                reply = line.ask("GET", path, headers={"Accept-Encoding": encoding})
                told = f"content-encoding: {encoding}" in reply.head.lower()
                if reply.status != 200 or told != (encoding != "identity"):
                    raise RuntimeError(f"{path} as {encoding}: {reply.head}")
                weight = len(reply.head.encode("latin-1")) + len(reply.body)
                self.results.queries[self.products][name][encoding] = weight
        line.close()

    def warm(self) -> None:
        """The page cache is off, what the pages keep per version is on."""
        self.bench.web(PAGE_CACHE="0")
        self.press("home", gets(self.told["home"]))
        self.press("category with facets, warm", gets(self.told["category"]))
        self.press("product, warm", gets(self.told["product"]))
        self.press("search", gets(self.told["search"]))
        adds = [f"POST /gio/them variant={pk}&quantity=1" for pk, _ in self.told["bought"]]
        self.press("add to cart", adds)
        self.results.notes[f"common word at {self.products:,}"] = self.told["word_is"]
        asked = ((WORD, "word"), (NOBODY, "nobody"), (TYPED, "typed"), (NARROWED, "narrowed"))
        for what, kind in asked:
            self.press(what, gets(self.told[kind]), connections=1)

    def buying(self) -> None:
        """As in production: the page cache answers what is public."""
        self.bench.web(PAGE_CACHE="1")
        self.weigh()
        told = self.told
        mixed = [*told["home"], *told["category"][:20], *told["product"][:40], *told["search"][:10]]
        self.press("from the page cache", gets(mixed), encodings="br, gzip")
        say("Mua hàng", "guests are buying")
        self.shop(WARM_UP)
        seconds, before = self.results.seconds * 2, self.bench.cpu_seconds()
        done = self.shop(seconds)
        spent = self.bench.cpu_seconds() - before
        self.results.checkouts[self.products] = done
        load = Load(done["rate"], done["p50"], done["p99"], done["errors"])
        cpu_ms = spent / max(1.0, load.rate * seconds) * 1000
        self.results.measured.append(Measured(self.products, CHECKOUT, load, cpu_ms))

    def shop(self, seconds: float) -> dict[str, Any]:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
            json.dump(self.told["bought"], file)
            file.flush()
            port, clients = str(self.bench.port), str(CLIENTS)
            done: dict[str, Any] = self.bench.ask(
                "bench.checkout", port, str(seconds), clients, file.name
            )
        return done

    def cold(self) -> None:
        """Nothing is remembered from one request to the next."""
        self.bench.web("bench.cold", PAGE_CACHE="0")
        self.press("category with facets, cold", gets(self.told["category"]))
        self.press("product, cold", gets(self.told["product"]))

    def drain(self) -> None:
        """How long the worker, which goes after the pages, still has to do with what was bought."""
        began = time.monotonic()
        while self.bench.backlog() and time.monotonic() - began < PATIENCE:
            self.bench.supervisor.pause(0.5)
        took = f"{time.monotonic() - began:.0f} s, {self.bench.backlog()} left"
        self.results.notes[f"backlog after the purchases at {self.products:,}"] = took
        violations = self.bench.ask("bench.books")
        self.results.notes[f"violations in the books at {self.products:,}"] = str(violations)

    def press(self, what: str, requests: list[str], **how: Any) -> None:
        say(what, f"{what}, {self.products:,} products")
        self.results.measured.append(self.pressed(what, requests, self.results.seconds, **how))

    def pressed(self, what: str, requests: list[str], seconds: float, **how: Any) -> Measured:
        press = partial(press_once, self.bench.port, requests, **how)
        press(seconds=min(WARM_UP, seconds))
        before = self.bench.cpu_seconds()
        load = press(seconds=seconds)
        spent = self.bench.cpu_seconds() - before
        return Measured(self.products, what, load, spent / max(1.0, load.rate * seconds) * 1000)


def gets(paths: list[str]) -> list[str]:
    return [f"GET {path}" for path in paths]


def seed_large(bench: Bench, results: Results) -> None:
    bench.manage("migrate", "--verbosity", "0")
    began = time.monotonic()
    sizes = ("--vendors", LARGE_VENDORS, "--products", LARGE, "--orders", LARGE_ORDERS)
    bench.manage("seed_market", *(str(size) for size in sizes))
    results.notes[f"seeding {LARGE:,} products"] = f"{time.monotonic() - began:.0f} s"
    bench.manage("prepare")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="390 products, shorter runs")
    parser.add_argument("--out", type=Path, default=HERE, help="folder of results.md and .json")
    chosen = parser.parse_args(arguments)
    use_utf8()
    began = time.monotonic()
    results = Results(seconds=4.0 if chosen.quick else 8.0)
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    results.notes["load average before the start"] = busy
    results.notes["load generator"] = bring_wrk() or "bench/generator.py (no wrk here)"
    with running_bench() as bench:
        bench.manage("prepare")
        Measuring(bench, results, SMALL).all()
    if not chosen.quick:
        with running_bench() as bench:
            seed_large(bench, results)
            Measuring(bench, results, LARGE).all()
    results.notes["took"] = f"{time.monotonic() - began:.0f} s"
    report.write(results, chosen.out)
    return 0
