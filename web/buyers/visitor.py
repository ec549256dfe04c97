"""Whose cart is it: a device's cookie or a signed-in account; only uncached pages may ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orders.models import Cart
from orders.services import cart as carts

_KEPT_FOR = 60 * 24 * 3600


def user_id(request: HttpRequest) -> int | None:
    """The signed-in account; a guest without a session costs no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user.pk if request.user.is_authenticated else None


def find(request: HttpRequest) -> Cart | None:
    """This visitor's cart, if there is one."""
    token = request.COOKIES.get(settings.CART_COOKIE_NAME)
    account = user_id(request)
    if not token and account is None:
        return None
    return carts.find_cart(token=token, user_id=account)


def left_in_account(request: HttpRequest) -> bool:
    """Whether this device's goods lie in the cart of an account that isn't signed in now."""
    token = request.COOKIES.get(settings.CART_COOKIE_NAME)
    if not token or user_id(request) is not None:
        return False
    return carts.is_of_account(token=token)


def open_cart(request: HttpRequest) -> tuple[Cart, str]:
    """This visitor's cart, made when there is none, and the token to remember."""
    token = request.COOKIES.get(settings.CART_COOKIE_NAME)
    return carts.open_cart(token=token, user_id=user_id(request))


def remember(response: HttpResponse, token: str) -> None:
    """Keep the cart's token on this device: out of reach of scripts and other sites."""
    if token:
        response.set_cookie(
            settings.CART_COOKIE_NAME,
            token,
            max_age=_KEPT_FOR,
            httponly=True,
            samesite="Lax",
            secure=settings.CART_COOKIE_SECURE,
        )
