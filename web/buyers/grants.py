"""Which purchases this device may look at: one it placed a moment ago, or proved with a code.

Phones are shared: what an account opened is closed as soon as that account isn't signed in. What a
guest opened stays for the device, also while somebody signs in on it; signing out closes it all.
"""

from django.http import HttpRequest, HttpResponse

from web.buyers import visitor
from web.signed import SignedCookie

_PURCHASES = SignedCookie("purchases", "buyers.grants.of", 2 * 3600)
# A purchase's number and the phone it was asked with, until the code proves them.
ASKED = SignedCookie("follow", "buyers.follow", 15 * 60)
COOKIE = _PURCHASES.name
MOST = 10


def granted(request: HttpRequest) -> list[str]:
    """Public numbers of purchases, the newest first; empty for a missing, old or foreign cookie."""
    return [number for number, _ in _open_to(request, visitor.user_id(request))]


def grant(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """Let this device see the purchase for two hours, as long as the same account is signed in."""
    account = visitor.user_id(request)
    others = [one for one in _open_to(request, account) if one[0] != number]
    _PURCHASES.put(response, [(number, account), *others][:MOST])


def close(response: HttpResponse) -> None:
    """Somebody leaves this device: nothing is open on it any more, nor asked for."""
    _PURCHASES.drop(response)
    ASKED.drop(response)


def _open_to(request: HttpRequest, account: int | None) -> list[tuple[str, int | None]]:
    """(number, account it was opened by) for those that whoever is here now may see."""
    kept: list[tuple[str, int | None]] = _PURCHASES.read(request) or []
    return [(number, whose) for number, whose in kept if whose is None or whose == account]
