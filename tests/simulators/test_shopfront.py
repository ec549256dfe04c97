from urllib.parse import urlencode

from tests.simulators.calling import Partner, send


def home(partner: Partner, query: str = "") -> str:
    answer = send("GET", f"{partner.base}/{query}")
    assert answer.status == 200
    return answer.body.decode()


def test_the_page_says_what_to_do_when_nothing_is_for_sale(partner: Partner) -> None:
    assert "Chưa có sản phẩm nào." in home(partner)
    assert "No products yet." in home(partner, "?lang=en")


def test_one_click_buys_one(partner: Partner) -> None:
    item_id = partner.new_item(item_name="Hạt điều <b>rang</b> củi")
    page = home(partner)
    assert "Hạt điều &lt;b&gt;rang&lt;/b&gt; củi" in page
    assert ("180.000\u00a0₫" in page, "Còn 10" in page) == (True, True)
    form = urlencode({"shop_id": 600001, "item_id": item_id, "model_id": 0, "lang": "vi"})
    bought = send("POST", f"{partner.base}/buy", form.encode())
    assert bought.status == 303
    order_sn = partner.state()["orders"][0]["order_sn"]
    assert bought.headers["location"] == f"/?lang=vi&said=bought&sn={order_sn}"
    assert f"Đã đặt đơn {order_sn}." in home(partner, bought.headers["location"][1:])
    assert partner.stock(item_id) == 9


def test_a_sold_out_item_says_so_and_takes_nothing(partner: Partner) -> None:
    item_id = partner.new_item(seller_stock=[{"stock": 0}])
    assert "Hết hàng" in home(partner)
    form = urlencode({"shop_id": 600001, "item_id": item_id, "model_id": 0, "lang": "en"})
    answer = send("POST", f"{partner.base}/buy", form.encode())
    assert answer.headers["location"] == "/?lang=en&said=sold_out&sn="
    assert partner.state()["orders"] == []
    for junk in (b"", b"shop_id=1&item_id=x&model_id=0", b"shop_id=1&item_id=1&model_id=-1"):
        assert send("POST", f"{partner.base}/buy", junk).status == 303


def test_an_order_is_led_through_its_steps_by_buttons(partner: Partner) -> None:
    order_sn = partner.buy(partner.new_item())["order_sn"]

    def press(status: str) -> str:
        body = urlencode({"status": status, "lang": "vi"}).encode()
        answer = send("POST", f"{partner.base}/orders/{order_sn}", body)
        return answer.headers["location"].split("said=")[1].split("&")[0]

    assert press("COMPLETED") == "not_now"
    partner.control(f"orders/{order_sn}/status", status="PROCESSED")
    assert "Đơn vị vận chuyển lấy hàng" in home(partner)
    assert [press(s) for s in ("SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED")] == ["changed"] * 3
    assert partner.state()["orders"][0]["status"] == "COMPLETED"


def test_a_purchase_from_another_site_is_refused(partner: Partner) -> None:
    item_id = partner.new_item()
    form = urlencode({"shop_id": 600001, "item_id": item_id, "model_id": 0}).encode()
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert send("POST", f"{partner.base}/buy", form, headers).status == 403
    assert partner.stock(item_id) == 10
