"""What a phone keeps for times without a network, and what is done with one. No test."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from catalog.models import Product
from tests.browser import buying
from tests.browser.cable import Cable
from tests.browser.conftest import HEIGHT, PHONE
from tests.browser.person import Person
from tests.browser.scene import PASSWORD, Scene

CHI = buying.Guest(name="Chi", phone="0912 345 678")
COPIES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const key of await (await caches.open(name)).keys()) {
      const at = new URL(key.url), copy = await (await caches.open(name)).match(key);
      found.push([name, at.pathname + at.search, await copy.text()]);
    }
  }
  return found;
}"""
READY = """async () => {
  const found = await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
  return found.active.state;
}"""


@contextmanager
def phone_on(browser: Browser, cable: Cable) -> Iterator[BrowserContext]:
    """A phone whose line is this cable."""
    made = browser.new_context(
        base_url=cable.base,
        viewport={"width": PHONE, "height": HEIGHT},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        extra_http_headers={"X-Forwarded-For": "10.9.7.1"},
    )
    made.set_default_timeout(60_000)
    yield made
    made.close()


def with_worker(context: BrowserContext) -> Person:
    """A window of that phone, with the worker at work."""
    person = Person(context.new_page())
    person.go("/")
    person.page.evaluate(READY)
    return person


def copies(person: Person) -> dict[str, str]:
    """What is kept on this device: address -> text."""
    found: list[list[str]] = person.page.evaluate(COPIES)
    return {path: text for name, path, text in found if name in ("shop-pages", "shop-mine")}


def until(look: Callable[[], Any], seconds: float = 15.0) -> Any:
    ends = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < ends
        time.sleep(0.1)
    return found


def kept(person: Person, path: str) -> str:
    """The copy of a page, once the worker has written it."""
    found: str = until(lambda: copies(person).get(path))
    return found


def honey(scene: Scene) -> str:
    product = Product.objects.get(pk=scene.honey.product_id)
    return f"/san-pham/{product.slug}-{product.pk}"


def into_cart(person: Person, scene: Scene) -> None:
    person.go(honey(scene))
    buying.add_to_cart(person)


def sign_in(person: Person, login: str, base: str = "") -> None:
    person.go(f"{base}/tai-khoan/dang-nhap/")
    person.type(login=login, password=PASSWORD)
    person.press("form.form .btn")
    person.at(f"{base}/(tai-khoan|ban-hang)/.*")


def sign_out(person: Person) -> None:
    person.go("/tai-khoan/dang-xuat/")
    person.press("form.form .btn")
    person.at("/tai-khoan/dang-nhap/")


def ready_to_order(person: Person, scene: Scene) -> None:
    into_cart(person, scene)
    buying.open_checkout(person)
    person.type(name=CHI.name, phone=CHI.phone, street=CHI.street)
    buying.pick_ward(person, CHI)
