"""Where a request comes from, and where it may go on to."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.services import Visitor
from core.limits import client_address
from vendors.models import Vendor
from web.signed import SignedCookie

_DEVICE = SignedCookie("device", "accounts.device", 400 * 24 * 3600)
DEVICE_COOKIE = _DEVICE.name
MOST_ACCOUNTS = 5


def visitor_of(request: HttpRequest, user_id: int | None) -> Visitor:
    """The visitor as the sign-in rule sees it; `user_id` is the account that is asked for."""
    known = user_id if user_id in _known_accounts(request) else None
    return Visitor(address=client_address(request), known_user_id=known)


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note, signed, that this device has signed in to the account."""
    others = [pk for pk in _known_accounts(request) if pk != user.pk]
    _DEVICE.put(response, [user.pk, *others][:MOST_ACCOUNTS])


def safe_next(request: HttpRequest, wanted: str) -> str:
    """`wanted` when it is a page of ours, else nothing: no other host, scheme or line break."""
    if not wanted.startswith("/") or any(ord(sign) < 33 or sign == "\\" for sign in wanted):
        return ""
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    return wanted


def desk_of(user: User) -> str:
    """Where somebody lands after signing in: the province's desk, the seller's, their account."""
    if user.is_staff:
        return reverse("staff:home")
    if Vendor.objects.for_member(user.pk).exists():
        return reverse("sellers:home")
    return reverse("accounts:me")


def _known_accounts(request: HttpRequest) -> list[int]:
    known = _DEVICE.read(request)
    return [pk for pk in known if isinstance(pk, int)] if isinstance(known, list) else []
