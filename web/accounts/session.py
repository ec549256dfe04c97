"""Opening a session, noting its device, and how long ago its owner proved to be there."""

import time

from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth import logout as close_session
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from accounts.models import User
from accounts.services import devices
from core.limits import client_address
from orders.services import cart as carts
from web.accounts.device import name_of

BACKEND = "accounts.backends.PhoneOrEmailBackend"
PROVED = "proved_at"
PROVED_SECONDS = 600


def enter(request: HttpRequest, user: User) -> None:
    """Open the session under a new id and note its device; what this device's cart holds joins
    the account's."""
    open_session(request, user, backend=BACKEND)
    token = request.COOKIES.get(settings.CART_COOKIE_NAME)
    if token:
        carts.find_cart(token=token, user_id=user.pk)
    prove(request)
    _note(request, user)


def renew(request: HttpRequest, user: User) -> None:
    """Keep this session after a new password, under a new id; all others have ended."""
    update_session_auth_hash(request, user)
    prove(request)
    _note(request, user)


def leave(request: HttpRequest) -> None:
    """End this session here and on the list of devices."""
    if request.session.session_key:
        devices.forget_device(session_key=request.session.session_key)
    close_session(request)


def prove(request: HttpRequest) -> None:
    """The owner has just shown password or passkey."""
    request.session[PROVED] = int(time.time())


def is_proved(request: HttpRequest) -> bool:
    """Whether that was in the last ten minutes."""
    return bool(0 <= time.time() - float(request.session.get(PROVED, 0)) <= PROVED_SECONDS)


def _note(request: HttpRequest, user: User) -> None:
    devices.note_signed_in(
        user=user,
        session_key=request.session.session_key or "",
        device=name_of(request.headers.get("User-Agent", "")),
        address=client_address(request),
    )
