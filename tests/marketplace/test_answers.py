"""What every answer carries, whatever page it is."""

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
import structlog
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from pytest_django import Settings

from core.errors import NotAllowed, ProviderError, TooMany
from marketplace import urls
from marketplace.middleware import request_context

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self' data:; manifest-src 'self'; object-src 'none'; script-src 'self'; "
    "style-src 'self'; worker-src 'self'"
)


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>fine</p>" * 100)


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": "/fine"})


def raises(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> NoReturn:
        raise error

    return view


urlpatterns = [
    path("fine", fine, name="fine"),
    path("moved", moved),
    path("forbidden", raises(PermissionDenied())),
    path("broken", raises(KeyError("bug"))),
    path("away", raises(OperationalError("no connection")), name="away"),
    path("not-allowed", raises(NotAllowed())),
    path("too-many", raises(TooMany(retry_after=42))),
    path("provider", raises(ProviderError(retry_after=7))),
    *urls.urlpatterns,
]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__, WHITENOISE_USE_FINDERS=True):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/fine", 200),
        ("/moved", 302),
        ("/forbidden", 403),
        ("/not-allowed", 403),
        ("/nothing/here", 404),
        ("/too-many", 429),
        ("/broken", 500),
        ("/away", 503),
        ("/provider", 503),
        ("/static/css/tokens.css", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_every_answer_has_its_security_headers_and_a_request_id(
    client: Client, address: str, status: int
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    policy = "; ".join(sorted(answer.headers["Content-Security-Policy"].split("; ")))
    assert policy == "; ".join(sorted(POLICY.split("; ")))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert len(answer.headers["X-Request-ID"]) == 16


def test_each_answer_has_another_request_id_and_the_error_page_reads_it_out(
    client: Client,
) -> None:
    first, second = client.get("/broken"), client.get("/broken")
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert first.headers["X-Request-ID"] in first.content.decode()


def test_production_answers_with_strict_transport_security(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client().get("/fine", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_database_that_is_away_gets_a_page_that_says_when_to_come_back(client: Client) -> None:
    answer = client.get("/en/away")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "The market is taking a short break" in answer.content.decode()


def test_a_database_that_fails_outside_a_view_gets_the_same_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> NoReturn:
        raise OperationalError("no connection")

    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request", fail
    )
    answer = Client(raise_request_exception=False).get("/fine")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Content-Security-Policy" in answer.headers


def test_waiting_times_are_said_in_the_header(client: Client) -> None:
    assert client.get("/too-many").headers["Retry-After"] == "42"
    assert client.get("/provider").headers["Retry-After"] == "7"


def test_programs_get_problems_as_json(client: Client) -> None:
    answer = client.get("/api/nothing/here")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_foreign_host_is_refused_before_anything_is_rendered(client: Client) -> None:
    assert client.get("/fine", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_dynamic_pages_are_compressed_and_padded(client: Client) -> None:
    sizes = {
        len(client.get("/fine", headers={"Accept-Encoding": "gzip"}).content) for _ in range(20)
    }
    assert len(sizes) > 1  # the length gives no secret away
    assert max(sizes) < 300


def test_slow_and_failed_answers_are_always_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_context, "SAMPLE", 0.0)
    with structlog.testing.capture_logs() as lines:
        client.get("/fine")
        client.get("/away")
    told = [line for line in lines if line["event"] == "answered"]
    assert [(line["path"], line["status"], line["view"]) for line in told] == [
        ("/away", 503, "away")
    ]


def test_pages_link_the_theme_only_where_there_is_one(client: Client, settings: Settings) -> None:
    assert "/theme.css" not in client.get("/nothing/here").content.decode()
    settings.THEME = {"earth": "#123456"}
    assert '<link rel="stylesheet" href="/theme.css">' in client.get("/nothing").content.decode()
