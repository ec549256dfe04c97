"""A bare caller of the simulators: it signs by hand, so that nothing of the market is needed."""

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

JSON = dict[str, Any]
PARTNER_ID = 2001887
KEY = "test_partner_key_0123456789abcdef"
PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 20
SHOP = 600001


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> JSON:
        answer: JSON = json.loads(self.body)
        return answer


def send(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=20)
    try:
        path = (target.path or "/") + (f"?{target.query}" if target.query else "")
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def sign(path: str, stamp: int, token: str = "", shop: str = "", key: str = KEY) -> str:
    base = f"{PARTNER_ID}{path}{stamp}{token}{shop}"
    return hmac.new(key.encode(), base.encode(), hashlib.sha256).hexdigest()


@dataclass
class Partner:
    """An app that talks to the simulated Shopee at `base`."""

    base: str
    token: str = ""
    refresh: str = ""
    shop: int = SHOP
    stamp: int | None = None
    changes: JSON = field(default_factory=dict)

    def url(self, name: str, *, of_shop: bool = True, query: Any = ()) -> str:
        path, stamp = f"/api/v2/{name}", self.stamp or int(time.time())
        extra = {"access_token": self.token, "shop_id": str(self.shop)} if of_shop else {}
        signature = sign(path, stamp, *extra.values())
        common: JSON = {"partner_id": PARTNER_ID, "timestamp": stamp, "sign": signature, **extra}
        common.update(self.changes)
        pairs = [(name, value) for name, value in common.items() if value is not None]
        return f"{self.base}{path}?{urlencode([*pairs, *dict(query).items()])}"

    def get(self, name: str, *, of_shop: bool = True, **query: object) -> JSON:
        return send("GET", self.url(name, of_shop=of_shop, query=query)).data

    def post(self, name: str, body: JSON, *, of_shop: bool = True) -> JSON:
        headers = {"Content-Type": "application/json"}
        return send(
            "POST", self.url(name, of_shop=of_shop), json.dumps(body).encode(), headers
        ).data

    def upload(self, *files: bytes) -> JSON:
        edge = "edge7"
        parts = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n'
            b"Content-Type: image/png\r\n\r\n%s\r\n" % (edge.encode(), file)
            for file in files
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        body = parts + f"--{edge}--\r\n".encode()
        url = self.url("media_space/upload_image", of_shop=False)
        return send("POST", url, body, headers).data

    def consent(self, *, shop: str = str(SHOP), answer: str = "agree", name: str = "") -> JSON:
        """Walk over the consent page as a seller; returns what the browser carries back."""
        back = "http://market.test/back?state=s1"
        page = send("GET", self.url("shop/auth_partner", of_shop=False, query={"redirect": back}))
        assert page.status == 200, page.body
        ticket = page.body.decode().split('name="ticket" value="')[1].split('"')[0]
        form = urlencode({"ticket": ticket, "shop": shop, "answer": answer, "name": name})
        done = send("POST", f"{self.base}/seller/consent", form.encode())
        assert done.status == 303
        query = parse_qs(urlsplit(done.headers["location"]).query)
        return {name: values[0] for name, values in query.items()}

    def token_for(self, code: str, shop: int) -> JSON:
        body = {"code": code, "partner_id": PARTNER_ID, "shop_id": shop}
        return self.post("auth/token/get", body, of_shop=False)

    def renew(self, token: str) -> JSON:
        body = {"refresh_token": token, "partner_id": PARTNER_ID, "shop_id": self.shop}
        return self.post("auth/access_token/get", body, of_shop=False)

    def connect(self) -> "Partner":
        """Register, let the seller consent, and keep the pair."""
        self.control("partners", partner_id=PARTNER_ID, key=KEY)
        back = self.consent()
        pair = self.token_for(back["code"], int(back["shop_id"]))
        self.token, self.refresh = pair["access_token"], pair["refresh_token"]
        return self

    def control(self, name: str, **data: object) -> JSON:
        return send("POST", f"{self.base}/_sim/{name}", json.dumps(data).encode()).data

    def state(self) -> JSON:
        return send("GET", f"{self.base}/_sim/state").data

    def stock(self, item_id: int, model_id: int = 0) -> int:
        models = self.state()["models"]
        found = [m for m in models if (m["item_id"], m["model_id"]) == (item_id, model_id)]
        return int(found[0]["stock"])

    def item_body(self, **changes: object) -> JSON:
        image_id = self.upload(PNG)["response"]["image_info"]["image_id"]
        return {
            "item_name": "Hạt điều rang muối 500 g",
            "description": "Hạt điều rang muối vỏ lụa, đóng hũ 500 g.",
            "original_price": 180000,
            "weight": 0.6,
            "category_id": 100802,
            "image": {"image_id_list": [image_id]},
            "logistic_info": [{"logistic_id": 50021, "enabled": True}],
            "seller_stock": [{"stock": 10}],
            "item_sku": "DIEU-500",
            **changes,
        }

    def new_item(self, **changes: object) -> int:
        answer = self.post("product/add_item", self.item_body(**changes))
        assert answer["error"] == "", answer
        return int(answer["response"]["item_id"])

    def buy(self, item_id: int, qty: int = 1, **data: object) -> JSON:
        return self.control("orders", shop_id=self.shop, item_id=item_id, qty=qty, **data)
