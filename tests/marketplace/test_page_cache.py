import gzip
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import brotli
import pytest
from pytest_django import Settings

from core import valkey, versions
from marketplace import page_cache
from marketplace.page_cache import MARK, PageCache

BODY = ("<p>Hạt điều rang muối</p>" * 50).encode()


class Shop:
    """A small WSGI application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[tuple[str, str]] = [
            ("Content-Type", "text/html"),
            ("Cache-Control", "public, max-age=0, s-maxage=30"),
            (MARK, "1"),
            ("X-Request-ID", "made-by-django"),
        ]
        self.status = "200 OK"
        self.body = BODY
        self.pause = 0.0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        self.asked.append(environ["QUERY_STRING"])
        time.sleep(self.pause)
        start_response(self.status, list(self.headers))
        return [self.body]


class Answer:
    def __init__(self, cache: PageCache, path: str, **more: str) -> None:
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **more,
        }
        self.body = b"".join(cache(environ, self.start))

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)
        assert len(headers) == len(self.headers)


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def cache(shop: Shop, settings: Settings) -> PageCache:
    settings.PAGE_CACHE = True
    settings.ALLOWED_HOSTS = ["localhost"]
    versions.bump_now()
    return PageCache(shop)


@pytest.fixture
def path() -> Iterator[str]:
    page_cache.is_our_host.cache_clear()
    yield f"/san-pham/{secrets.token_hex(4)}"
    page_cache.is_our_host.cache_clear()


def test_a_public_page_is_made_once(cache: PageCache, shop: Shop, path: str) -> None:
    first, second = Answer(cache, path), Answer(cache, path)
    assert shop.asked == [""]
    assert first.body == second.body == BODY
    assert MARK not in first.headers | second.headers
    assert second.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert second.headers["Content-Length"] == str(len(BODY))
    assert second.headers["Vary"] == "Accept-Encoding"
    assert first.headers["ETag"] == second.headers["ETag"]


def test_every_answer_has_a_request_id_of_its_own(cache: PageCache, path: str) -> None:
    ids = [Answer(cache, path).headers["X-Request-ID"] for _ in range(3)]
    assert ids[0] == "made-by-django"
    assert len(set(ids)) == 3
    assert [len(one) for one in ids[1:]] == [16, 16]


def test_cookies_do_not_matter(cache: PageCache, shop: Shop, path: str) -> None:
    Answer(cache, path, HTTP_COOKIE="session=a")
    Answer(cache, path, HTTP_COOKIE="session=b")
    assert len(shop.asked) == 1


def test_another_process_finds_it_in_valkey(cache: PageCache, shop: Shop, path: str) -> None:
    first = Answer(cache, path, HTTP_ACCEPT_ENCODING="br")
    other_shop = Shop()
    other = PageCache(other_shop)
    other._kinds.add("san-pham")
    answer = Answer(other, path, HTTP_ACCEPT_ENCODING="br")
    assert other_shop.asked == []
    assert (answer.body, answer.headers["ETag"]) == (first.body, first.headers["ETag"])


def test_a_bump_makes_it_new_at_once_and_for_all(cache: PageCache, shop: Shop, path: str) -> None:
    Answer(cache, path)
    shop.body = b"sold out"
    versions.bump_now()
    assert Answer(cache, path).body == b"sold out"


def test_the_present_etag_gets_304_also_after_a_bump(
    cache: PageCache, shop: Shop, path: str
) -> None:
    etag = Answer(cache, path, HTTP_ACCEPT_ENCODING="gzip").headers["ETag"]
    versions.bump_now()
    for _ in range(2):
        again = Answer(cache, path, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=f"W/{etag}")
        assert (again.status, again.body) == ("304 Not Modified", b"")
        assert again.headers["ETag"] == etag
    assert Answer(cache, path, HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


def test_each_client_gets_an_encoding_that_it_reads(cache: PageCache, path: str) -> None:
    plain = Answer(cache, path)
    zipped = Answer(cache, path, HTTP_ACCEPT_ENCODING="gzip, deflate")
    small = Answer(cache, path, HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert small.headers["Content-Encoding"] == "br"
    assert gzip.decompress(zipped.body) == brotli.decompress(small.body) == plain.body == BODY
    assert len({plain.headers["ETag"], zipped.headers["ETag"], small.headers["ETag"]}) == 3
    assert page_cache.accepted("br;q=0, gzip") == "gzip"


def test_the_order_of_parameters_and_trackers_do_not_matter(
    cache: PageCache, shop: Shop, path: str
) -> None:
    Answer(cache, path)
    Answer(cache, path + "?b=2&a=1&utm_source=zalo&fbclid=x")
    Answer(cache, path + "?a=1&b=2")
    Answer(cache, path + "?a=1&b=3")
    assert shop.asked == ["", "a=1&b=2", "a=1&b=3"]


def test_parameters_of_pages_not_known_to_be_public_are_left_as_they_came(
    cache: PageCache, shop: Shop
) -> None:
    shop.headers = [("Content-Type", "text/html")]
    Answer(cache, "/hooks/vnpay?z=1&a=2&utm_x=3")
    assert shop.asked == ["z=1&a=2&utm_x=3"]


def test_a_page_that_is_not_marked_is_never_kept(cache: PageCache, shop: Shop) -> None:
    shop.headers = [("Content-Type", "text/html"), ("Set-Cookie", "a=1")]
    answers = [Answer(cache, "/gio") for _ in range(2)]
    assert len(shop.asked) == 2
    assert answers[1].headers == dict(shop.headers)


@pytest.mark.parametrize("leak", [("Set-Cookie", "cart=1"), ("Vary", "Accept-Encoding, Cookie")])
def test_a_marked_page_with_a_cookie_is_sent_but_kept_by_nobody(
    cache: PageCache, shop: Shop, path: str, leak: tuple[str, str]
) -> None:
    shop.headers.append(leak)
    answers = [Answer(cache, path) for _ in range(2)]
    assert len(shop.asked) == 2
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    assert MARK not in answers[0].headers
    assert answers[0].body == BODY


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error"])
def test_only_good_answers_are_kept(cache: PageCache, shop: Shop, path: str, status: str) -> None:
    shop.status = status
    assert [Answer(cache, path).status for _ in range(2)] == [status] * 2
    assert len(shop.asked) == 2


def test_posts_and_foreign_hosts_pass_by(cache: PageCache, shop: Shop, path: str) -> None:
    Answer(cache, path)
    Answer(cache, path, REQUEST_METHOD="POST")
    Answer(cache, path, HTTP_HOST="evil.example")
    Answer(cache, path, HTTP_HOST="evil.example")
    Answer(cache, path + "?q=" + "x" * 500)
    assert len(shop.asked) == 5


def test_a_head_request_gets_the_headers_only(cache: PageCache, path: str) -> None:
    answer = Answer(cache, path, REQUEST_METHOD="HEAD")
    assert (answer.status, answer.body) == ("200 OK", b"")
    assert answer.headers["Content-Length"] == str(len(BODY))


def test_http_and_https_do_not_share_pages(
    cache: PageCache, shop: Shop, path: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    Answer(cache, path, HTTP_X_FORWARDED_PROTO="https")
    Answer(cache, path, HTTP_X_FORWARDED_PROTO="http")
    assert len(shop.asked) == 2


def test_while_valkey_is_away_pages_are_still_answered_and_live_a_second(
    cache: PageCache, shop: Shop, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "ask", lambda work, otherwise: otherwise)
    versions.bump_now()
    assert Answer(cache, path).body == BODY
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    versions._read_at = float("-inf")
    shop.body = b"new"
    assert Answer(cache, path).body == b"new"


def test_bumps_lost_while_valkey_was_away_are_made_up_for(
    cache: PageCache, shop: Shop, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answer(cache, path)
    before = versions.catalog_version()
    with monkeypatch.context() as away:
        away.setattr(valkey, "ask", lambda work, otherwise: otherwise)
        versions.bump_now()
        assert versions.catalog_version() < 0
    versions._read_at = float("-inf")
    shop.body = b"new"
    assert versions.catalog_version() > before
    assert Answer(cache, path).body == b"new"


def test_many_who_ask_at_once_cause_one_rendering(cache: PageCache, shop: Shop, path: str) -> None:
    Answer(cache, path + "-first")
    shop.asked.clear()
    shop.pause = 0.2
    threads = [threading.Thread(target=Answer, args=(cache, path)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shop.asked) == 1


def test_the_memory_is_bounded(cache: PageCache, shop: Shop) -> None:
    cache.memory.limit = 20_000
    for number in range(20):
        Answer(cache, f"/san-pham/{secrets.token_hex(4)}-{number}")
    assert cache.memory.size <= 20_000
    assert len(cache.memory._pages) < 20


def test_a_crawler_can_not_fill_valkey(cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "SHARED_BYTES_PER_SECOND", 0)
    cache.shared._left = 4_000.0
    kept = []
    for number in range(5):
        path = f"/san-pham/{secrets.token_hex(4)}-{number}"
        Answer(cache, path)
        kept.append(path)
    key = (versions.catalog_version(), "http", "localhost")
    found = [cache.shared.get((*key, path, "", "")) is not None for path in kept]
    assert found == [True, True, False, False, False]


def test_a_hit_costs_less_than_sixty_microseconds(cache: PageCache, path: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
    }
    cache(dict(environ), lambda status, headers: None)
    best = 1.0
    for _ in range(5):
        started = time.perf_counter()
        for _ in range(200):
            cache(environ, lambda status, headers: None)
        best = min(best, (time.perf_counter() - started) / 200)
    assert best < 60e-6
