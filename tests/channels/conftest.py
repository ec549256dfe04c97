"""A real simulated Shopee over HTTP, and An's shop connected to it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3
from django.conf import LazySettings

from accounts.models import User
from channels.adapters import ADAPTERS
from channels.models import Connection
from channels.services.connect import finish_consent, start_consent
from channels.shopee.adapter import ShopeeAdapter
from simulators.testing import running_simulator
from tests.making import make_rates, make_user, make_vendor
from vendors.models import Vendor

PARTNER_ID, PARTNER_KEY = 2_001_887, "key-of-the-tests"
CALLBACK = "http://127.0.0.1:1/hooks/shopee/"


@dataclass
class Shopee:
    """The other side: what its buyers and sellers do."""

    base: str

    def control(self, path: str, **data: object) -> dict[str, Any]:
        answer = urllib3.request("POST", f"{self.base}/_sim/{path}", json=data, redirect=False)
        found: dict[str, Any] = json.loads(answer.data)
        return found | {"status": answer.status}

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(urllib3.request("GET", f"{self.base}/_sim/state").data)
        return found

    def agree(self, consent_url: str) -> dict[str, str]:
        """Press Agree on the consent page; what the browser then brings back."""
        page = urllib3.request("GET", consent_url).data.decode()
        ticket = page.split('name="ticket" value="')[1].split('"')[0]
        shop = page.split('name="shop" value="')[1].split('"')[0]
        answer = urllib3.request(
            "POST",
            f"{self.base}/seller/consent",
            body=urlencode({"ticket": ticket, "shop": shop, "answer": "agree"}),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            redirect=False,
        )
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    def buy(self, *, shop_id: str, item_id: str, quantity: int = 1) -> dict[str, Any]:
        return self.control("orders", shop_id=int(shop_id), item_id=int(item_id), qty=quantity)


@pytest.fixture
def shopee(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shopee]:
    with running_simulator(tmp_path) as base:
        settings.SHOPEE = {
            "base_url": base,
            "partner_id": PARTNER_ID,
            "partner_key": PARTNER_KEY,
            "push_key": "",
            "callback_url": CALLBACK,
        }
        monkeypatch.setitem(ADAPTERS, "shopee", ShopeeAdapter())
        other_side = Shopee(base)
        other_side.control("partners", partner_id=PARTNER_ID, key=PARTNER_KEY, callback="")
        yield other_side


@pytest.fixture
def owner(db: None) -> User:
    return make_user()


@pytest.fixture
def an(owner: User) -> Vendor:
    make_rates()
    return make_vendor(owner=owner, name="HTX An", slug="htx-an")


@pytest.fixture
def connection(shopee: Shopee, an: Vendor, owner: User) -> Connection:
    back = shopee.agree(start_consent(vendor=an, user=owner))
    return finish_consent(
        user=owner, state=back["state"], code=back["code"], shop_id=back["shop_id"]
    )
