"""What a device carries for the market for a while: signed, unreadable to scripts, of an age."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class SignedCookie:
    """A value that only the market can have written: in a cookie and never in an address, where
    logs would keep it. `salt` keeps one kind from being taken for another."""

    word: str
    salt: str
    seconds: int

    @property
    def name(self) -> str:
        return f"{settings.COOKIE_PREFIX}{self.word}"

    def put(self, response: HttpResponse, value: object) -> None:
        """Let the device carry `value` (JSON) from now on."""
        response.set_cookie(
            self.name,
            signing.dumps(value, salt=self.salt, compress=True),
            max_age=self.seconds,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def read(self, request: HttpRequest) -> Any | None:
        """The value; None for a missing, old or foreign cookie."""
        try:
            raw = request.COOKIES.get(self.name, "")
            return signing.loads(raw, salt=self.salt, max_age=self.seconds)
        except signing.BadSignature:
            return None

    def drop(self, response: HttpResponse) -> None:
        """The device need not carry it any longer."""
        response.delete_cookie(self.name)
