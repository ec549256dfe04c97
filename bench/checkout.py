"""Guests that buy: `python -m bench.checkout PORT SECONDS CLIENTS FILE` prints JSON.

Each purchase: product page, two adds from two vendors, cart, form, fee for the ward, place,
confirmation. FILE holds [[variant, product page], …], each of another vendor.
"""

import itertools
import json
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.client import Line, Reply
from bench.figures import percentile

WARD, PROVINCE = "26743", "79"  # Bến Thành, Thành phố Hồ Chí Minh
KEY = re.compile(rb'name="key" value="([^"]+)"')
SHOWN_WARD = re.compile(rb'name="shown_ward" value="([^"]*)"')
SHOWN_TOTAL = re.compile(rb'name="shown_total" value="([^"]+)"')
SHOWN_GOODS = re.compile(rb'name="shown_goods" value="([^"]+)"')
NUMBER = re.compile(rb"\bBP[0-9A-Z]{9}\b")
STEPS = ("product", "add 1", "add 2", "cart", "form", "fee", "place", "confirmation")


class Refused(Exception):
    """A step answered something else than it must."""


@dataclass
class Tally:
    """What all clients did. Appending is safe between threads."""

    took: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in STEPS})
    errors: list[str] = field(default_factory=list)


class Guest:
    """One visitor with an empty cookie jar and an address of its own."""

    def __init__(self, line: Line, n: int, tally: Tally) -> None:
        self.line, self.n, self.tally = line, n, tally
        self.cookies: dict[str, str] = {}
        self.placed = ""  # the form's key, once the market said that it took the order

    def buy(self, goods: list[tuple[int, str]]) -> None:
        """Two goods of two vendors, to the end. Raises Refused."""
        (one, page), (two, _) = goods
        self.step("product", "GET", page, 200)
        self.step("add 1", "POST", "/gio/them", 303, {"variant": str(one), "quantity": "1"})
        self.step("add 2", "POST", "/gio/them", 303, {"variant": str(two), "quantity": "2"})
        self.step("cart", "GET", "/gio", 200)
        form = self.step("form", "GET", "/dat-hang", 200)
        bill = self.step("fee", "GET", f"/fragment/dat-hang?{urlencode({'xa': WARD})}", 200)
        fields = {
            "key": found(KEY, form),
            "shown_ward": found(SHOWN_WARD, bill),
            "shown_total": found(SHOWN_TOTAL, bill),
            "shown_goods": found(SHOWN_GOODS, bill),
            "province": PROVINCE,
            "ward": WARD,
            "name": f"Khách {self.n}",
            "phone": f"09{self.n % 10**8:08d}",
            "street": "12 Lê Lợi",
            "do": "place",
        }
        self.step("place", "POST", "/dat-hang", 303, fields)
        self.placed = fields["key"]
        found(NUMBER, self.step("confirmation", "GET", "/dat-hang/xong", 200), 0)

    def step(
        self, name: str, method: str, path: str, status: int, fields: dict[str, str] | None = None
    ) -> Reply:
        headers = {
            "X-Forwarded-For": f"10.{self.n >> 16 & 255}.{self.n >> 8 & 255}.{self.n & 255}",
            "Accept-Encoding": "identity",
            "Sec-Fetch-Site": "same-origin",
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        began = time.monotonic()
        reply = self.line.ask(method, path, headers=headers, fields=fields)
        self.tally.steps[name].append(time.monotonic() - began)
        if reply.status != status:
            raise Refused(f"{name}: {reply.status}")
        self.cookies.update(reply.cookies())
        return reply


def found(pattern: re.Pattern[bytes], reply: Reply, group: int = 1) -> str:
    match = pattern.search(reply.body)
    if match is None:
        raise Refused(f"no {pattern.pattern.decode()} in the page")
    return match[group].decode()


def shop(
    port: int, goods: list[tuple[int, str]], turn: "itertools.count[int]", ends: float, tally: Tally
) -> None:
    line = Line(port)
    while time.monotonic() < ends:
        n = next(turn)
        pair = [goods[n % len(goods)], goods[(n * 7 + 1 + n // len(goods)) % len(goods)]]
        if pair[0] == pair[1]:
            continue
        began = time.monotonic()
        try:
            Guest(line, n, tally).buy(pair)
            tally.took.append(time.monotonic() - began)
        except Refused as error:
            tally.errors.append(str(error))
    line.close()


def main(arguments: list[str]) -> int:
    port, seconds, clients = int(arguments[0]), float(arguments[1]), int(arguments[2])
    goods = [(pk, page) for pk, page in json.loads(Path(arguments[3]).read_text(encoding="utf-8"))]
    tally, turn = Tally(), itertools.count(os.getpid() * 10_000)
    began = time.monotonic()
    threads = [
        threading.Thread(target=shop, args=(port, goods, turn, began + seconds, tally))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {
        "rate": len(tally.took) / (time.monotonic() - began),
        "p50": percentile(tally.took, 50) * 1000,
        "p99": percentile(tally.took, 99) * 1000,
        "errors": len(tally.errors),
        "said": sorted(set(tally.errors))[:5],
        "steps": {
            step: round(percentile(took, 50) * 1000, 1) for step, took in tally.steps.items()
        },
    }
    sys.stdout.write(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
