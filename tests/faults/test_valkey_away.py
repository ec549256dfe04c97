"""Valkey is stopped, and another time hangs: people go on buying, and nobody need lend a hand."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from redis import Redis

from catalog.models import Stock, Variant
from marketplace.books import run_checks
from notifications.models import Message
from orders.models import Purchase
from simulators.testing import running_simulator
from tests.faults.conftest import MakeGoods, Tell
from tests.faults.market import Worker, everything_is_delivered, fault_env, working
from tests.faults.servers import Server, until
from tests.faults.subscribers import PAUSE_KEY
from tests.making import make_user
from tests.races.buyer import Answer, Buyer
from tests.races.conftest import page_of
from tests.races.serving import WORKERS, serving
from tests.races.together import many_at_once

pytestmark = pytest.mark.race
CROWD, VISITS, LIMIT, ADDED = 6, 12, 10, 2.0
OWN = {"CARRIER_TOKEN": "carrier-demo-token", PAUSE_KEY: "0"}


@dataclass
class Street:
    """Visitors who come, look, and buy; `slowest` is the longest that one of them waited."""

    base: str
    variant: Variant
    came: int = 0
    slowest: float = 0.0
    seen: list[float] = field(default_factory=list)

    def serve(self) -> float:
        """Another VISITS of them; returns the slowest answer among theirs."""
        self.seen = []
        buyers = [Buyer(self.base, self.came + n) for n in range(1, VISITS + 1)]
        self.came += VISITS
        many_at_once([partial(self._visit, buyer) for buyer in buyers], crowd=CROWD)
        return max(self.seen)

    def _visit(self, buyer: Buyer) -> None:
        page = page_of(self.variant)
        for path in ("/en/", "/en/tim?q=cashew", page):
            assert self._timed(partial(buyer.get, path)).status == 200
        assert self._timed(partial(buyer.add, page)).status == 303
        assert self._timed(partial(buyer.get, "/en/gio")).status == 200
        buyer.fill()
        assert self._timed(buyer.place).status == 303
        assert self._timed(partial(buyer.get, "/en/dat-hang/xong")).status == 200

    def _timed(self, step: Callable[[], Answer]) -> Answer:
        begun = time.monotonic()
        answer = step()
        self.seen.append(time.monotonic() - begun)
        return answer


def test_without_valkey_people_go_on_buying(
    queue: Server, make_goods: MakeGoods, tmp_path: Path, tell: Tell
) -> None:
    variant = make_goods(1000)
    guessed = make_user()
    with (
        running_simulator(tmp_path / "carrier") as carrier,
        serving("marketplace.wsgi", env=fault_env(queue.url)) as base,
        working(tmp_path, queue=queue.url, CARRIER_BASE_URL=carrier, **OWN) as worker,
    ):
        street = Street(base, variant)
        street.serve()  # the first ones see everything made
        usual = street.serve()
        until(everything_is_delivered)
        queue.kill()
        gone = street.serve()
        assert ready(base) == ("degraded", "Valkey does not answer")
        tries = tries_until_refused(base, str(guessed.phone))
        queue.start()
        back = until(lambda: kept(worker) and everything_is_delivered())
        queue.freeze()
        hangs = street.serve()
        queue.thaw()
        again = until(lambda: kept(worker) and everything_is_delivered())
        set_room(queue, 1)
        full = street.serve()
        set_room(queue, 0)
        until(lambda: kept(worker) and everything_is_delivered())
        until(lambda: ready(base) == ("ok", "ok"))
    assert max(gone, hangs, full) - usual <= ADDED
    assert LIMIT < tries <= LIMIT * WORKERS + 1
    assert Purchase.objects.count() == 5 * VISITS == 1000 - Stock.objects.get().on_hand
    assert Message.objects.filter(template="order_placed").count() == 5 * VISITS
    assert run_checks() == []
    tell(
        "R16",
        f"Valkey stopped, hanging, full; {VISITS} whole purchases each by {CROWD} people at once",
        f"slowest answer {usual:.2f} s as usual, {gone:.2f} s stopped, {hangs:.2f} s hanging, "
        f"{full:.2f} s full; guesses at a password refused after {tries - 1}; all "
        f"delivered {back:.1f} and {again:.1f} s after its return",
    )


def set_room(queue: Server, bytes_: int) -> None:
    """With one byte it refuses every write; 0 is without end."""
    with Redis.from_url(queue.url) as line:
        line.config_set("maxmemory", bytes_)


def kept(worker: Worker) -> bool:
    """Celery may end when its broker goes or takes no more (an unacknowledged task at the
    wrong moment ends it in kombu's clean-up): its keeper starts it again, as in the demo."""
    worker.keep()
    return True


def ready(base: str) -> tuple[str, str]:
    told = json.loads(Buyer(base, 1).get("/readyz").text)
    return told["status"], told["checks"]["valkey"]


def tries_until_refused(base: str, phone: str) -> int:
    """Guesses passwords until the door stays shut: each process counts for itself."""
    thief = Buyer(base, 99)
    for n in range(1, LIMIT * WORKERS + 2):
        path = "/en/tai-khoan/dang-nhap/"
        if thief.post(path, login=phone, password="doan-mo").status == 429:
            return n
    raise AssertionError("nobody counts")
