"""Says whose a private page is, so that copies on a device are never shown to somebody else.

The shop's worker (static/js/sw.js) keeps copies of a few private pages. It erases them as soon as
an answer belongs to another account than they do; signed out is an account of its own.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from marketplace.page_cache import MARK

# The only private pages that may be kept on the visitor's own device.
KEPT = frozenset({"buyers:cart", "buyers:done", "buyers:follow", "buyers:order"})
GUEST = "guest"


class CopiesMiddleware:
    """Adds two headers and asks nothing: a session that the page didn't look at stays unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if MARK in response.headers:
            return response
        owner = _owner(request)
        if owner:
            response.headers["X-Copies-Of"] = owner
            match = request.resolver_match
            if response.status_code == 200 and match is not None and match.view_name in KEPT:
                response.headers["X-Copy"] = "1"
        return response


def _owner(request: HttpRequest) -> str:
    """A name for the account that means nothing elsewhere; empty where nobody asked who it is."""
    if request.session.accessed:
        key = request.session.get(SESSION_KEY)
        return salted_hmac("market.copies", str(key)).hexdigest()[:16] if key else GUEST
    return "" if settings.SESSION_COOKIE_NAME in request.COOKIES else GUEST
