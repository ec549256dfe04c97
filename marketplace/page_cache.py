"""The page cache in front of Django: public pages as compressed bytes, the same for everybody.

A view opts in with `web.public.public_page`. What it answers is kept under the catalogue version,
host, path, parameters and encoding: in this process (L1) and in Valkey for all of them (L2).
Nothing of the visitor is looked at: cookies don't matter to a public page.
"""

import gzip
import hashlib
import json
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Event, Lock
from typing import Any, cast
from urllib.parse import unquote_plus

import brotli
import structlog
from django.conf import settings
from django.http.request import split_domain_port, validate_host

from core import metrics, valkey, versions

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Key = tuple[int, str, str, str, str, str]

MARK = "X-Page-Cache"
L1_BYTES = 64 * 1024 * 1024
KEEP_SECONDS = 60
LONGEST_QUERY = 400
LARGEST_PAGE = 512 * 1024
BROTLI_LEVEL = 5
SHARED_BYTES_PER_SECOND = 512 * 1024  # what one process may add to Valkey, which holds queues too
SHARED_BURST = 8 * 1024 * 1024
TRACKING = ("utm_", "fbclid", "gclid", "zarsrc", "_ga")
ENGLISH = "/en"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it goes out, but for its request id."""

    headers: Headers
    body: bytes
    etag: str
    until: float


class Memory:
    """L1: pages of one catalogue version, least recently used ones go first."""

    def __init__(self, limit: int = L1_BYTES) -> None:
        self.limit = limit
        self.size = 0
        self._version = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page if page is not None and page.until > time.monotonic() else None

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            if key[0] != self._version:
                self._pages.clear()
                self._version, self.size = key[0], 0
            old = self._pages.pop(key, None)
            self._pages[key] = page
            self.size += _weight(page) - (_weight(old) if old else 0)
            while self.size > self.limit:
                self.size -= _weight(self._pages.popitem(last=False)[1])


class Shared:
    """L2 in Valkey, with a budget: a crawler must not fill what the queues need."""

    def __init__(self) -> None:
        self._left, self._at = float(SHARED_BURST), time.monotonic()

    def get(self, key: Key) -> Page | None:
        name = self.name(key)
        kept = valkey.ask(lambda server: cast(bytes | None, server.get(name)), otherwise=None)
        if kept is None:
            return None
        length = int.from_bytes(kept[:4], "big")
        etag, headers = json.loads(kept[4 : 4 + length])
        until = time.monotonic() + KEEP_SECONDS
        return Page([(name, value) for name, value in headers], kept[4 + length :], etag, until)

    def put(self, key: Key, page: Page) -> None:
        head = json.dumps([page.etag, page.headers]).encode()
        kept = len(head).to_bytes(4, "big") + head + page.body
        moment = time.monotonic()
        grown = self._left + (moment - self._at) * SHARED_BYTES_PER_SECOND
        self._left, self._at = min(float(SHARED_BURST), grown), moment
        if len(kept) > self._left:
            return
        self._left -= len(kept)
        name = self.name(key)
        valkey.ask(lambda server: server.set(name, kept, ex=KEEP_SECONDS), otherwise=None)

    @staticmethod
    def name(key: Key) -> str:
        digest = hashlib.blake2b("\0".join(map(str, key)).encode(), digest_size=16).hexdigest()
        return f"{valkey.PREFIX}page:{digest}"


class PageCache:
    """The WSGI application around Django's."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.memory = Memory()
        self.shared = Shared()
        self._kinds: set[str] = set()  # first parts of paths under which public pages were seen
        self._at_work: dict[Key, Event] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self._pass_on(environ, start_response)
        key = key_of(environ) if settings.PAGE_CACHE else None
        if key is None:
            return self._pass_on(environ, start_response)
        page = self.memory.get(key)
        if page is not None:
            metrics.PAGE_HITS.inc()
            return _answer(page, environ, start_response, new_request_id())
        if _kind(key[3]) not in self._kinds:
            # Not known to be public: its parameters are left as they came (they may be signed).
            same = environ.get("QUERY_STRING", "") == key[4]
            return self._pass_on(environ, start_response, key if same else None)
        environ["QUERY_STRING"] = key[4]
        return self._find_or_make(key, environ, start_response)

    def _find_or_make(
        self, key: Key, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """From L2, or rendered once: whoever asks for the same page meanwhile waits for it."""
        with self._lock:
            working = self._at_work.get(key)
            if working is None:
                self._at_work[key] = mine = Event()
        if working is not None:
            working.wait(2.0)
            page = self.memory.get(key)
        else:
            page = None
        try:
            page = page or self.shared.get(key)
            if page is None:
                return self._pass_on(environ, start_response, key)
            metrics.PAGE_HITS.inc()
            self.memory.put(key, page)
            return _answer(page, environ, start_response, new_request_id())
        finally:
            if working is None:
                with self._lock:
                    del self._at_work[key]
                mine.set()

    def _pass_on(
        self, environ: Environ, start_response: Callable[..., Any], key: Key | None = None
    ) -> Iterable[bytes]:
        """Ask Django; a page marked as public is compressed, tagged, and kept under `key`."""
        said: list[tuple[str, Headers]] = []

        def listen(status: str, headers: Headers, exc_info: object = None) -> None:
            said.append((status, headers))

        answer = self.application(environ, listen)
        status, headers = said[-1]
        if not any(name == MARK for name, _value in headers):
            start_response(status, headers)
            return answer
        if not status.startswith("200") or _is_personal(headers, environ):
            start_response(status, _unshared(headers))
            return answer
        self._learn(environ)
        page = _made(headers, _whole(answer), chosen_encoding(environ))
        if key is not None and len(page.body) <= LARGEST_PAGE:
            metrics.PAGE_MISSES.inc()
            self.memory.put(key, page)
            self.shared.put(key, page)
        request_id = next((value for name, value in headers if name == "X-Request-ID"), "")
        return _answer(page, environ, start_response, request_id or new_request_id())

    def _learn(self, environ: Environ) -> None:
        if len(self._kinds) < 200:
            self._kinds.add(_kind(environ.get("PATH_INFO", "/")))


def key_of(environ: Environ) -> Key | None:
    """What decides about a public page; None where nothing may be kept."""
    host = environ.get("HTTP_HOST", "")
    query = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or not is_our_host(host):
        return None
    scheme = environ["wsgi.url_scheme"]
    if settings.TRUSTED_PROXIES:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
    path = environ.get("PATH_INFO", "/")
    encoding = accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return versions.catalog_version(), scheme, host, path, normalised(query), encoding


@lru_cache(maxsize=256)
def is_our_host(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


@lru_cache(maxsize=4096)
def normalised(query: str) -> str:
    """Parameters in one order, without those that only follow people around."""
    parts = [part for part in query.split("&") if part and not part.startswith(TRACKING)]
    return "&".join(sorted(parts, key=lambda part: unquote_plus(part.partition("=")[0])))


def chosen_encoding(environ: Environ) -> str:
    return accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=512)
def accepted(header: str) -> str:
    """The best encoding that the client takes: br, gzip, or none."""
    taken = set()
    for part in header.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return "br" if "br" in taken else "gzip" if "gzip" in taken else ""


def new_request_id() -> str:
    return os.urandom(8).hex()


def _kind(path: str) -> str:
    """The first part of a path, after the language: /en/san-pham/x-1 is a san-pham."""
    if path.startswith(ENGLISH + "/"):
        path = path[len(ENGLISH) :]
    return path[1:].partition("/")[0]


def _made(headers: Headers, body: bytes, encoding: str) -> Page:
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    etag = f'"{digest}-{encoding}"'
    left_out = {MARK, "X-Request-ID", "Content-Length", "ETag", "Vary"}
    kept = [(name, value) for name, value in headers if name not in left_out]
    if encoding == "br":
        body = brotli.compress(body, quality=BROTLI_LEVEL, mode=brotli.MODE_TEXT)
    elif encoding == "gzip":
        body = gzip.compress(body, compresslevel=6, mtime=0)
    kept += [("Vary", "Accept-Encoding"), ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        kept.append(("Content-Encoding", encoding))
    return Page(kept, body, etag, time.monotonic() + KEEP_SECONDS)


def _answer(
    page: Page, environ: Environ, start_response: Callable[..., Any], request_id: str
) -> Iterable[bytes]:
    own = ("X-Request-ID", request_id)
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        short = [one for one in page.headers if one[0] in ("ETag", "Cache-Control", "Vary")]
        start_response("304 Not Modified", [*short, own])
        return []
    start_response("200 OK", [*page.headers, own])
    return [page.body] if environ["REQUEST_METHOD"] == "GET" else []


def _is_personal(headers: Headers, environ: Environ) -> bool:
    """A public page never sets a cookie nor depends on one; one that does is a fault of ours."""
    personal = any(
        name == "Set-Cookie" or (name == "Vary" and "cookie" in value.lower())
        for name, value in headers
    )
    if personal:
        log.error("public_page_is_personal", path=environ.get("PATH_INFO", ""))
    return personal


def _unshared(headers: Headers) -> Headers:
    """The same without the mark and without leave to keep it."""
    kept = [(name, value) for name, value in headers if name not in (MARK, "Cache-Control")]
    return [*kept, ("Cache-Control", "private, no-store")]


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def _weight(page: Page) -> int:
    return len(page.body) + 2_000
