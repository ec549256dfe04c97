"""FLUSHALL on Valkey while people order."""

import threading
from functools import partial
from pathlib import Path

import pytest

from catalog.models import Stock
from core.models import OutboxEntry
from marketplace.books import run_checks
from notifications.models import Message
from orders.models import Order, Purchase
from simulators.testing import running_simulator
from tests.faults.conftest import MakeGoods, Tell
from tests.faults.market import everything_is_delivered, fault_env, working
from tests.faults.servers import Server, flush, until
from tests.faults.subscribers import PAUSE_KEY
from tests.races.buyer import Buyer
from tests.races.conftest import page_of
from tests.races.serving import serving
from tests.races.together import many_at_once

pytestmark = pytest.mark.race
BUYERS, WAITING, CROWD, EVERY = 40, 5, 8, 0.1
OWN = {"CARRIER_TOKEN": "carrier-demo-token", PAUSE_KEY: "0"}


class Flusher(threading.Thread):
    """Empties Valkey again and again until it is told to stop."""

    def __init__(self, queue: Server) -> None:
        super().__init__()
        self.queue, self.times, self.over = queue, 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(EVERY):
            flush(self.queue)
            self.times += 1


def test_an_emptied_queue_loses_no_order_and_no_message(
    queue: Server, make_goods: MakeGoods, tmp_path: Path, tell: Tell
) -> None:
    variant = make_goods(1000)
    page = page_of(variant)
    with (
        running_simulator(tmp_path / "carrier") as carrier,
        serving("marketplace.wsgi", env=fault_env(queue.url)) as base,
        working(tmp_path, queue=queue.url, CARRIER_BASE_URL=carrier, **OWN),
    ):
        buyers = [Buyer(base, n) for n in range(1, BUYERS + WAITING + 1)]
        many_at_once([partial(fill_cart, buyer, page) for buyer in buyers], crowd=CROWD)
        flusher = Flusher(queue)
        flusher.start()
        answers = many_at_once([buyer.place for buyer in buyers[:BUYERS]], crowd=CROWD)
        flusher.over.set()
        flusher.join()
        assert {answer.status for answer in answers} == {303}
        assert all(
            variant.product.name_en in buyer.get("/en/gio").text for buyer in buyers[BUYERS:]
        )
        spent = until(everything_is_delivered, seconds=120)
        numbers = {buyer.purchase_number() for buyer in buyers[:BUYERS]}
    assert len(numbers) == Purchase.objects.count() == Order.objects.count() == BUYERS
    assert OutboxEntry.objects.filter(topic="order.placed").count() == BUYERS
    assert Message.objects.filter(template="order_placed").count() == BUYERS
    assert Stock.objects.get(variant=variant).on_hand == 1000 - BUYERS
    assert run_checks() == []
    tell(
        "R15",
        f"FLUSHALL {flusher.times} times while {BUYERS} buyers order",
        f"{BUYERS} orders, none lost; all delivered {spent:.1f} s after the last; "
        f"{WAITING} of {WAITING} waiting carts still there",
    )


def fill_cart(buyer: Buyer, page: str) -> None:
    assert buyer.add(page).status == 303
    buyer.fill()
