import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.simulators.calling import JSON, KEY, PARTNER_ID, Partner


class Receiver:
    """A callback that remembers what came, and answers as told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bytes]] = []
        self.status, self.body, self.wait = 200, b"", 0.0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.seen.append((self.headers["Authorization"], raw))
                time.sleep(receiver.wait)
                self.send_response(receiver.status)
                self.send_header("Content-Length", str(len(receiver.body)))
                self.end_headers()
                self.wfile.write(receiver.body)

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hooks/shopee/?a=1"

    def notices(self, code: int = 3) -> list[JSON]:
        notices = [json.loads(raw) for _, raw in self.seen]
        return [notice for notice in notices if notice["code"] == code]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def pushed(partner: Partner, receiver: Receiver) -> Partner:
    partner.control("partners", partner_id=PARTNER_ID, key=KEY, callback=receiver.url)
    partner.control("settings", push_timeout=1, push_scale=0.0005)
    return partner


def eventually(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 8
    while not check() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert check()


def states(partner: Partner, code: int = 3) -> list[str]:
    return [push["state"] for push in partner.state()["pushes"] if push["code"] == code]


def test_an_order_is_told_with_a_signature_over_address_and_raw_body(
    pushed: Partner, receiver: Receiver
) -> None:
    order_sn = pushed.buy(pushed.new_item())["order_sn"]
    eventually(lambda: states(pushed) == ["sent"])
    authorization, raw = receiver.seen[0]
    base = receiver.url.encode() + b"|" + raw
    assert authorization == hmac.new(KEY.encode(), base, hashlib.sha256).hexdigest()
    notice = json.loads(raw)
    assert (notice["code"], notice["shop_id"]) == (3, 600001)
    assert notice["data"]["ordersn"] == order_sn
    assert notice["data"]["status"] == "READY_TO_SHIP"


def test_a_separate_push_key_signs_when_there_is_one(pushed: Partner, receiver: Receiver) -> None:
    pushed.control(
        "partners", partner_id=PARTNER_ID, key=KEY, push_key="other", callback=receiver.url
    )
    pushed.buy(pushed.new_item())
    eventually(lambda: len(receiver.seen) == 1)
    authorization, raw = receiver.seen[0]
    base = receiver.url.encode() + b"|" + raw
    assert authorization == hmac.new(b"other", base, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(("status", "body"), [(500, b""), (302, b""), (200, b"ok")])
def test_a_wrong_answer_is_tried_four_times_and_then_lost(
    pushed: Partner, receiver: Receiver, status: int, body: bytes
) -> None:
    receiver.status, receiver.body = status, body
    pushed.control("settings", push_scale=0.00001)
    order_sn = pushed.buy(pushed.new_item())["order_sn"]
    eventually(lambda: states(pushed) == ["lost"])
    assert len(receiver.seen) == 4
    answer = pushed.get("push/get_lost_push_message", of_shop=False)["response"]
    lost = answer["push_message_list"]
    assert (len(lost), json.loads(lost[0]["data"])["ordersn"]) == (1, order_sn)
    done = {"last_message_id": answer["last_message_id"]}
    pushed.post("push/confirm_consumed_lost_push_message", done, of_shop=False)
    again = pushed.get("push/get_lost_push_message", of_shop=False)["response"]
    assert again["push_message_list"] == []


def test_a_slow_answer_counts_as_none(pushed: Partner, receiver: Receiver) -> None:
    pushed.control("settings", push_timeout=0.2, push_scale=1)
    receiver.wait = 0.6
    pushed.buy(pushed.new_item())
    eventually(lambda: bool(receiver.seen))
    eventually(lambda: states(pushed) == ["waiting"])
    assert pushed.state()["pushes"][0]["last_error"].startswith("TimeoutError")


def test_pushes_can_be_dropped_doubled_and_delayed(pushed: Partner, receiver: Receiver) -> None:
    item_id = pushed.new_item()
    pushed.control("faults", push="drop", times=1)
    pushed.buy(item_id)
    assert states(pushed) == ["dropped"]
    pushed.control("faults", push="duplicate")
    twice = pushed.buy(item_id)["order_sn"]
    eventually(lambda: len(receiver.seen) == 2)
    assert {notice["data"]["ordersn"] for notice in receiver.notices()} == {twice}
    pushed.control("faults", push={"mode": "delay", "seconds": 1.2})
    late = pushed.buy(item_id)["order_sn"]
    early = pushed.buy(item_id)["order_sn"]
    eventually(lambda: len(receiver.seen) == 4)
    assert [n["data"]["ordersn"] for n in receiver.notices()][2:] == [early, late]


def test_consent_revocation_tracking_and_promotion_are_told(
    pushed: Partner, receiver: Receiver
) -> None:
    pushed.consent()
    eventually(lambda: len(receiver.notices(1)) == 1)
    pair = pushed.token_for(pushed.consent()["code"], 600001)
    pushed.token = pair["access_token"]
    item_id = pushed.new_item()
    order_sn = pushed.buy(item_id)["order_sn"]
    pushed.control(f"orders/{order_sn}/status", status="PROCESSED")
    eventually(lambda: len(receiver.notices(4)) == 1)
    pushed.control("promotions", item_id=item_id, reserved=2)
    eventually(lambda: len(receiver.notices(7)) == 1)
    pushed.control("revoke", shop_id=600001)
    eventually(lambda: len(receiver.notices(2)) == 1)


def test_a_callback_is_checked_before_it_is_taken(pushed: Partner, receiver: Receiver) -> None:
    name = "push/set_app_push_config"
    dead = pushed.post(name, {"callback_url": "http://127.0.0.1:9/x"}, of_shop=False)
    assert dead["error"] == "error_param"
    body = {"callback_url": receiver.url + "&b=2", "set_push_config_off": [3]}
    assert pushed.post(name, body, of_shop=False)["response"] == {"result": "success"}
    assert receiver.notices(0)[0]["data"]["verify_info"].startswith("This is a Verification")
    pushed.buy(pushed.new_item())
    assert states(pushed) == []
