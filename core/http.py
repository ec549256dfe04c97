"""The one way out to other servers: guarded, limited in time and size, and counted per party.

Every call resolves its host once, refuses addresses that are not of the public internet (but for
`settings.OUTGOING_ALLOWED_PRIVATE`, the demo's simulators), and connects to exactly the address it
checked, with the host's name in TLS and the Host header. Redirects are answers, never followed.
"""

import random
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from urllib.parse import SplitResult, urlsplit

import structlog
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as CallTimeout
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from core import addresses, breaker, metrics
from core.errors import ProviderError

MAX_BODY = 5 * 1024 * 1024
PORTS = {"http": 80, "https": 443}
LONGEST_PAUSE = 3.0
AGENT = "nong-san/1"
FAILURES = (HTTPError, HTTPException, OSError, ValueError, zlib.error)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of an outside party, whatever its status; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    timeout: tuple[float, float]


def request(  # noqa: PLR0913 (all that there is to say about one call)
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: tuple[float, float] = (3.05, 8.0),
    party: str,
    retries: int = 0,
) -> Response:
    """One call to `party`; `timeout` is (to connect, for the whole answer) in seconds.

    Any status is an answer: what it means the adapter knows. `retries` says how often a call that
    failed, or was answered 5xx, may be repeated: give it only where twice is safe. Raises
    ProviderError: retryable `unreachable`, `timeout`, `tls_failed` and `breaker_open`; for good
    `address_refused` and `answer_too_large`.
    """
    call = _Call(method.upper(), url, headers or {}, body, timeout)
    for tried in range(retries + 1):
        last = tried == retries
        try:
            response = breaker.guarded(
                party, lambda: _counted(call, party), failed=lambda answer: answer.status >= 500
            )
        except ProviderError as error:
            if last or not error.retryable or error.code == "breaker_open":
                raise
        else:
            if last or response.status < 500:
                return response
        time.sleep(_pause(tried))
    raise AssertionError("unreachable")


def _pause(tried: int) -> float:
    return random.uniform(0.5, 1.0) * min(LONGEST_PAUSE, 0.3 * 2.0**tried)  # noqa: S311 (no secret)


def _counted(call: _Call, party: str) -> Response:
    started = time.perf_counter()
    outcome = "failed"
    try:
        response = _send(call)
        outcome = f"{response.status // 100}xx"
    except ProviderError as error:
        outcome = error.code
        log.warning("outgoing_failed", party=party, code=error.code)
        raise
    finally:
        metrics.OUTGOING.labels(party, outcome).inc()
        metrics.OUTGOING_SECONDS.labels(party).observe(time.perf_counter() - started)
    return response


def _send(call: _Call) -> Response:
    """Connect to a checked address, send, and read within the limits."""
    parts, host, port = _target(call.url)
    connection = _connected(parts.scheme, host, port, call.timeout[0])
    late, line = threading.Event(), connection.sock  # which http.client lets go of early

    def cut() -> None:
        late.set()
        _shut(line)

    # A socket's time limit counts from packet to packet; this one counts the whole answer.
    watch = threading.Timer(call.timeout[1], cut)
    watch.daemon = True
    watch.start()
    try:
        answer = _exchange(connection, call, parts)
    except FAILURES as error:
        raise _translated(error, is_late=late.is_set()) from error
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():
        raise ProviderError("timeout")
    return answer


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        log.debug("already_closed")


def _exchange(connection: HTTPConnection, call: _Call, parts: SplitResult) -> Response:
    connection.sock.settimeout(call.timeout[1])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    ours = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    connection.request(
        call.method,
        path,
        body=call.body,
        headers={**ours, **call.headers, "Host": parts.netloc, "Connection": "close"},
        preload_content=False,
        decode_content=False,
    )
    answer = connection.getresponse()
    kept = {name.lower(): value for name, value in answer.headers.items()}
    return Response(answer.status, kept, _body(answer, kept.get("content-encoding", "")))


def _body(answer: BaseHTTPResponse, encoding: str) -> bytes:
    chunks, size = [], 0
    while chunk := answer.read(65_536, decode_content=False):
        size += len(chunk)
        if size > MAX_BODY:
            raise ProviderError("answer_too_large", retryable=False)
        chunks.append(chunk)
    body = b"".join(chunks)
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        return body
    unpacker = zlib.decompressobj(31)  # some answer so although we asked for plain bytes
    body = unpacker.decompress(body, MAX_BODY)
    if unpacker.unconsumed_tail:
        raise ProviderError("answer_too_large", retryable=False)
    return body


def _target(url: str) -> tuple[SplitResult, str, int]:
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host or not port or parts.username is not None:
        raise _refused(host)
    if port not in PORTS.values() and not _is_let_in(host):
        raise _refused(host)
    return parts, host, port


def _connected(scheme: str, host: str, port: int, seconds: float) -> HTTPConnection:
    """A connection to the first address that answers; all of them must be allowed."""
    try:
        found = addresses.resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise ProviderError("unreachable") from error
    if not _is_let_in(host) and not all(addresses.is_public(address) for address in found):
        raise _refused(host)
    failure = ProviderError("unreachable")
    for address in found[:3]:
        connection = _connection(scheme, host, (address, port), seconds)
        try:
            connection.connect()
        except FAILURES as error:
            connection.close()
            failure = _translated(error, is_late=False)
        else:
            return connection
    raise failure


def _connection(scheme: str, host: str, at: tuple[str, int], seconds: float) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(*at, timeout=seconds)
    return HTTPSConnection(
        *at, timeout=seconds, ssl_context=_tls(), server_hostname=host, assert_hostname=host
    )


def _is_let_in(host: str) -> bool:
    return host in settings.OUTGOING_ALLOWED_PRIVATE


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _refused(what: str) -> ProviderError:
    log.warning("outgoing_refused", target=what[:200])
    return ProviderError("address_refused", retryable=False)


def _translated(error: Exception, *, is_late: bool) -> ProviderError:
    if isinstance(error, ssl.SSLError | SSLError | CertificateError):
        return ProviderError("tls_failed")
    if isinstance(error, NewConnectionError):  # which urllib3 calls a kind of time-out
        return ProviderError("unreachable")
    if is_late or isinstance(error, TimeoutError | CallTimeout):
        return ProviderError("timeout")
    return ProviderError("unreachable")
