"""FLUSHALL on Valkey while people order."""

import threading
from pathlib import Path

import pytest

from catalog.models import Stock
from core.models import InboxNotice, OutboxEntry
from marketplace.books import run_checks
from notifications.models import Message
from orders.models import Order, Purchase
from orders.states import OrderState
from simulators.testing import running_simulator
from tests.faults.conftest import MakeGoods, Tell
from tests.faults.market import (
    CROWD,
    everything_is_delivered,
    fault_env,
    ready_buyers,
    sender,
    working,
)
from tests.faults.servers import Server, flush, until
from tests.faults.subscribers import PAUSE_KEY
from tests.races.buyer import Buyer
from tests.races.serving import serving
from tests.races.together import many_at_once

pytestmark = pytest.mark.race
BUYERS, WAITING, TASKS, EVERY = 40, 5, 20, 0.05
OWN = {"CARRIER_TOKEN": "carrier-demo-token", PAUSE_KEY: "0"}


class Flusher(threading.Thread):
    """Empties Valkey again and again until it is told to stop."""

    def __init__(self, queue: Server) -> None:
        super().__init__()
        self.queue, self.times, self.over = queue, 0, threading.Event()

    def run(self) -> None:
        while not self.times or not self.over.wait(EVERY):
            flush(self.queue)
            self.times += 1


def test_an_emptied_queue_loses_no_order_and_no_message(
    queue: Server, make_goods: MakeGoods, tmp_path: Path, tell: Tell
) -> None:
    variant = make_goods(1000)
    name = variant.product.name_en
    with (
        running_simulator(tmp_path / "carrier") as carrier,
        serving("marketplace.wsgi", env=fault_env(queue.url)) as base,
    ):
        buyers = ready_buyers(base, variant, BUYERS + WAITING)
        queue_tasks(queue)
        times = place_while_flushed(queue, buyers[: BUYERS // 2])
        with working(tmp_path, queue=queue.url, CARRIER_BASE_URL=carrier, **OWN):
            until(everything_is_delivered)
            assert Order.objects.filter(state=OrderState.SHIPPED).count() == BUYERS // 2
            times += place_while_flushed(queue, buyers[BUYERS // 2 : BUYERS])
            spent = until(everything_is_delivered, seconds=120)
        numbers = {buyer.purchase_number() for buyer in buyers[:BUYERS]}
        assert all(name in buyer.get("/en/gio").text for buyer in buyers[BUYERS:])
    assert len(numbers) == Purchase.objects.count() == Order.objects.count() == BUYERS
    assert OutboxEntry.objects.filter(topic="order.placed").count() == BUYERS
    assert Message.objects.filter(template="order_placed").count() == BUYERS
    assert Stock.objects.get(variant=variant).on_hand == 1000 - BUYERS
    assert InboxNotice.objects.count() == 0  # what only the queue knew is gone
    assert run_checks() == []
    tell(
        "R15",
        f"FLUSHALL {times} times while {BUYERS} buyers order, half of them before the worker runs",
        f"{BUYERS} orders, none lost; all delivered {spent:.1f} s after the last; {WAITING} "
        f"waiting carts still there; of {TASKS} tasks without a row in PostgreSQL none ever ran",
    )


def queue_tasks(queue: Server) -> None:
    """The twin: tasks that have no row in PostgreSQL."""
    tasks = sender(queue.url)
    for n in range(TASKS):
        tasks.send_task("tests.faults.tasks.note_slowly", [n])


def place_while_flushed(queue: Server, buyers: list[Buyer]) -> int:
    """Returns how often Valkey was emptied meanwhile."""
    flusher = Flusher(queue)
    flusher.start()
    answers = many_at_once([buyer.place for buyer in buyers], crowd=CROWD)
    flusher.over.set()
    flusher.join()
    assert {answer.status for answer in answers} == {303}
    assert flusher.times
    return flusher.times
