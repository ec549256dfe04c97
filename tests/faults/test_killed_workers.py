"""kill -9 of a pool process in the middle of its work, and of the whole worker."""

import time
from collections import Counter
from pathlib import Path

import pytest

from catalog.models import Stock, StockMovement, Variant
from core import wake
from core.models import InboxNotice
from marketplace.books import run_checks
from notifications.models import Message
from orders.models import Order, OrderEvent, Parcel
from orders.states import OrderState
from simulators.testing import running_simulator
from tests.faults.conftest import MakeGoods, Tell
from tests.faults.market import Worker, everything_is_delivered, sender, working
from tests.faults.servers import Server, until
from tests.faults.subscribers import AT_WORK_SECONDS, PARTY
from tests.faults.worker import TWIN_KEY
from tests.making import make_purchase

pytestmark = pytest.mark.race
ORDERS, TASKS, UNITS = 12, 8, 2
STEPS = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED, OrderState.SHIPPED)


def place_orders(variant: Variant, patch: pytest.MonkeyPatch) -> None:
    """Nobody is woken: the beat must find them."""
    patch.setattr(wake, "now", lambda *args, **options: False)
    for n in range(ORDERS):
        make_purchase({variant: UNITS}, phone=f"09120000{n:02d}")


def assert_each_order_left_once(variant: Variant) -> None:
    """The units are gone once, each state was reached once, each box and message is one."""
    assert Order.objects.filter(state=OrderState.SHIPPED).count() == ORDERS
    stock = Stock.objects.get(variant=variant)
    assert (stock.on_hand, stock.held) == (1000 - ORDERS * UNITS, 0)
    assert StockMovement.objects.filter(kind="ship").count() == ORDERS
    reached = Counter(OrderEvent.objects.values_list("to_state", flat=True))
    assert {state: reached[state] for state in STEPS} == dict.fromkeys(STEPS, ORDERS)
    codes = set(Parcel.objects.values_list("tracking_code", flat=True))
    assert len(codes - {""}) == ORDERS
    told = Counter(Message.objects.values_list("template", flat=True))
    assert told["order_placed"] == told["order_shipped"] == ORDERS
    assert run_checks() == []


def test_a_pool_process_killed_at_work_costs_nothing_but_time(
    queue: Server,
    make_goods: MakeGoods,
    tmp_path: Path,
    tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variant = make_goods(1000)
    tasks = sender(queue.url)
    with running_simulator(tmp_path / "carrier") as carrier:
        env = {"CARRIER_BASE_URL": carrier, "CARRIER_TOKEN": "carrier-demo-token"}
        with working(tmp_path, queue=queue.url, **env) as worker:
            for n in range(TASKS):
                tasks.send_task("tests.faults.tasks.note_slowly", [n])
            task = kill_at_work(worker, "task-", after=3)
            until(lambda: notes() == TASKS)
            place_orders(variant, monkeypatch)
            order = kill_at_work(worker, "BP", after=3)
            until(everything_is_delivered)
            pause, wait = restarted(worker, task), restarted(worker, order)
    assert set(InboxNotice.objects.values_list("party", flat=True)) == {PARTY}
    seen = Counter(one.what for one in worker.begun("task-"))
    assert seen == Counter({f"task-{n}": 1 for n in range(TASKS)} | {task: 2})
    assert_each_order_left_once(variant)
    tell(
        "R11",
        f"kill -9 of a pool process in the middle of one of {TASKS} tasks, then of one of {ORDERS} "
        "deliveries",
        f"task begun again after {pause:.1f} s, delivery after {wait:.1f} s; each effect once",
    )


def test_the_twin_that_keeps_celerys_own_setting_loses_the_task(
    queue: Server, transactional_db: None, tmp_path: Path, tell: Tell
) -> None:
    tasks = sender(queue.url)
    with working(tmp_path, queue=queue.url, **{TWIN_KEY: "1"}) as worker:
        for n in range(4):
            tasks.send_task("tests.faults.tasks.note_slowly", [n])
        kill_at_work(worker, "task-", after=1)
        until(lambda: notes() == 3)
        time.sleep(3 * AT_WORK_SECONDS)
    assert (notes(), len(worker.begun())) == (3, 4)
    tell("R11", "the same with task_reject_on_worker_lost off (the twin)", "1 of 4 tasks is lost")


def test_a_worker_killed_with_deliveries_in_flight_leaves_nothing_undone(
    queue: Server,
    make_goods: MakeGoods,
    tmp_path: Path,
    tell: Tell,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    variant = make_goods(1000)
    place_orders(variant, monkeypatch)
    with running_simulator(tmp_path / "carrier") as carrier:
        env = {"CARRIER_BASE_URL": carrier, "CARRIER_TOKEN": "carrier-demo-token"}
        with working(tmp_path, queue=queue.url, **env) as worker:
            until(lambda: len(worker.begun()) >= 3)
            worker.kill()
            left = Order.objects.filter(state=OrderState.PLACED).count()
            assert left > ORDERS / 2
            worker.start()
            spent = until(everything_is_delivered)
    assert_each_order_left_once(variant)
    tell(
        "R12",
        f"kill -9 of the whole worker with {left} of {ORDERS} orders undone, started again",
        f"all delivered {spent:.1f} s after the start; each effect once",
    )


def kill_at_work(worker: Worker, prefix: str, *, after: int) -> str:
    """Kills the process that began last; returns what it was at."""
    until(lambda: len(worker.begun(prefix)) >= after)
    last = worker.begun(prefix)[-1]
    worker.kill_child(last.pid)
    return last.what


def restarted(worker: Worker, what: str) -> float:
    """Seconds from the first beginning to the second."""
    first, second = worker.begun(what)
    return second.at - first.at


def notes() -> int:
    return InboxNotice.objects.count()
