import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from marketplace import checks
from notifications.models import Message
from web.dev import mailbox

CLONE = Path(checks.__file__).resolve().parent.parent
KEY = "k9#f2!" * 10 + "xyzuvw"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def production(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A market that may go live."""
    settings.MODE, settings.DEMO, settings.DEBUG = "production", False, False
    settings.SECRET_KEY = KEY
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    settings.ALLOWED_HOSTS = ["cho.example"]
    settings.PUBLIC_URL = "https://cho.example"
    settings.OUTGOING_ALLOWED_PRIVATE = []
    settings.PROTECTIONS_OFF = frozenset()
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@127.0.0.1:9/x")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:9/0")


def told() -> list[str]:
    with translation.override("en"):
        return checks.unsafe()


def test_a_market_with_everything_set_may_start() -> None:
    assert told() == []
    assert checks.deploy_check(None) == []
    checks.refuse_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MODE", "prod", "MODE is “prod”; it must be demo or production."),
        ("SECRET_KEY", "short", "SECRET_KEY must be set to at least 50 random characters."),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY must be set to at least 50 random characters."),
        ("FIELD_KEYS", [], "FIELD_KEYS must hold at least one key to encrypt secrets with."),
        (
            "FIELD_KEYS",
            ["nonsense"],
            "A key in FIELD_KEYS can't be used; make one with Fernet.generate_key().",
        ),
        ("ALLOWED_HOSTS", ["localhost"], "ALLOWED_HOSTS must name the market's own host."),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS must not allow every host."),
        ("PUBLIC_URL", "http://cho.example", "PUBLIC_URL must begin with https://."),
        (
            "OUTGOING_ALLOWED_PRIVATE",
            ["127.0.0.1"],
            "OUTGOING_ALLOWED_PRIVATE is for the demo; it must be empty.",
        ),
        (
            "PROTECTIONS_OFF",
            frozenset({"stock"}),
            "PROTECTIONS_OFF is for the tests; it must be empty.",
        ),
        ("DEBUG", True, "DEBUG must be off."),
    ],
)
def test_each_unsafe_setting_is_named(
    settings: Settings, name: str, value: object, sentence: str
) -> None:
    setattr(settings, name, value)
    assert told() == [sentence]
    with pytest.raises(SystemExit):
        checks.refuse_unsafe()


def test_the_key_of_the_demo_is_refused(settings: Settings) -> None:
    settings.SECRET_KEY = settings.DEMO_KEY
    assert told() == ["SECRET_KEY must be set to at least 50 random characters."]


def test_servers_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert told() == ["DATABASE_URL must be set."]


def test_demo_accounts_in_the_database_are_refused() -> None:
    User.objects.create_user(email="an@example.com")
    assert told() == []
    User.objects.create_user(email="demo@example.com", is_demo=True)
    assert told() == [
        "The database holds demo accounts with known passwords. Use a database of its own."
    ]


def test_without_a_database_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**filters: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(User.objects, "filter", fail)
    assert told() == ["The database doesn't answer, or isn't migrated; start it, then the market."]


@pytest.mark.parametrize(
    ("bind", "fine"),
    [
        ("127.0.0.1:8000", True),
        ("localhost:80", True),
        ("[::1]:80", True),
        ("unix:/run/market.sock", True),
        ("0.0.0.0:8000", False),
        (":8000", False),
        ("cho.example:8000", False),
    ],
)
def test_the_demo_listens_at_home_only(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    bind: str,
    fine: bool,  # noqa: FBT001
) -> None:
    settings.MODE, settings.DEMO = "demo", True
    settings.SECRET_KEY = settings.DEMO_KEY
    monkeypatch.setenv("BIND", bind)
    assert (told() == []) is fine


def start(*command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    """What a process of a market in production says and ends with."""
    return subprocess.run(  # noqa: S603
        [sys.executable, *command],
        cwd=CLONE,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "marketplace.settings", "MODE": "production"}
        | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


CELERY = ("-m", "celery", "-A", "marketplace.celery")


@pytest.mark.parametrize(
    "command",
    [
        ("-c", "import marketplace.wsgi"),
        (*CELERY, "worker", "-P", "solo"),
        (*CELERY, "beat", "--pidfile=", "-s", "{folder}/beat"),  # it may delete that file
    ],
    ids=["web", "worker", "beat"],
)
@pytest.mark.parametrize("key", ["", settings.DEMO_KEY], ids=["no key", "the demo's key"])
def test_no_process_of_an_unsafe_market_starts(
    command: tuple[str, ...], key: str, tmp_path: Path
) -> None:
    run = start(*(part.replace("{folder}", str(tmp_path)) for part in command), SECRET_KEY=key)
    assert run.returncode == 3
    assert "✗ Cần đặt SECRET_KEY gồm ít nhất 50 ký tự ngẫu nhiên." in run.stderr
    assert "Traceback" not in run.stderr


def test_the_mailbox_is_a_missing_page_outside_the_demo(rf: RequestFactory) -> None:
    """Even where its addresses are known."""
    sent = Message.objects.create(way="sms", to="+84912345678", body="123456", dedupe_key="k")
    with pytest.raises(Http404):
        mailbox.mailbox(rf.get("/dev/mailbox/"))
    with pytest.raises(Http404):
        mailbox.message(rf.get(f"/dev/mailbox/{sent.pk}/"), pk=sent.pk)


def test_production_has_no_address_for_the_mailbox() -> None:
    run = start(
        "-c",
        "from django import setup; setup(); from marketplace import urls; "
        "print(sorted(str(p.pattern) for p in urls.urlpatterns if 'dev' in str(p.pattern)))",
        SECRET_KEY=KEY,
    )
    assert (run.stdout, run.returncode) == ("[]\n", 0), run.stderr
