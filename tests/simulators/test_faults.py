import http.client
import time
from pathlib import Path

import pytest

from simulators.testing import running_simulator
from tests.simulators.calling import Partner, send


def test_a_fault_strikes_as_often_as_ordered(partner: Partner) -> None:
    partner.control("faults", api={"path": "shop/get_shop_info", "mode": "500", "times": 2})
    url = partner.url("shop/get_shop_info")
    assert [send("GET", url).status for _ in range(3)] == [500, 500, 200]
    partner.control("faults", api={"path": "*", "mode": "rate_limit"})
    assert partner.get("shop/get_shop_info")["error"] == "error_rate_limit"
    partner.control("faults", api={"mode": "error:error_holiday_mode_change_stock"})
    answer = partner.get("shop/get_shop_info")
    assert answer["error"] == "error_holiday_mode_change_stock"
    assert partner.get("shop/get_shop_info")["error"] == ""


@pytest.mark.parametrize("mode", ["reset", "timeout"])
def test_a_broken_connection_leaves_nothing_behind(partner: Partner, mode: str) -> None:
    body = partner.item_body()
    partner.control(
        "faults", api={"path": "/api/v2/product/add_item", "mode": mode, "seconds": 0.2}
    )
    with pytest.raises((OSError, http.client.HTTPException)):
        partner.post("product/add_item", body)
    assert partner.state()["items"] == []


def test_a_lost_reply_leaves_the_work_done(partner: Partner) -> None:
    body = partner.item_body()
    partner.control("faults", api={"path": "product/add_item", "mode": "lost_reply"})
    with pytest.raises((OSError, http.client.HTTPException)):
        partner.post("product/add_item", body)
    found = partner.get("product/search_item", item_sku="DIEU-500", page_size=5)["response"]
    assert found["total_count"] == 1


def test_a_restart_keeps_everything(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as base:
        partner = Partner(base).connect()
        item_id = partner.new_item()
        order_sn = partner.buy(item_id, 3)["order_sn"]
        before = partner.state()
    with running_simulator(tmp_path) as base:
        partner.base = base
        after = partner.state()
        assert {**after, "now": 0} == {**before, "now": 0}
        assert partner.stock(item_id) == 7
        assert partner.get("shop/get_shop_info")["shop_name"] == "Gian hàng thử: Điều Bù Đăng"
        assert partner.renew(partner.refresh)["error"] == ""
        assert after["orders"][0]["order_sn"] == order_sn
        assert partner.buy(item_id)["order_sn"] != order_sn
        assert partner.new_item() == item_id + 1


def test_one_connection_serves_many_requests(base: str) -> None:
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=5)
    started = time.monotonic()
    for _ in range(200):
        connection.request("GET", "/healthz")
        assert connection.getresponse().read() == b'{"ok":true}'
    assert time.monotonic() - started < 5
    connection.close()
