"""What must not go live: `MODE=production` doesn't start with any of it.

The same list stands in `manage.py check --deploy`.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import User

MODES = ("demo", "production")
LEAST_KEY = 50
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def refuse_unsafe() -> None:
    """Called when the web server loads the application; ends the process with plain sentences."""
    found = unsafe()
    if found:
        sys.stderr.write("".join(f"✗ {line}\n" for line in found))
        raise SystemExit(3)


def deploy_check(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """The same for Django's own command; the demo has nothing to be told there."""
    return [] if settings.DEMO else [Error(line, id="market.E001") for line in unsafe()]


def unsafe() -> list[str]:
    """What is wrong, one sentence each; empty when the market may start."""
    if settings.MODE not in MODES:
        return [_("MODE is “%(mode)s”; it must be demo or production.") % {"mode": settings.MODE}]
    checks = DEMO_CHECKS if settings.DEMO else PRODUCTION_CHECKS
    return [line for check in checks for line in check()]


def _demo_stays_home() -> Iterator[str]:
    bind = os.environ.get("BIND", "127.0.0.1:8000")
    if not bind.startswith("unix:") and bind.rpartition(":")[0] not in LOOPBACK:
        yield _("The demo has known passwords, so it may only listen on 127.0.0.1 (see BIND).")


def _secret_key() -> Iterator[str]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if key == settings.DEMO_KEY or len(key) < LEAST_KEY or len(set(key)) < 8:
        yield _("SECRET_KEY must be set to at least 50 random characters.")


def _field_keys() -> Iterator[str]:
    if not settings.FIELD_KEYS:
        yield _("FIELD_KEYS must hold at least one key to encrypt secrets with.")
    try:
        for key in settings.FIELD_KEYS:
            Fernet(key)
    except ValueError:
        yield _("A key in FIELD_KEYS can't be used; make one with Fernet.generate_key().")


def _addresses() -> Iterator[str]:
    hosts = set(settings.ALLOWED_HOSTS)
    if not hosts - LOOPBACK:
        yield _("ALLOWED_HOSTS must name the market's own host.")
    if "*" in hosts:
        yield _("ALLOWED_HOSTS must not allow every host.")
    if not settings.PUBLIC_URL.startswith("https://"):
        yield _("PUBLIC_URL must begin with https://.")


def _switches() -> Iterator[str]:
    if settings.OUTGOING_ALLOWED_PRIVATE:
        yield _("OUTGOING_ALLOWED_PRIVATE is for the demo; it must be empty.")
    if settings.PROTECTIONS_OFF:
        yield _("PROTECTIONS_OFF is for the tests; it must be empty.")
    if settings.DEBUG:
        yield _("DEBUG must be off.")


def _servers() -> Iterator[str]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not os.environ.get(name):
            yield _("%(name)s must be set.") % {"name": name}


def _demo_accounts() -> Iterator[str]:
    try:
        found = User.objects.filter(is_demo=True, is_active=True).exists()
    except DatabaseError:
        yield _("The database doesn't answer, or isn't migrated; start it, then the market.")
        return
    if found:
        yield _("The database holds demo accounts with known passwords. Use a database of its own.")


DEMO_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (_demo_stays_home,)
PRODUCTION_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    _secret_key,
    _field_keys,
    _addresses,
    _switches,
    _servers,
    _demo_accounts,
)
