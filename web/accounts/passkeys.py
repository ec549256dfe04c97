"""The four questions that a passkey answers, asked by `static/js/passkeys.js`."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.errors import PasskeyRefused
from accounts.models import User
from accounts.services import passkeys
from accounts.services.passkeys import Ceremony
from core.errors import DomainError, NotAllowed, TooMany
from core.limits import client_address
from web.accounts import fresh, session
from web.accounts import pending as waiting
from web.accounts.visitor import desk_of, remember_device, safe_next
from web.buyers.region import region

KEY = "passkey"
LONGEST_ANSWER = 20_000


@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """What the browser must ask the device, for `sign_in`, `second_step`, `prove` or `add`."""
    purpose = request.POST.get("purpose", "")
    return _told(lambda: _ask(request, purpose))


@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """What the device said; a right answer leads on. Each question is answered once."""
    return _told(lambda: _answer(request))


def _ask(request: HttpRequest, purpose: str) -> JsonResponse:
    if purpose == "add":
        ceremony = passkeys.begin_registration(user=_member(request), title=region("vi").name)
    else:
        ceremony = _WHOSE[purpose](request) if purpose in _WHOSE else _refused()
    request.session[KEY] = {"purpose": purpose, "state": ceremony.state}
    return JsonResponse(ceremony.options)


def _answer(request: HttpRequest) -> JsonResponse:
    kept = request.session.pop(KEY, None)
    told = _read(request)
    if kept is None:
        raise PasskeyRefused
    finish = _add if kept["purpose"] == "add" else _show_passkey
    response = JsonResponse({})
    response.content = json.dumps({"next": finish(request, response, kept, told)}).encode()
    return response


def _add(
    request: HttpRequest, response: JsonResponse, kept: dict[str, Any], told: dict[str, Any]
) -> str:
    codes = passkeys.finish_registration(
        user=_member(request),
        state=kept["state"],
        answer=told["answer"],
        name=str(told.get("name", "")),
    )
    fresh.keep(request, codes)
    return reverse("accounts:recovery_codes" if codes else "accounts:security")


def _show_passkey(
    request: HttpRequest, response: JsonResponse, kept: dict[str, Any], told: dict[str, Any]
) -> str:
    purpose = kept["purpose"]
    user = passkeys.finish_sign_in(
        state=kept["state"],
        answer=told["answer"],
        user=None if purpose == "sign_in" else _expected(request, purpose),
        address=client_address(request),
    )
    wanted = safe_next(request, str(told.get("next", "")))
    if purpose == "prove":
        session.prove(request)
        return wanted or reverse("accounts:me")
    if purpose == "second_step":
        pending = waiting.find(request)
        wanted = pending.next_url if pending else ""
        waiting.forget(request)
    session.enter(request, user)
    remember_device(request, response, user)
    return wanted or desk_of(user)


def _expected(request: HttpRequest, purpose: str) -> User:
    """Whose passkey it must be."""
    if purpose == "prove":
        return _signed_in(request)
    pending = waiting.find(request)
    user = pending.the_user() if pending and pending.step == "factor" else None
    if user is None:
        raise PasskeyRefused
    return user


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed
    return request.user


def _member(request: HttpRequest) -> User:
    """Adding needs somebody who has just shown to be there."""
    user = _signed_in(request)
    if not session.is_proved(request):
        raise NotAllowed
    return user


def _refused() -> Ceremony:
    raise PasskeyRefused


def _for_anybody(request: HttpRequest) -> Ceremony:
    return passkeys.begin_sign_in(user=None)


def _for_second_step(request: HttpRequest) -> Ceremony:
    return passkeys.begin_sign_in(user=_expected(request, "second_step"))


def _for_proof(request: HttpRequest) -> Ceremony:
    return passkeys.begin_sign_in(user=_signed_in(request))


_WHOSE: dict[str, Callable[[HttpRequest], Ceremony]] = {
    "sign_in": _for_anybody,
    "second_step": _for_second_step,
    "prove": _for_proof,
}


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body[:LONGEST_ANSWER])
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(told, dict) or not isinstance(told.get("answer"), dict):
        raise PasskeyRefused
    return told


def _told(act: Callable[[], JsonResponse]) -> JsonResponse:
    try:
        return act()
    except DomainError as error:
        response = JsonResponse({"error": str(error)}, status=error.status)
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.params["retry_after"])
        return response
