"""PostgreSQL stops at once, twice, while more people buy than there are goods."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from django.core.management import call_command
from django.db import connection

from catalog.models import Stock, Variant
from catalog.services.indexing import index_product
from core.models import OutboxEntry
from marketplace.books import run_checks
from marketplace.embedded.processes import everybody
from orders.models import Purchase
from scripts.pss import command
from tests.faults.conftest import Tell
from tests.faults.market import CROWD, fault_env, ready_buyers
from tests.faults.servers import Server, moved_to, own_postgres, until
from tests.making import make_rates, make_variant, make_vendor
from tests.races.buyer import Answer, Buyer
from tests.races.serving import serving
from tests.races.together import many_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
BUYERS, UNITS = 60, 40
CRASH_AFTER = (8, 24)  # confirmed purchases
TWINS = 12
CARELESS = ("-c", "synchronous_commit=off", "-c", "wal_writer_delay=10s")
DOWN_SECONDS, PATIENCE = 1.0, 120.0
BREAK, NOT_TWICE = "short break", "never placed twice"


@dataclass
class Shoppers:
    """What they were told, kept outside the market."""

    buyers: list[Buyer]
    bought: list[Buyer] = field(default_factory=list)
    sold_out: list[Buyer] = field(default_factory=list)
    refusals: list[Answer] = field(default_factory=list)
    odd: list[Answer] = field(default_factory=list)
    stay: float = field(default_factory=lambda: time.monotonic() + PATIENCE)

    def buy(self, buyer: Buyer) -> None:
        """Presses the button until there is a clear answer, as patiently as people are."""
        while time.monotonic() < self.stay:
            answer = buyer.place()
            told = {303: self.bought, 409: self.sold_out}.get(answer.status)
            if told is not None:
                told.append(buyer)
                return
            (self.refusals if answer.status == 503 else self.odd).append(answer)
            time.sleep(0.2)


@contextmanager
def market_of_its_own(queue: Server) -> Iterator[tuple[Server, str]]:
    """Its own PostgreSQL with every safety on, and gunicorn."""
    with own_postgres() as database, moved_to(database.url):
        call_command("migrate", verbosity=0, interactive=False)
        with serving("marketplace.wsgi", env=fault_env(queue.url)) as base:
            yield database, base


def test_no_confirmed_order_is_lost_when_postgres_crashes(queue: Server, tell: Tell) -> None:
    with market_of_its_own(queue) as (database, base):
        make_rates()
        variant = on_sale(UNITS)
        shoppers = Shoppers(ready_buyers(base, variant, BUYERS))
        processes = children_of(base)
        with ThreadPoolExecutor(CROWD) as crowd:
            done = [crowd.submit(shoppers.buy, one) for one in shoppers.buyers]
            healed = [crash(database, base, shoppers, after) for after in CRASH_AFTER]
        for one in done:
            one.result()
        assert children_of(base) == processes
        numbers = {one.purchase_number() for one in shoppers.bought}
        check(shoppers, numbers, Stock.objects.get(variant=variant))
        lost = lost_when_commits_do_not_wait(database, base)
    tell(
        "R17",
        f"immediate stop of PostgreSQL, {len(CRASH_AFTER)} times, while {BUYERS} want {UNITS}",
        f"{len(numbers)} confirmed, none of them missing, {UNITS} sold; {len(shoppers.refusals)} "
        f"answers 503 with Retry-After; sells again {max(healed):.1f} s after PostgreSQL is back; "
        f"the twin whose commits don't wait for the disk lost {lost} of {TWINS}",
    )


def on_sale(units: int) -> Variant:
    variant = make_variant(make_vendor(), on_hand=units)
    index_product(variant.product_id)
    return variant


def check(shoppers: Shoppers, numbers: set[str], stock: Stock) -> None:
    assert Counter(answer.status for answer in shoppers.odd) == Counter()
    assert numbers == set(Purchase.objects.values_list("number", flat=True))
    assert len(shoppers.bought) == len(numbers) == UNITS == stock.held == stock.on_hand
    assert len(shoppers.sold_out) == BUYERS - UNITS
    assert OutboxEntry.objects.filter(topic="order.placed").count() == UNITS
    assert shoppers.refusals
    for answer in shoppers.refusals:
        assert answer.retry_after == "30"
        assert BREAK in answer.text
        assert NOT_TWICE in answer.text
    assert run_checks() == []


def lost_when_commits_do_not_wait(database: Server, base: str) -> int:
    """The twin: were nothing lost here either, the test above would prove nothing."""
    database.kill()
    database.spec = replace(database.spec, argv=[*database.spec.argv, *CARELESS])
    database.start()
    connection.close()
    buyers = ready_buyers(base, on_sale(TWINS), TWINS, first=BUYERS + 1)
    assert {one.status for one in many_at_once([one.place for one in buyers], crowd=CROWD)} == {303}
    told = {one.purchase_number() for one in buyers}
    database.kill()
    database.start()
    connection.close()
    lost = told - set(Purchase.objects.values_list("number", flat=True))
    assert lost
    return len(lost)


def crash(database: Server, base: str, shoppers: Shoppers, after: int) -> float:
    """Stops it once so many have bought; returns how long the market took to sell again."""
    until(lambda: len(shoppers.bought) >= after)
    database.kill()
    begun = time.monotonic()
    visitor = Buyer(base, 9)
    path = f"/en/tim?q=cashew+{after}"  # a page that nobody has seen and kept
    page = visitor.get(path)
    assert (page.status, page.retry_after) == (503, "30")
    assert (visitor.get("/healthz").status, visitor.get("/readyz").status) == (200, 503)
    time.sleep(max(0.0, DOWN_SECONDS - (time.monotonic() - begun)))
    database.start()
    connection.close()  # the test's own
    return until(lambda: visitor.get(path).status == 200)


def children_of(base: str) -> set[int]:
    """Gunicorn's processes: none of them is replaced."""
    port = base.rpartition(":")[2]
    said = {one.pid: command(one.pid) for one in everybody()}
    return {pid for pid, words in said.items() if "gunicorn" in words and port in words}
