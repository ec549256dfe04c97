"""A market that runs, a browser that looks at it, and people with windows of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.conf import LazySettings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from marketplace.seeding.market import Size
from scripts.browser import find_browser
from tests.browser.market import Market, running_market, working
from tests.browser.person import Person
from tests.browser.scene import Scene, set_the_scene
from tests.marketplace.seeded import make_small_market

# Playwright's loop runs in this thread, and Django would take the tests' own queries for a mistake.
UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
PHONE, HEIGHT = 360, 740
Lang = Literal["vi", "en"]
Meet = Callable[..., Person]
# Each journey of a buyer: in both languages, with and without scripts.
WAYS = pytest.mark.parametrize(
    ("lang", "js"),
    [("vi", True), ("vi", False), ("en", True), ("en", False)],
    ids=["vi js", "vi no js", "en js", "en no js"],
)


@pytest.fixture(scope="session")
def market(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    """Gunicorn and the simulated parties; the worker comes with `worker`."""
    with running_market(tmp_path_factory.mktemp("parties")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    assert path is not None, "no browser: python -m scripts.browser brings one"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv(UNSAFE, "true")
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(
            executable_path=path, args=[*flags, "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def emptied(transactional_db: None, settings: LazySettings) -> None:
    """An empty database, and the caches of the running market."""
    default = settings.CACHES["default"]
    own = f"races-{connection.settings_dict['NAME']}"  # as tests.races.settings calls it
    settings.CACHES = {"default": default | {"KEY_PREFIX": own}}


@pytest.fixture
def scene(emptied: None) -> Scene:
    """What the market holds before a walk."""
    return set_the_scene()


@pytest.fixture
def seeded(emptied: None) -> None:
    """A small demo market, with a picture for each product."""
    make_small_market(Size(vendors=40, products=60, orders=80))


@pytest.fixture
def worker(market: Market, scene: Scene, tmp_path: Path) -> Iterator[None]:
    """The real worker with its beat; it ends before the tables are emptied."""
    with working(market, tmp_path):
        yield


@pytest.fixture
def meet(market: Market, emptied: None, browser: Browser) -> Iterator[Meet]:
    """Makes people: `meet(js=False, width=1280, lang="en")`."""
    contexts: list[BrowserContext] = []

    def make(
        *, js: bool = True, width: int = PHONE, lang: Lang = "vi", dark: bool = False
    ) -> Person:
        context = browser.new_context(
            base_url=market.base,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=js,
            locale="vi-VN" if lang == "vi" else "en-GB",
            timezone_id="Asia/Ho_Chi_Minh",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": f"10.9.8.{len(contexts) + 1}"},
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return Person(context.new_page(), has_js=js, lang=lang)

    yield make
    for context in contexts:
        context.close()
