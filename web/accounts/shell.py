"""The frame of a person's own pages: the shop's look, only for who is signed in, never cached."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import erasing, factors
from web import unsent
from web.accounts import session
from web.buyers import late
from web.buyers.frame import page
from web.buyers.tokens import form_token

Page = Callable[..., HttpResponseBase]

# What stands in the line of links, in order: name of the address, words.
SECTIONS: tuple[tuple[str, object], ...] = (
    ("accounts:me", _("Overview")),
    ("accounts:addresses", _("Addresses")),
    ("accounts:security", _("Sign-in and security")),
    ("accounts:devices", _("Devices")),
    ("accounts:consents", _("What I agree to")),
    ("accounts:data", _("My data")),
)


def own_page(*methods: str, proved: bool = False, keeps: bool = False) -> Callable[[Page], Page]:
    """For `(request, user, …)`: strangers are led to sign in; with `proved`, who signed in some
    time ago is asked for the password again. With `keeps` the form's words come back after the
    session had ended; a form with anything secret is left alone. The answers are one person's and
    never cached."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            has_page = request.method == "GET" or "GET" in methods
            here = request.get_full_path() if has_page else reverse("accounts:me")
            if not isinstance(user, User) or late.is_late(request):
                response = unsent.to_sign_in(request, here, keeps=keeps)
            elif request.method not in allowed:
                response = HttpResponseNotAllowed(allowed)
            elif proved and not session.is_proved(request):
                response = to_proof(here)
            else:
                response = view(request, user, **kwargs)
                late.forget(request, response)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def to_proof(here: str) -> HttpResponse:
    """To the question who is there, and back."""
    return redirect_to_login(here, reverse("accounts:prove"))


def needs_factor(request: HttpRequest, user: User) -> bool:
    """Whether the password in the form isn't enough: a second factor was set up, and it wasn't
    shown lately."""
    return factors.has_factor(user) and not session.is_proved(request)


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    active: str = "",
    status: int = 200,
) -> HttpResponse:
    """One of a person's own pages, with what was just said to them."""
    user = request.user
    about = {
        "sections": SECTIONS,
        "active": f"accounts:{active}",
        "form_token": form_token(request),
        "whose": late.mark(request),
        "user": user,
        "notices": messages.get_messages(request),
        "wish": erasing.waiting_wish(user_id=user.pk) if isinstance(user, User) else None,
        "demo": settings.DEMO,
    }
    return page(request, f"accounts/{template}.html", {**about, **context}, status=status)
