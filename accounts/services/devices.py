"""Where a person is signed in, and ending it there."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address, ip_address

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import SignedIn, User
from core import audit, clock, valkey
from core.errors import NotFound

SEEN_SECONDS = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Device:
    """One open session, as its owner sees it."""

    pk: int
    name: str
    place: str
    at: datetime
    seen_at: datetime
    is_this: bool


def note_signed_in(*, user: User, session_key: str, device: str, address: str) -> SignedIn:
    """Remember that a session of this person was opened, with a short address. Twice is safe."""
    row, _made = SignedIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "device": device[:60],
            "place": shortened(address),
            "at": clock.now(),
        },
    )
    return row


def list_devices(*, user_id: int, this: str) -> list[Device]:
    """The open sessions of a person, this one first, then the last used; `this` is its key."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    rows = list(SignedIn.objects.filter(Exists(alive), user_id=user_id))
    seen = _seen([row.session_key for row in rows])
    devices = [
        Device(
            pk=row.pk,
            name=row.device,
            place=row.place,
            at=row.at,
            seen_at=max(row.at, seen.get(row.session_key, row.at)),
            is_this=row.session_key == this,
        )
        for row in rows
    ]
    return sorted(devices, key=lambda one: (one.is_this, one.seen_at), reverse=True)


def end_device(*, user: User, device_id: int) -> None:
    """End one session at once. Raises NotFound for a missing one and for somebody else's."""
    with transaction.atomic():
        row = SignedIn.objects.filter(user=user, pk=device_id).first()
        if row is None:
            raise NotFound()
        _end([row])
        audit.record(actor=user, action="account.end_session", subject=("user", str(user.pk)))


def end_others(*, user: User, keep: str) -> int:
    """End every session of this person but the one with the key `keep`; says how many. Audited."""
    with transaction.atomic():
        ended = end_all(user=user, keep=keep)
        if ended:
            audit.record(actor=user, action="account.end_sessions", subject=("user", str(user.pk)))
    return ended


def end_all(*, user: User, keep: str = "") -> int:
    """End the sessions of a person, in the caller's transaction; says how many."""
    return _end(list(SignedIn.objects.filter(user=user).exclude(session_key=keep)))


def forget_device(*, session_key: str) -> None:
    """Take a device off the list, because its session ends by itself. Twice is safe."""
    SignedIn.objects.filter(session_key=session_key).delete()


def forget_ended() -> int:
    """Drop sessions whose time is over, and what we noted about them; says how many."""
    Session.objects.filter(expire_date__lte=clock.now()).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return SignedIn.objects.exclude(Exists(alive)).delete()[0]


def seen(session_key: str) -> None:
    """Note that a session was just used; kept in Valkey only, it is nothing but a help to look."""
    key, moment = _key(session_key), int(time.time())
    valkey.ask(lambda server: server.set(key, moment, ex=SEEN_SECONDS), otherwise=None)


def shortened(address: str) -> str:
    """Roughly where: the first three parts of an address, never the whole of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv4Address):
        return f"{str(found).rpartition('.')[0]}.…"
    return f"{':'.join(found.exploded.split(':')[:3])}:…"


def _end(rows: list[SignedIn]) -> int:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    SignedIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _seen(keys: list[str]) -> dict[str, datetime]:
    if not keys:
        return {}
    nothing: list[bytes | str | None] = [None] * len(keys)
    told = valkey.ask(lambda server: server.mget([_key(key) for key in keys]), otherwise=nothing)
    return {
        key: datetime.fromtimestamp(int(moment), UTC)
        for key, moment in zip(keys, told, strict=True)
        if moment is not None
    }


def _key(session_key: str) -> str:
    return f"{valkey.PREFIX}seen:{session_key}"
