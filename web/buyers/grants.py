"""Which purchases this device may look at: one it placed a moment ago, or proved with a code."""

from django.http import HttpRequest, HttpResponse

from web.signed import SignedCookie

_PURCHASES = SignedCookie("purchases", "buyers.grants", 2 * 3600)
COOKIE = _PURCHASES.name
MOST = 10


def granted(request: HttpRequest) -> list[str]:
    """Public numbers of purchases, the newest first; empty for a missing, old or foreign cookie."""
    numbers: list[str] | None = _PURCHASES.read(request)
    return numbers or []


def grant(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Let this device see the purchase for two hours."""
    numbers = [number, *(old for old in granted(request) if old != number)][:MOST]
    _PURCHASES.put(response, numbers)
