"""What a guest wanted before signing in: kept, signed, on this device, and done afterwards.

Only a guarded form post writes it, so that doing it after sign-in is no request of another site.
"""

from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from web.buyers import links
from web.buyers.cart import SeeOther
from web.signed import SignedCookie

_WANTED = SignedCookie("wanted", "buyers.later", 30 * 60)
Wanted = Literal["wish", "follow", "ask"]


def sign_in_first(wanted: Wanted, pk: int, *, after: str, text: str = "") -> HttpResponse:
    """To sign-in, and from there to `after`, which does what was wanted."""
    query = urlencode({"next": links.here(after)})
    response = SeeOther(f"{links.here('/tai-khoan/dang-nhap/')}?{query}")
    _WANTED.put(response, [wanted, pk, text])
    return response


def wanted(request: HttpRequest, kind: Wanted) -> tuple[int, str] | None:
    """The id and text of what was wanted, if it is of this kind and not too old."""
    found, pk, text = _WANTED.read(request) or ("", 0, "")
    return (pk, text) if found == kind else None


def forget(response: HttpResponse) -> None:
    """It is done."""
    _WANTED.drop(response)
