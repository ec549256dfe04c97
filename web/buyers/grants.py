"""Which purchases this device may look at: one it placed a moment ago, or proved with a code."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = f"{settings.COOKIE_PREFIX}purchases"
LIFETIME = 2 * 3600
MOST = 10
_SALT = "buyers.grants"


def granted(request: HttpRequest) -> list[str]:
    """Public numbers of purchases, the newest first; empty for a missing, old or foreign cookie."""
    raw = request.COOKIES.get(COOKIE)
    if not raw:
        return []
    try:
        numbers: list[str] = signing.loads(raw, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return []
    return numbers


def grant(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Let this device see the purchase for two hours."""
    numbers = [number, *(old for old in granted(request) if old != number)][:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(numbers, salt=_SALT),
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
