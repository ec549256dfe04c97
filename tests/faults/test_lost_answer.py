"""The connection is cut while the purchase is placed; the buyer presses the button again."""

import socket
import time
from urllib.parse import urlencode, urlsplit

import pytest

from catalog.models import Stock
from core.models import OutboxEntry
from marketplace.books import run_checks
from orders.models import Purchase
from tests.faults.conftest import MakeGoods, Tell
from tests.faults.market import fault_env, ready_buyers
from tests.faults.servers import Server, until
from tests.races.buyer import Buyer
from tests.races.serving import serving

pytestmark = pytest.mark.race
EARLY, LATE, STEP = 30, 10, 0.004


def test_who_never_saw_the_answer_finds_the_same_purchase(
    queue: Server, make_goods: MakeGoods, tell: Tell
) -> None:
    variant = make_goods(1000)
    with serving("marketplace.wsgi", env=fault_env(queue.url)) as base:
        buyers = ready_buyers(base, variant, EARLY + LATE)
        for point, buyer in enumerate(buyers[:EARLY]):
            press_and_leave(buyer, after=point * STEP)
        placed = {buyer.n: placed_and_cut(buyer) for buyer in buyers[EARLY:]}
        answers = [buyer.place() for buyer in buyers]
        assert [(one.status, one.location) for one in answers] == [
            (303, "/en/dat-hang/xong")
        ] * len(buyers)
        shown = {buyer.n: buyer.purchase_number() for buyer in buyers}
    assert {n: shown[n] for n in placed} == placed
    assert set(shown.values()) == set(Purchase.objects.values_list("number", flat=True))
    assert Purchase.objects.count() == len(buyers) == Stock.objects.get(variant=variant).held
    assert OutboxEntry.objects.filter(topic="order.placed").count() == len(buyers)
    assert run_checks() == []
    tell(
        "R10",
        f"connection cut at {EARLY} moments within {EARLY * STEP * 1000:.0f} ms after the click, "
        f"{LATE} times after the commit",
        f"{len(buyers)} retries led to {len(set(shown.values()))} purchases, none twice",
    )


def press_and_leave(buyer: Buyer, *, after: float) -> None:
    """Sends the form and is gone so many seconds later, without having read anything."""
    with pressed(buyer):
        time.sleep(after)


def placed_and_cut(buyer: Buyer) -> str:
    """Is gone once the purchase is written; returns its number, which nobody was told."""
    mine = Purchase.objects.filter(phone=f"+849{buyer.n:08d}")
    with pressed(buyer):
        until(mine.exists)
    return mine.get().number


def pressed(buyer: Buyer) -> socket.socket:
    place = urlsplit(buyer.base)
    body = urlencode(buyer.form)
    told = buyer.headers(has_form=True) | {"Host": place.netloc, "Content-Length": str(len(body))}
    lines = ["POST /en/dat-hang HTTP/1.1", *(f"{name}: {said}" for name, said in told.items())]
    line = socket.create_connection((str(place.hostname), int(place.port or 80)))
    line.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
    return line
