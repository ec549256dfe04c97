"""Sign-in and security: password, app with codes, passkeys, recovery codes, proving it again."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts import services
from accounts.models import AuthenticatorKind, User
from accounts.services import contact_change, factors
from core import crypto
from core.errors import DomainError, NotFound
from web.accounts import fresh, session
from web.accounts.forming import accepts, status_of
from web.accounts.forms import AppForm, PasswordForm, ProveForm
from web.accounts.shell import needs_factor, own_page, show, to_proof
from web.accounts.visitor import safe_next
from web.buyers.region import region

SECRET = "app_secret"  # noqa: S105 the session's key, not a secret


@own_page("GET", "POST")
def security(request: HttpRequest, user: User) -> HttpResponse:
    """The overview, with the form for a new password."""
    if request.method == "POST" and needs_factor(request, user):
        return to_proof(request.path)
    form = PasswordForm(request.POST or None)
    if form.is_valid() and accepts(
        form, lambda: services.change_password(user=user, **form.cleaned_data)
    ):
        session.renew(request, user)
        messages.success(request, _("Your new password is set."))
        return redirect("accounts:security")
    mine = list(user.authenticators.order_by("id"))
    context = {
        "form": form,
        "app": next((one for one in mine if one.kind == AuthenticatorKind.TOTP), None),
        "passkeys": [one for one in mine if one.kind == AuthenticatorKind.PASSKEY],
        "codes_left": factors.recovery_codes_left(user),
        "proved": session.is_proved(request),
    }
    return show(request, "security", context, active="security", status=status_of(form))


@own_page("GET", "POST", proved=True)
def app(request: HttpRequest, user: User) -> HttpResponse:
    """Set up an app with codes: the QR code, the secret to type, and a code to prove it works."""
    form = AppForm(request.POST or None)
    secret = _secret(request)

    def set_up() -> None:
        codes = factors.set_up_app(user=user, secret=secret, code=form.cleaned_data["code"])
        fresh.keep(request, codes)

    if form.is_valid() and accepts(form, set_up):
        request.session.pop(SECRET, None)
        messages.success(request, _("Your app with codes is set up."))
        return redirect("accounts:recovery_codes" if fresh.find(request) else "accounts:security")
    issuer = f"{region('vi').name} {region('vi').region}"
    link = factors.app_link(user=user, secret=secret, issuer=issuer)
    drawn = segno.make(link, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
    context = {
        "form": form,
        "qr": mark_safe(drawn),  # noqa: S308 drawn by us
        "link": link,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return show(request, "app", context, active="security", status=status_of(form))


@own_page("GET", proved=True)
def passkey(request: HttpRequest, user: User) -> HttpResponse:
    """Add a passkey: the button needs JavaScript, as passkeys do."""
    return show(request, "passkey", {}, active="security")


@own_page("GET", "POST", proved=True)
def remove(request: HttpRequest, user: User, authenticator_id: int) -> HttpResponse:
    """Ask, then take out an app or a passkey."""
    one = user.authenticators.filter(pk=authenticator_id).first()
    if request.method == "POST":
        factors.remove(user=user, authenticator_id=authenticator_id)
        messages.success(request, _("It is taken out."))
        return redirect("accounts:security")
    if one is None:
        raise NotFound()
    is_last = user.authenticators.count() == 1
    return show(request, "remove", {"one": one, "is_last": is_last}, active="security")


@own_page("GET", "POST", proved=True)
def recovery_codes(request: HttpRequest, user: User) -> HttpResponse:
    """Show fresh codes once; `renew` makes ten new ones, `kept` puts them away."""
    if "renew" in request.POST and factors.has_factor(user):
        fresh.keep(request, factors.renew_recovery_codes(user=user))
        return redirect("accounts:recovery_codes")
    if request.method == "POST":
        fresh.forget(request)
        return redirect("accounts:security")
    context = {"codes": fresh.find(request), "left": factors.recovery_codes_left(user)}
    return show(request, "recovery_codes", context, active="security")


@own_page("GET", "POST")
def prove(request: HttpRequest, user: User) -> HttpResponse:
    """Ask again who is there: the password, and a code where a second factor is set up."""
    next_url = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    needs_code = factors.has_factor(user)
    form = ProveForm(request.POST or None, needs_code=needs_code)
    if form.is_valid() and accepts(form, lambda: _prove(user, form.cleaned_data)):
        session.prove(request)
        return redirect(next_url or "accounts:me")
    context: dict[str, Any] = {
        "form": form,
        "next": next_url,
        "has_passkey": user.authenticators.filter(kind=AuthenticatorKind.PASSKEY).exists(),
    }
    return show(request, "prove", context, status=status_of(form))


def _prove(user: User, typed: dict[str, Any]) -> None:
    contact_change.prove_password(user=user, password=typed["password"])
    if "code" in typed:
        factors.check_factor(user=user, code=typed["code"])


def _secret(request: HttpRequest) -> str:
    """The secret of this set-up, the same until it is done."""
    try:
        secret = crypto.decrypt(request.session.get(SECRET, ""))
    except DomainError:
        secret = ""
    if not secret:
        secret = factors.new_secret()
        request.session[SECRET] = crypto.encrypt(secret)
    return secret
