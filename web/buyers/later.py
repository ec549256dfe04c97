"""What a guest wanted before signing in: kept, signed, on this device, and done afterwards.

Only a guarded form post writes it, so that doing it after sign-in is no request of another site.
"""

from typing import Literal
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from web.buyers import links
from web.buyers.cart import SeeOther

COOKIE = f"{settings.COOKIE_PREFIX}wanted"
LIFETIME = 30 * 60
_SALT = "buyers.later"
Wanted = Literal["wish", "follow", "ask"]


def sign_in_first(wanted: Wanted, pk: int, *, after: str, text: str = "") -> HttpResponse:
    """To sign-in, and from there to `after`, which does what was wanted."""
    query = urlencode({"next": links.here(after)})
    response = SeeOther(f"{links.here('/tai-khoan/dang-nhap/')}?{query}")
    response.set_cookie(
        COOKIE,
        signing.dumps([wanted, pk, text], salt=_SALT, compress=True),
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def wanted(request: HttpRequest, kind: Wanted) -> tuple[int, str] | None:
    """The id and text of what was wanted, if it is of this kind and not too old."""
    try:
        found, pk, text = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LIFETIME
        )
    except signing.BadSignature:
        return None
    return (pk, text) if found == kind else None


def forget(response: HttpResponse) -> None:
    """It is done."""
    response.delete_cookie(COOKIE)
