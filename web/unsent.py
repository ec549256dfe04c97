"""What was typed at a desk when the session had ended: it comes back after signing in again.

It waits on the server for half an hour, encrypted, under a random key that only this browser has,
and only the person whose form it was gets it back. Nothing acts by itself: the words stand in the
form again, and the person presses the button. While Valkey is away nothing is kept.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.forms import FileField, Form
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from core import crypto, valkey

COOKIE = f"{settings.COOKIE_PREFIX}unsent"
WHOSE = "typed_by"
LIFETIME = 30 * 60
MOST_CHARACTERS = 120_000
_SALT = "web.unsent"
# Said by buttons and hidden fields, or given anew each time: never shown as typed words.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", WHOSE, "decision", "action", "token", "sure", "from"})


@dataclass(frozen=True, slots=True)
class Unsent:
    """A post that came too late; `page` is where its form stands."""

    user_id: int
    action: str
    page: str
    typed: str  # as the browser sent it
    has_files: bool


@dataclass(frozen=True, slots=True)
class Back:
    """What a page says about it; `words` are those that no field of the page could take."""

    is_in_form: bool
    words: tuple[str, ...]
    has_files: bool


def whose(user: User) -> str:
    """Goes with every form of a desk: who was shown it, signed."""
    return signing.Signer(salt=_SALT).sign(str(user.pk))


def lead_to_sign_in(
    request: HttpRequest, *, methods: tuple[str, ...], home: str
) -> HttpResponseBase:
    """To sign-in and back: to this page, or for a post to the page whose form was sent."""
    has_own_page = request.method == "GET" or "GET" in methods
    after = request.get_full_path() if has_own_page else _page_before(request, home)
    response = redirect_to_login(after, resolve_url(settings.LOGIN_URL))
    if request.method == "POST":
        _keep(request, response, after)
    patch_cache_control(response, private=True, no_store=True)
    return response


def give_back(request: HttpRequest, form: Form | None) -> Back | None:
    """Put the words into the form of the page that they were typed on; None if nothing waits."""
    kept = _find(request)
    if kept is None or (form is not None and form.is_bound):
        return None
    here = _bare(request.path)
    if form is not None and here == _bare(kept.action):
        _refill(form, QueryDict(kept.typed))
        return Back(is_in_form=True, words=(), has_files=kept.has_files)
    if here == _bare(kept.page):
        return Back(is_in_form=False, words=_words(kept.typed), has_files=kept.has_files)
    return None


def forget_sent(request: HttpRequest, response: HttpResponseBase) -> None:
    """The form was sent again, by its person: what was kept has done its work."""
    if request.method != "POST":
        return
    kept = _find(request)
    if kept is not None and _bare(request.path) == _bare(kept.action):
        key = _key(request.COOKIES[COOKIE])
        valkey.ask(lambda server: server.delete(key), otherwise=0)
        response.delete_cookie(COOKIE)


def _keep(request: HttpRequest, response: Any, page: str) -> None:
    try:
        user_id = int(signing.Signer(salt=_SALT).unsign(request.POST.get(WHOSE, "")))
    except (signing.BadSignature, ValueError):
        return
    typed = request.POST.copy()
    for name in ("csrfmiddlewaretoken", WHOSE):
        typed.pop(name, None)
    kept = Unsent(user_id, request.path, page, typed.urlencode(), bool(request.FILES))
    if not _words(kept.typed) or len(kept.typed) > MOST_CHARACTERS:
        return
    token, box = secrets.token_urlsafe(24), crypto.encrypt(json.dumps(asdict(kept)))
    if not valkey.ask(lambda server: server.set(_key(token), box, ex=LIFETIME), otherwise=None):
        return
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    messages.info(
        request,
        _("You were signed out. What you typed is kept for half an hour: sign in to go on."),
    )


def _find(request: HttpRequest) -> Unsent | None:
    """What waits for the person who is signed in now; somebody else's is like nothing."""
    token = request.COOKIES.get(COOKIE)
    if not token or not request.user.is_authenticated:
        return None
    box = valkey.ask(lambda server: server.get(_key(token)), otherwise=None)
    if not isinstance(box, bytes | str):
        return None
    text = crypto.decrypt(box.decode() if isinstance(box, bytes) else box)
    kept = Unsent(**json.loads(text))
    return kept if kept.user_id == request.user.pk else None


def _refill(form: Form, typed: QueryDict) -> None:
    """As if the fields had been typed into again; not checked, so nothing is shown as wrong."""
    nothing: MultiValueDict[str, Any] = MultiValueDict()
    for name, field in form.fields.items():
        where, widget = form.add_prefix(name), field.widget
        is_file = isinstance(field, FileField)
        if is_file or name in NOT_TYPED or widget.value_omitted_from_data(typed, nothing, where):
            continue
        form.initial[name] = widget.value_from_datadict(typed, nothing, where)


def _words(typed: str) -> tuple[str, ...]:
    """What people wrote, without what buttons, ticks and hidden fields say."""
    lists = QueryDict(typed).lists()
    said = (value for name, values in lists if name not in NOT_TYPED for value in values)
    return tuple(value for value in said if value.strip() and value != "on")


def _page_before(request: HttpRequest, home: str) -> str:
    before = request.headers.get("Referer", "")
    if before and url_has_allowed_host_and_scheme(before, {request.get_host()}):
        parts = urlsplit(before)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return resolve_url(home)


def _bare(address: str) -> str:
    """The path alone, the same in both languages."""
    path = urlsplit(address).path
    return path.removeprefix("/en") if path.startswith("/en/") else path


def _key(token: str) -> str:
    return f"{valkey.PREFIX}unsent:{token}"
