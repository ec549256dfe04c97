"""Health, metrics, theme, media and what crawlers ask for."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from pytest_django import Settings

from core import breaker, clock, outbox, pictures, relay, tasks, valkey
from core.models import OutboxDelivery, OutboxEntry
from tests.core import samples
from web.platform import health, metrics, theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker_is_there() -> None:
    tasks.relay_outbox()


def checks(client: Client) -> tuple[int, str, dict[str, str]]:
    answer = client.get("/readyz")
    told = answer.json()
    unwell = {name: said for name, said in told["checks"].items() if said != "ok"}
    return answer.status_code, told["status"], unwell


def test_the_process_says_that_it_lives(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_healthy_market_is_ready(client: Client) -> None:
    assert checks(client) == (200, "ok", {})


def test_without_a_database_it_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(health, "connection", type("Gone", (), {"cursor": fail})())
    status, told, unwell = checks(client)
    assert (status, told) == (503, "down")
    assert unwell["database"] == "the database does not answer"


def test_with_missing_migrations_it_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_applied", [])
    with connection.cursor() as cursor:
        newest = "SELECT max(name) FROM django_migrations WHERE app = 'core'"
        cursor.execute(f"DELETE FROM django_migrations WHERE app = 'core' AND name = ({newest})")  # noqa: S608
    assert checks(client) == (503, "down", {"migrations": "migrations are missing"})


def test_a_full_disk_is_down_and_a_nearly_full_one_degraded(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_free_disk", lambda: 100 * 1024 * 1024)
    assert checks(client) == (200, "degraded", {"disk_ahead": "only 100 MB left on the disk"})
    monkeypatch.setattr(health, "_free_disk", lambda: 1024)
    assert checks(client)[0] == 503


def test_without_valkey_or_worker_it_is_degraded(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    valkey.client().delete(tasks.HEARTBEAT)
    no_worker = {"worker": "no worker was seen within a minute"}
    assert checks(client) == (200, "degraded", no_worker)
    monkeypatch.setattr(valkey, "is_up", lambda: False)
    assert checks(client) == (
        200,
        "degraded",
        no_worker | {"valkey": "Valkey does not answer"},
    )


def test_an_outbox_that_stands_still_is_degraded(client: Client) -> None:
    with transaction.atomic():
        outbox.emit("nobody", key="a")
    assert checks(client) == (200, "ok", {})
    OutboxEntry.objects.update(created_at=clock.now() - timedelta(minutes=11))
    assert checks(client)[2] == {"outbox": "entries have waited for over ten minutes"}


def test_metrics_are_for_this_machine_and_for_those_with_the_token(
    client: Client, settings: Settings
) -> None:
    assert client.get("/metrics", headers={"Host": "localhost"}).status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="8.8.8.8").status_code == 404
    proxied = {"Host": "cho.example", "X-Forwarded-For": "8.8.8.8"}
    settings.ALLOWED_HOSTS = ["cho.example"]
    assert client.get("/metrics", headers=proxied).status_code == 404
    assert client.get("/metrics", headers={"Host": "cho.example"}).status_code == 404
    bearer = {"Host": "cho.example", "Authorization": "Bearer s3cret"}
    assert client.get("/metrics", headers=bearer).status_code == 404
    settings.METRICS_TOKEN = "s3cret"
    assert client.get("/metrics", headers=bearer).status_code == 200
    wrong = bearer | {"Authorization": "Bearer other"}
    assert client.get("/metrics", headers=wrong).status_code == 404


def test_metrics_tell_of_requests_queues_and_breakers(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTBOX_SUBSCRIBERS = {"x": ("tests.core.told.gone",)}
    monkeypatch.setattr(breaker, "states", lambda: {"carrier": True})
    with transaction.atomic():
        outbox.emit("x", key="a")
        outbox.emit("x", key="b")
    relay.fan_out()
    OutboxDelivery.objects.filter(key="a").update(state="parked")
    client.get("/healthz")
    text = client.get("/metrics", headers={"Host": "localhost"}).content.decode()
    assert "market_outbox_waiting 1.0" in text
    assert "market_outbox_parked 1.0" in text
    assert "market_cases_open 0.0" in text
    assert "market_worker_seen 1.0" in text
    assert 'market_breaker_open{party="carrier"} 1.0' in text
    assert 'market_request_seconds_count{status="200",view="platform:healthz"}' in text


@pytest.mark.parametrize(
    ("address", "allowed"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("", False)]
)
def test_only_loopback_is_this_machine(address: str, allowed: bool) -> None:  # noqa: FBT001
    request = RequestFactory().get("/metrics", REMOTE_ADDR=address, HTTP_HOST="localhost:8000")
    assert metrics.is_allowed(request) is allowed


def test_the_theme_is_made_of_names_and_colours_only(client: Client, settings: Settings) -> None:
    settings.THEME = {
        "earth": "#123456",
        "leaf": "red; } body { display: none",
        "x}y": "#fff",
        "dark": {"earth": "#abc"},
    }
    answer = client.get("/theme.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.content.decode() == (
        ":root { --earth: #123456; }\n"
        "@media (prefers-color-scheme: dark) { :root { --earth: #abc; }\n }\n"
    )
    again = client.get("/theme.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_without_colours_of_its_own_the_theme_is_empty() -> None:
    assert theme.stylesheet() == ""


@pytest.fixture
def picture_token(settings: Settings, tmp_path: Path) -> str:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": backend,
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "private": {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "private")}},
    }
    settings.SERVE_MEDIA = True
    picture = pictures.from_bytes(samples.photo(), wake_worker=False)
    pictures.render_now(picture)
    return picture.token


def test_renditions_are_sent_to_be_kept_for_ever(
    client: Client, picture_token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.platform.media.JUST_WRITTEN", -1.0)
    answer = client.get(pictures.url(picture_token, 480))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]


def test_a_width_that_is_not_made_yet_shows_the_first_one_for_a_while(
    client: Client, picture_token: str
) -> None:
    answer = client.get(pictures.url(picture_token, 960, "avif"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize(
    "address",
    [
        "/media/ab/abcdef-480.webp",
        "/media/../private/x-480.webp",
        "/media/ab/abcdef-480.svg",
        "/media/ab/abcdef-480.webp/x",
        "/media/",
    ],
)
def test_other_media_addresses_are_missing(
    client: Client, picture_token: str, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_media_is_left_to_the_proxy_where_there_is_one(
    client: Client, picture_token: str, settings: Settings
) -> None:
    settings.SERVE_MEDIA = False
    assert client.get(pictures.url(picture_token, 480)).status_code == 404


def test_crawlers_are_told_what_is_not_for_them(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /gio\n" in text
    assert "Disallow: /en/dat-hang\n" in text
    assert "Disallow: /san-pham" not in text


def test_the_icon_that_browsers_ask_for_is_there(client: Client) -> None:
    assert client.get("/favicon.ico").status_code == 301
