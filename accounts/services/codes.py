"""One-time codes: six digits that prove somebody can read a phone or a mailbox."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.errors import CodeEnded, TooManyCodes, WrongCode
from accounts.models import OneTimeCode
from accounts.waits import spoken_wait
from core import cases, clock, limits, outbox
from core.errors import TooMany

LIFETIME = timedelta(minutes=10)
TRIES = 5
HOUR = 3600
# A silent code belongs to nobody: it is counted like any other, never sent, and never fits.
_SILENT = "silent:"


@dataclass(frozen=True, slots=True)
class CodeLimit:
    """How often one number may be sent a code for one purpose."""

    per_day: int
    apart: timedelta


_USUAL = CodeLimit(per_day=5, apart=timedelta(minutes=1))
# A second step comes after a right password, and staff sign in several times a day.
_LIMITS = {"sign_in": CodeLimit(per_day=40, apart=timedelta(0))}


def issue_code(
    *, purpose: str, target: str, subject: str = "", silent: bool = False
) -> OneTimeCode:
    """Make a code for `target` (E.164 or e-mail) and have it sent.

    Only the newest code of (purpose, target, subject) counts. At most 5 per day and one per minute
    for a number, counted also when nothing is behind it: pass `silent` then, and everything that
    a stranger can see stays the same, but nothing is sent and no code fits. Raises TooManyCodes.
    Locks: an advisory lock per target. Emits `code.issued` {code_id, language}. Source: rule S30.
    """
    with transaction.atomic():
        _lock_target(target)
        now = clock.now()
        _check_limit(purpose=purpose, target=target, now=now)
        code = OneTimeCode.objects.create(
            purpose=purpose,
            target=target,
            subject=subject,
            salt=(_SILENT if silent else "") + secrets.token_hex(12),
            created_at=now,
            expires_at=now + LIFETIME,
            tries_left=TRIES,
        )
        if not silent:
            _watch_cost()
            language = get_language() or "vi"
            outbox.emit(
                "code.issued", key=f"code:{code.pk}", code_id=code.pk, language=language[:2]
            )
        return code


def count_asking(*, address: str) -> None:
    """Count a wish for a code from a network address, whoever it is for; raises TooManyCodes.

    Generous, because whole villages share one address: the limits per number come first. It stops
    who has codes sent to thousands of numbers. Source: rules S4, S30.
    """
    try:
        limits.check(
            "codes_address",
            address,
            limit=rules.CODES_PER_ADDRESS.value(),
            per_seconds=HOUR,
        )
    except TooMany as error:
        seconds = int(str(error.params["retry_after"]))
        raise TooManyCodes(
            "too_many_codes_here",
            _("Too many codes were asked for from your network. Try again in %(wait)s."),
            retry_after=seconds,
            wait=spoken_wait(seconds),
        ) from error


def code_text(code: OneTimeCode) -> str:
    """The six digits, derived from the row and the server's key; they are stored nowhere."""
    told = f"{code.purpose}:{code.target}:{code.subject}:{code.salt}"
    digest = hmac.new(settings.SECRET_KEY.encode(), f"code:{told}".encode(), sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"


def check_code(*, purpose: str, target: str, subject: str = "", text: str) -> OneTimeCode:
    """Use up the code; afterwards it can't be used again.

    Five tries, ten minutes, once. Each try is counted by one conditional UPDATE that is committed
    before the answer, so parallel guesses don't get more. Raises WrongCode (tries remain) or
    CodeEnded. Must be called outside a transaction: a rolled-back count would be no count.
    """
    with transaction.atomic(durable=True):
        code = _take_try(purpose=purpose, target=target, subject=subject)
    typed = "".join(character for character in text if character.isdecimal())
    if code.salt.startswith(_SILENT) or not hmac.compare_digest(
        code_text(code).encode(), typed.encode()
    ):
        left = code.tries_left
        raise WrongCode(field="code", left=left) if left else CodeEnded(field="code")
    code.used_at = clock.now()
    if not OneTimeCode.objects.filter(pk=code.pk, used_at=None).update(used_at=code.used_at):
        raise CodeEnded(field="code")
    return code


def void(*, purpose: str, targets: Iterable[str | None]) -> None:
    """Let no code of this purpose to these targets work any more. Twice is safe."""
    OneTimeCode.objects.filter(
        purpose=purpose, target__in=[target for target in targets if target], used_at=None
    ).update(used_at=clock.now())


def _take_try(*, purpose: str, target: str, subject: str) -> OneTimeCode:
    now = clock.now()
    code = (
        OneTimeCode.objects.filter(purpose=purpose, target=target, subject=subject)
        .order_by("-created_at", "-id")
        .first()
    )
    if code is None or code.used_at is not None or code.expires_at <= now:
        raise CodeEnded(field="code")
    counted = OneTimeCode.objects.filter(pk=code.pk, tries_left__gt=0, used_at=None).update(
        tries_left=F("tries_left") - 1
    )
    if not counted:
        raise CodeEnded(field="code")
    code.refresh_from_db()
    return code


def _watch_cost() -> None:
    """Messages cost money: far more of them than usual is looked at by a person."""
    try:
        limits.check("codes_in_all", limit=rules.CODES_ALARM.value(), per_seconds=HOUR)
    except TooMany:
        cases.open_case(
            kind="codes_flood",
            subject=("codes", "all"),
            title=gettext("Far more one-time codes than usual are being sent"),
            dedupe_key="codes-flood",
        )


def _lock_target(target: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"code:{target}"])


def _check_limit(*, purpose: str, target: str, now: datetime) -> None:
    limit = _LIMITS.get(purpose, _USUAL)
    of_target = OneTimeCode.objects.filter(target=target, created_at__gt=now - timedelta(days=1))
    # Purposes without a limit of their own share one: a number gets five messages a day in all.
    counted = (
        of_target.filter(purpose=purpose)
        if purpose in _LIMITS
        else of_target.exclude(purpose__in=_LIMITS)
    )
    sent = list(counted.order_by("-created_at").values_list("created_at", flat=True))
    if sent and now - sent[0] < limit.apart:
        raise _too_many(sent[0] + limit.apart - now)
    if len(sent) >= limit.per_day:
        raise _too_many(sent[limit.per_day - 1] + timedelta(days=1) - now)


def _too_many(wait: timedelta) -> TooManyCodes:
    seconds = int(wait.total_seconds()) + 1
    if seconds <= 60:
        return TooManyCodes(retry_after=seconds, wait=spoken_wait(seconds))
    return TooManyCodes(
        "too_many_codes_today",
        _("We have sent enough codes to this number for today. Try again in %(wait)s."),
        retry_after=seconds,
        wait=spoken_wait(seconds),
    )
