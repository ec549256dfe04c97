"""Signing in, signing up, a forgotten password, and the code that finishes each of them."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.backends import find_by_login
from accounts.contacts import contact_of
from accounts.errors import CodeEnded, TooManyCodes
from accounts.models import AuthenticatorKind, OneTimeCode, User
from accounts.services import factors
from accounts.services.codes import count_asking
from core.limits import client_address
from vendors.models import Member
from web.accounts import pending as waiting
from web.accounts import session
from web.accounts.forming import accepts, status_of, take_over
from web.accounts.forms import (
    CodeForm,
    FactorForm,
    ForgotForm,
    NewPasswordForm,
    PlainForm,
    SignInForm,
    SignUpForm,
)
from web.accounts.visitor import desk_of, remember_device, safe_next, visitor_of
from web.buyers import grants


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Password first; staff then need a code. The way on is `next`, when it is ours."""
    next_url = _next(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_url or desk_of(request.user))
    form = SignInForm(request.POST or None)
    found: list[User] = []
    if form.is_valid() and accepts(form, lambda: found.append(_password_step(request, form))):
        user = found[0]
        return _next_step(request, user, next_url)
    context = {
        "form": form,
        "next": next_url,
        "demo_users": _demo_users(),
        "demo_password": settings.DEMO_PASSWORD,
    }
    return _show(request, "sign_in", context, form)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for name, phone or e-mail and password; the account is made when the code is right."""
    form = SignUpForm(request.POST or None)
    next_url = _next(request)

    def begin() -> None:
        count_asking(address=client_address(request))
        pending = services.begin_sign_up(
            login=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
            full_name=form.cleaned_data["full_name"],
            language=get_language() or "vi",
        )
        waiting.keep(request, waiting.for_sign_up(pending, next_url))

    if form.is_valid() and accepts(form, begin):
        return redirect("accounts:code")
    return _show(request, "sign_up", {"form": form, "next": next_url}, form)


@never_cache
@require_http_methods(["GET", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """Send a code for a new password; the answer tells nothing about who has an account."""
    form = ForgotForm(request.POST or None)

    def begin() -> None:
        count_asking(address=client_address(request))
        contact = services.begin_reset(login=form.cleaned_data["login"])
        waiting.keep(request, waiting.Pending("reset", contact.value))

    if form.is_valid() and accepts(form, begin):
        return redirect("accounts:code")
    return _show(request, "forgot", {"form": form}, form)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code, or have it sent again."""
    pending = waiting.find(request)
    if pending is None:
        return redirect("accounts:sign_in")
    form_class = _FORMS.get(pending.step, CodeForm)
    if "again" in request.POST and pending.step != "factor":
        form: PlainForm = form_class()
        return _send_again(request, pending, form)
    form = form_class(request.POST or None)
    found: list[User] = []
    finish = _FINISH[pending.step]
    if form.is_valid() and accepts(form, lambda: found.append(finish(pending, form))):
        return _go_on(request, pending, found[0])
    return _show_code(request, pending, form)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """A post ends the session and closes what was opened on this device; a visit only asks."""
    if request.method == "POST":
        session.leave(request)
        response = redirect("accounts:sign_in")
        grants.close(response)
        return response
    return render(request, "accounts/sign_out.html")


def _password_step(request: HttpRequest, form: PlainForm) -> User:
    login = form.cleaned_data["login"]
    asked = find_by_login(login)
    return services.sign_in(
        login=login,
        password=form.cleaned_data["password"],
        visitor=visitor_of(request, asked.pk if asked else None),
    )


def _next_step(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    """After the password: the second factor, a code by message, or straight in."""
    asked = services.second_step_of(user)
    if asked == "factor":
        kept = waiting.for_second_step(user, "", next_url, step="factor")
        waiting.keep(request, kept)
        return redirect("accounts:code")
    if asked == "message":
        return _ask_second_step(request, user, next_url)
    return _enter(request, user, next_url)


def _ask_second_step(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    try:
        target = services.begin_second_step(user=user).target
    except TooManyCodes:  # the code sent a moment ago still works
        target = services.second_step_target(user)
    waiting.keep(request, waiting.for_second_step(user, target, next_url, step="second_step"))
    return redirect("accounts:code")


def _enter(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    """Open the session under a new id, and go on."""
    session.enter(request, user)
    response = redirect(next_url or desk_of(user))
    remember_device(request, response, user)
    return response


def _go_on(request: HttpRequest, pending: waiting.Pending, user: User) -> HttpResponse:
    waiting.forget(request)
    if pending.step == "reset":
        messages.success(request, _("Your new password is set."))
        if services.second_step_of(user):
            return redirect("accounts:sign_in")
    return _enter(request, user, pending.next_url)


def _finish_sign_up(pending: waiting.Pending, form: PlainForm) -> User:
    return services.sign_up(pending=pending.the_sign_up(), code=form.cleaned_data["code"])


def _finish_second_step(pending: waiting.Pending, form: PlainForm) -> User:
    user = pending.the_user()
    if user is None:
        raise CodeEnded(field="code")
    services.finish_second_step(user=user, code=form.cleaned_data["code"])
    return user


def _finish_factor(pending: waiting.Pending, form: PlainForm) -> User:
    user = pending.the_user()
    if user is None:
        raise CodeEnded(field="code")
    factors.check_factor(user=user, code=form.cleaned_data["code"])
    return user


def _finish_reset(pending: waiting.Pending, form: PlainForm) -> User:
    return services.reset_password(
        target=pending.target,
        code=form.cleaned_data["code"],
        password=form.cleaned_data["password"],
    )


_FINISH: dict[str, Callable[[waiting.Pending, PlainForm], User]] = {
    "sign_up": _finish_sign_up,
    "second_step": _finish_second_step,
    "factor": _finish_factor,
    "reset": _finish_reset,
}


_FORMS: dict[str, type[PlainForm]] = {"reset": NewPasswordForm, "factor": FactorForm}


def _send_again(request: HttpRequest, pending: waiting.Pending, form: PlainForm) -> HttpResponse:
    try:
        count_asking(address=client_address(request))
        if pending.step == "sign_up":
            services.send_sign_up_code(pending=pending.the_sign_up())
        elif pending.step == "reset":
            services.begin_reset(login=pending.target)
        elif (user := pending.the_user()) is not None:
            services.begin_second_step(user=user)
    except TooManyCodes as error:
        form = type(form)({"code": ""})
        form.full_clean()
        form.errors.clear()
        take_over(form, error)
        return _show_code(request, pending, form)
    messages.success(request, _("We have sent a new code."))
    return redirect("accounts:code")


def _show_code(request: HttpRequest, pending: waiting.Pending, form: PlainForm) -> HttpResponse:
    if pending.step == "factor":
        return _show(request, "factor", {"form": form, "has_passkey": _has_passkey(pending)}, form)
    contact = contact_of(pending.target)
    context = {"form": form, "pending": pending, "contact": contact, "demo": settings.DEMO}
    if settings.DEMO and pending.step == "second_step":
        context["demo_code"] = _newest_code_text(pending)
    return _show(request, "code", context, form)


def _has_passkey(pending: waiting.Pending) -> bool:
    user = pending.the_user()
    passkeys = AuthenticatorKind.PASSKEY
    return user is not None and user.authenticators.filter(kind=passkeys).exists()


def _newest_code_text(pending: waiting.Pending) -> str:
    newest = (
        OneTimeCode.objects.filter(
            purpose="sign_in", target=pending.target, subject=str(pending.user_id)
        )
        .order_by("-created_at", "-id")
        .first()
    )
    return services.code_text(newest) if newest else ""


def _demo_users() -> list[tuple[User, str]]:
    """The demo's accounts that are there, in the order of their walk, with whom they work for."""
    found = User.objects.filter(email__in=settings.DEMO_SIGN_INS, is_demo=True, is_active=True)
    users = sorted(found, key=lambda user: settings.DEMO_SIGN_INS.index(user.email or ""))
    labels = {
        member.user_id: member.vendor.label
        for member in Member.objects.filter(user__in=users).select_related("vendor")
    }
    return [(user, labels.get(user.pk, "")) for user in users]


def _next(request: HttpRequest) -> str:
    return safe_next(request, request.POST.get("next") or request.GET.get("next", ""))


def _show(
    request: HttpRequest, name: str, context: dict[str, object], form: PlainForm
) -> HttpResponse:
    response = render(request, f"accounts/{name}.html", context, status=status_of(form))
    limit = getattr(form, "too_many", None)
    if limit is not None and "retry_after" in limit.params:
        response.headers["Retry-After"] = str(limit.params["retry_after"])
    return response
