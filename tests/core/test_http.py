import random
import secrets
import socket
import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from core import addresses, http
from core.errors import ProviderError
from tests.core.listener import Party, party

Info = list[tuple[int, int, int, str, tuple[str, int]]]


@pytest.fixture
def server() -> Iterator[Party]:
    with party() as running:
        yield running


@pytest.fixture
def name() -> str:
    """A party of this test only, so that breakers don't meet."""
    return f"test-{secrets.token_hex(6)}"


def fails(url: str, name: str, *, timeout: tuple[float, float] = (1.0, 1.0)) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        http.request("GET", url, party=name, timeout=timeout)
    return caught.value


def test_a_call_sends_what_was_asked_and_returns_any_status(server: Party, name: str) -> None:
    answer = http.request(
        "POST", server.url("/plain?a=1&b=%C4%91"), headers={"X-Token": "t"}, body=b"{}", party=name
    )
    assert (answer.status, answer.headers["x-kind"], answer.body) == (200, "Plain", b"hello")
    method, path, headers, body = server.seen[0]
    assert (method, path, body) == ("POST", "/plain?a=1&b=%C4%91", b"{}")
    assert (headers["x-token"], headers["host"]) == ("t", f"127.0.0.1:{server.port}")
    assert http.request("GET", server.url("/missing"), party=name).status == 404


def test_redirects_are_answers(server: Party, name: str) -> None:
    answer = http.request("GET", server.url("/moved"), party=name)
    assert (answer.status, answer.headers["location"]) == (302, "http://169.254.169.254/latest/")
    assert len(server.seen) == 1


def test_a_private_address_is_refused_before_anything_is_sent(
    server: Party, name: str, settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED_PRIVATE = []
    error = fails(server.url(), name)
    assert (error.code, error.retryable) == ("address_refused", False)
    assert server.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/",
        "http:///x",
        "http://example.com:22/",
        "http://example.com:99999/",
        "http://user:pw@example.com/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://224.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
    ],
)
def test_addresses_at_home_and_odd_ports_are_refused(
    url: str, name: str, settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED_PRIVATE = []
    assert fails(url, name).code == "address_refused"


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert addresses.is_public(address) is True


def answers(*found: str) -> Info:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in found]


def test_a_name_with_one_private_address_among_others_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: answers("8.8.8.8", "10.0.0.1"))
    assert fails("http://partner.example/", name).code == "address_refused"


def test_the_name_is_resolved_once_and_the_connection_goes_to_what_was_checked(
    server: Party, name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTGOING_ALLOWED_PRIVATE = ["partner.example"]
    asked: list[str] = []
    real = socket.getaddrinfo

    def turncoat(host: str, port: int, *args: int, **more: int) -> object:
        if host != "partner.example":
            return real(host, port, *args, **more)
        asked.append(host)
        return answers("127.0.0.1" if len(asked) == 1 else "127.0.0.9")

    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    url = f"http://partner.example:{server.port}/"
    assert http.request("GET", url, party=name).status == 200
    assert asked == ["partner.example"]
    assert server.seen[0][2]["host"] == f"partner.example:{server.port}"


@pytest.mark.parametrize("path", ["/dripping", "/dripping_headers", "/silent"])
def test_the_whole_answer_has_a_time_limit(server: Party, name: str, path: str) -> None:
    started = time.monotonic()
    error = fails(server.url(path), name, timeout=(1.0, 0.4))
    assert (error.code, error.retryable) == ("timeout", True)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("path", ["/endless", "/bomb"])
def test_an_answer_over_five_megabytes_is_refused(server: Party, name: str, path: str) -> None:
    error = fails(server.url(path), name, timeout=(1.0, 30.0))
    assert (error.code, error.retryable) == ("answer_too_large", False)


@pytest.mark.parametrize("path", ["/garbage", "/cut"])
def test_half_and_broken_answers_are_failures(server: Party, name: str, path: str) -> None:
    assert fails(server.url(path), name).code == "unreachable"


def test_packed_answers_are_unpacked(server: Party, name: str) -> None:
    assert http.request("GET", server.url("/packed"), party=name).body == b"hello"


def test_nobody_listening_is_retryable(name: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = fails(f"http://127.0.0.1:{taken.getsockname()[1]}/", name)
    assert (error.code, error.retryable) == ("unreachable", True)


def test_retries_happen_only_when_told(server: Party, name: str) -> None:
    server.fail_first = 2
    assert http.request("POST", server.url(), party=name).status == 503
    assert len(server.seen) == 1
    assert http.request("POST", server.url(), party=name, retries=2).status == 200
    assert len(server.seen) == 3


def test_the_last_answer_stands_when_retries_do_not_help(server: Party, name: str) -> None:
    assert http.request("GET", server.url("/broken"), party=name, retries=1).status == 500
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("tried", "longest"), [(0, 0.3), (1, 0.6), (2, 1.2), (3, 2.4), (4, 3.0), (30, 3.0)]
)
def test_pauses_double_up_to_three_seconds_and_are_never_all_the_same(
    tried: int, longest: float
) -> None:
    drawn = {http._pause(tried) for _ in range(200)}
    assert longest / 2 <= min(drawn) < max(drawn) <= longest
    assert max(drawn) - min(drawn) > longest / 4


def test_a_retry_waits_its_pause(server: Party, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    assert http.request("GET", server.url("/broken"), party=name, retries=2).status == 500
    assert slept == [0.3, 0.6]


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = cert.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "cert.pem").write_bytes(pem + secret)
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(folder / "cert.pem")
    return there, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(
    ("asked", "outcome"), [("partner.example", "200"), ("other.example", "tls_failed")]
)
def test_tls_is_checked_against_the_name_and_not_the_address(
    asked: str,
    outcome: str,
    tmp_path: Path,
    name: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.OUTGOING_ALLOWED_PRIVATE = [asked]
    there, here = certificate(tmp_path, "partner.example")
    monkeypatch.setattr(http, "_tls", lambda: here)
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["127.0.0.1"])
    with party(there) as server:
        url = f"https://{asked}:{server.port}/"
        try:
            told = str(http.request("GET", url, party=name).status)
        except ProviderError as error:
            told = error.code
    assert told == outcome


def test_an_unknown_authority_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED_PRIVATE = ["partner.example"]
    there, _here = certificate(tmp_path, "partner.example")
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["127.0.0.1"])
    with party(there) as server:
        assert fails(f"https://partner.example:{server.port}/", name).code == "tls_failed"
