"""What stands around every page: policy, caching, and where its forms may come from."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.buyers_making import add
from tests.web.isolation_making import (
    World,
    address,
    addresses,
    fingerprint,
    live_variant,
    make_world,
    shown_things,
)
from tests.web.test_isolation import PROOF_PAGES, RULES, Rule, named

pytestmark = pytest.mark.django_db
PRIVATE = (Rule.OWN, Rule.PROOF, Rule.SELLER, Rule.DESK, Rule.DEMO)
# Nobody's in particular, but true for this moment only.
MOMENT = {"platform:healthz", "platform:readyz", "platform:metrics"}
FRAGMENTS = {
    "buyers:live",
    "buyers:live_fragment",
    "buyers:ask",
    "buyers:watch",
    "buyers:vouchers_now",
}
# Files and the links of messages, proved by tests of their own.
ELSEWHERE = {
    "platform:media",
    "platform:jpeg",
    "platform:favicon",
    "buyers:stop_watch",
    "buyers:commodity",
}
LANGUAGES = ("", "/en")
UNSAFE = re.compile(r"unsafe-inline|unsafe-eval|https?:|\*")


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def shown(world: World) -> dict[str, object]:
    return shown_things(world)


def body_of(page: Any) -> bytes:
    body: bytes = b"".join(page) if page.streaming else page.content
    return body


@pytest.mark.parametrize("who", ["anonymous", "buyer", "member", "device", "an", "staff"])
def test_every_answer_carries_its_policy_and_a_request_id(world: World, who: str) -> None:
    statuses = set()
    for name in RULES:
        page = world.everybody[who].get(address(name, world.things))
        statuses.add(page.status_code)
        policy = page.headers["Content-Security-Policy"]
        assert re.search("default-src '(self|none)'", policy), name
        assert not UNSAFE.search(policy), name
        assert "frame-ancestors 'none'" in policy or page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["X-Content-Type-Options"] == "nosniff", name
        assert page.headers["Referrer-Policy"] == "same-origin", name
        assert re.fullmatch(r"[0-9a-f]{16}", page.headers["X-Request-ID"]), name
        assert "'unsafe" not in body_of(page).decode("latin-1")
    assert {200, 404, 405} <= statuses


@pytest.mark.parametrize("language", LANGUAGES)
def test_private_pages_are_kept_by_nobody(world: World, language: str) -> None:
    for who in ("anonymous", "member", "device", "an", "staff"):
        shown = set()
        for name in named(*PRIVATE):
            page = world.everybody[who].get(language + address(name, world.things))
            assert body_of(page) is not None
            if page.status_code == 200:
                assert "no-store" in page.headers.get("Cache-Control", ""), name
                shown.add(name)
        assert (who not in world.buyers) or shown >= PROOF_PAGES


def test_public_pages_are_the_same_bytes_for_everybody(
    world: World, shown: dict[str, object]
) -> None:
    bought = Client()
    add(bought, live_variant())
    for name in set(named(Rule.ALL, Rule.GOODS)) - MOMENT - FRAGMENTS - ELSEWHERE:
        for language in LANGUAGES:
            path = language + address(name, shown)
            plain = Client().get(path, follow=True)
            assert plain.status_code == 200, path
            assert not plain.cookies, path
            body = body_of(plain)
            for client in (bought, world.an, world.staff, *world.buyers.values()):
                page = client.get(path, follow=True)
                assert body_of(page) == body, path
                assert page.headers.get("Cache-Control") == plain.headers.get("Cache-Control")
                assert not page.cookies, path
            assert b"csrfmiddlewaretoken" not in body, path


def test_public_pages_may_be_kept_for_half_a_minute(shown: dict[str, object]) -> None:
    pages = [name for name in named(Rule.ALL, Rule.GOODS) if name.startswith("buyers:")]
    for name in set(pages) - FRAGMENTS - ELSEWHERE:
        page = Client().get(address(name, shown), follow=True)
        assert page.headers["Cache-Control"] == "public, max-age=0, s-maxage=30", name
    for name in FRAGMENTS:
        assert Client().get(address(name, shown)).headers["Cache-Control"] == "no-store", name


def guarded(client: Client) -> Client:
    """The same browser, with the guard that Django's test client switches off."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    return strict


@pytest.mark.parametrize("who", ["an", "staff", "anonymous", "member", "device"])
@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"Origin": "https://evil.example"}, "refused"),
        ({"Sec-Fetch-Site": "cross-site"}, "refused"),
        ({}, "asked once more"),
    ],
)
def test_a_post_from_elsewhere_does_nothing(
    world: World, who: str, headers: dict[str, str], answer: str
) -> None:
    """By people who may: from another site nothing is done, and an old browser is asked."""
    client, before = guarded(world.everybody[who]), fingerprint()
    for name in set(addresses()) - {"hooks:shopee"} - _reading():
        page = client.post(address(name, world.things), {"quantity": "1"}, headers=headers)
        assert page.status_code == 403, name
        is_asked = b'name="csrfmiddlewaretoken"' in page.content
        assert is_asked == (answer == "asked once more"), name
    assert fingerprint() == before


def _reading() -> set[str]:
    """Addresses outside the pages: they act on nothing and know no cookie."""
    return {name for name in addresses() if name.split(":")[0] in ("api", "platform")}


def test_a_notice_without_a_signature_is_refused_and_writes_nothing(world: World) -> None:
    before = fingerprint()
    for headers in ({}, {"Authorization": "00" * 32}, {"Authorization": "ü"}):
        page = Client().post(
            "/hooks/shopee/", b'{"code": 3}', content_type="application/json", headers=headers
        )
        assert page.status_code == 401
    assert fingerprint() == before
