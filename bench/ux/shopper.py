"""A guest whose pages are measured: fills a cart, places a purchase, follows one with its code."""

import re
import time
from dataclasses import dataclass
from typing import Any

from bench.checkout import NUMBER, Guest, Refused, Tally, found
from bench.client import Line
from bench.market import Bench, start_worker

CODE = re.compile(rb"\b([0-9]{6})\b")
TAG = re.compile(rb"<[^>]*>")
PATIENCE, STEP = 60.0, 0.5
BUYER, FOLLOWER, FILLER = 7_100_001, 7_100_002, 7_100_003


@dataclass(frozen=True)
class Page:
    """`before`: the page from which one comes, for the figure as second page."""

    name: str
    path: str
    before: str
    cookies: dict[str, str]


def pages(bench: Bench, told: dict[str, Any]) -> list[Page]:
    """All that is measured, ready to be opened. Raises Refused."""
    category, product = told["category"][0], told["product"][0]
    goods = [tuple(one) for one in told["bought"][:2]]
    followed = placed_and_followed(bench, goods)
    filler = guest(bench, FILLER)
    for pk, _ in goods:
        filler.step("add 1", "POST", "/gio/them", 303, {"variant": str(pk), "quantity": "1"})
    return [
        Page("home", "/", category, {}),
        Page("category", category, "/", {}),
        Page("search", told["search"][0], "/", {}),
        Page("product", product, category, {}),
        Page("vendor", vendor_of(bench, product), product, {}),
        Page("cart", "/gio", product, filler.cookies),
        Page("checkout", "/dat-hang", "/gio", filler.cookies),
        Page("tracking", followed[0], "/don-hang/", followed[1]),
    ]


def placed_and_followed(bench: Bench, goods: list[tuple[int, str]]) -> tuple[str, dict[str, str]]:
    """The address of a purchase of two vendors, and what opens it on a second device. The worker,
    which sends the code, runs only meanwhile: the measured pages have the cores for themselves."""
    start_worker(bench)
    buyer = guest(bench, BUYER)
    buyer.buy(goods)
    done = buyer.step("confirmation", "GET", "/dat-hang/xong", 200)
    number = found(NUMBER, done, 0)
    follower = guest(bench, FOLLOWER)
    asked = {"number": number, "phone": f"09{BUYER:08d}"}
    follower.step("form", "POST", "/don-hang/", 303, asked)
    follower.step("form", "POST", "/don-hang/ma", 303, {"code": code(bench, asked["phone"])})
    follower.step("form", "GET", f"/don-hang/{number}", 200)
    began = time.monotonic()
    while bench.backlog() and time.monotonic() - began < PATIENCE:
        bench.supervisor.pause(STEP)
    for part in ("beat", "worker"):
        bench.supervisor.stop_one(part)
    return f"/don-hang/{number}", follower.cookies


def code(bench: Bench, phone: str) -> str:
    """The six digits that came to the phone."""
    reader, began = guest(bench, FOLLOWER), time.monotonic()
    while time.monotonic() - began < PATIENCE:
        answer = reader.step("form", "GET", f"/dev/mailbox/?to={phone}", 200)
        for row in answer.body.split(b'class="mail')[1:]:
            digits = CODE.search(TAG.sub(b" ", row.partition(b"</a>")[0]))
            if digits is not None:
                return digits[1].decode()
        bench.supervisor.pause(STEP)
    raise Refused("no code came to the mailbox")


def vendor_of(bench: Bench, product: str) -> str:
    """The page of who sells it, as the product page links it."""
    answer = guest(bench, FOLLOWER).step("product", "GET", product, 200)
    return found(re.compile(rb'href="(/gian-hang/[^"/?#]+-[0-9]+)"'), answer)


def guest(bench: Bench, n: int) -> Guest:
    return Guest(Line(bench.port), n, Tally())
