"""What was typed when the session had ended: it comes back after signing in again.

It waits on the server for half an hour, encrypted, under a random key that only this browser has,
and only the person whose form it was gets it back. Nothing acts by itself: the words stand in the
form again, and the person presses the button. While Valkey is away nothing is kept. Passwords and
files never are.

A form says, signed, whose it is: the account's key, or (web.buyers.late) the number of a purchase
that the device had proved.
"""

import json
import secrets
from collections.abc import Collection
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
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import crypto, valkey

COOKIE = f"{settings.COOKIE_PREFIX}unsent"
WHOSE = "typed_by"
LIFETIME = 30 * 60
MOST_CHARACTERS = 120_000
_SALT = "web.unsent"
# Said by buttons and hidden fields, or given anew each time: never shown as typed words.
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", WHOSE, "key", "do", "decision", "action", "token", "sure", "from"}
)
_NEVER_KEPT = ("csrfmiddlewaretoken", WHOSE, "key", "password", "old_password", "new_password")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A post that came too late; `page` is where its form stands."""

    owner: str
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


def mark(owner: str) -> SafeString:
    """Goes with a form: who was shown it, signed."""
    sign = signing.Signer(salt=_SALT).sign(owner)
    return format_html('<input type="hidden" name="{}" value="{}">', WHOSE, sign)


def owner_of(request: HttpRequest) -> str:
    """Whose form was posted; empty where it doesn't say, or says what we never signed."""
    try:
        return signing.Signer(salt=_SALT).unsign(request.POST.get(WHOSE, ""))
    except signing.BadSignature:
        return ""


def lead_to_sign_in(
    request: HttpRequest, *, methods: tuple[str, ...], home: str
) -> HttpResponseBase:
    """To sign-in and back: to this page, or for a post to the page whose form was sent."""
    has_own_page = request.method == "GET" or "GET" in methods
    return to_sign_in(
        request, request.get_full_path() if has_own_page else _page_before(request, home)
    )


def to_sign_in(request: HttpRequest, page: str, *, keeps: bool = True) -> HttpResponseBase:
    """To sign-in and then to `page`; what a post brought waits there (`keeps`)."""
    response = redirect_to_login(page, resolve_url(settings.LOGIN_URL))
    if request.method == "POST":
        is_kept = keeps and keep(request, response, page)
        if not request.user.is_authenticated:
            messages.info(request, _kept_words() if is_kept else _lost_words())
    patch_cache_control(response, private=True, no_store=True)
    return response


def give_back(request: HttpRequest, form: Form | None) -> Back | None:
    """Put the words into the form of the page that they were typed on; None if nothing waits."""
    kept = find(request, _account(request))
    if kept is None or (form is not None and form.is_bound):
        return None
    if form is not None and is_for(request, kept):
        _refill(form, QueryDict(kept.typed))
        return Back(is_in_form=True, words=(), has_files=kept.has_files)
    if _bare(request.path) == _bare(kept.page):
        return Back(is_in_form=False, words=_words(kept.typed), has_files=kept.has_files)
    return None


def forget_sent(
    request: HttpRequest, response: HttpResponseBase, owners: Collection[str] | None = None
) -> None:
    """The form was sent again, by its person: what was kept has done its work."""
    if request.method != "POST" or COOKIE not in request.COOKIES:
        return
    kept = find(request, _account(request) if owners is None else owners)
    if kept is not None and is_for(request, kept):
        key = _key(request.COOKIES[COOKIE])
        valkey.ask(lambda server: server.delete(key), otherwise=0)
        response.delete_cookie(COOKIE)


def keep(request: HttpRequest, response: Any, page: str) -> bool:
    """Whether the post's words wait now for the person whose form it was."""
    owner, typed = owner_of(request), request.POST.copy()
    for name in _NEVER_KEPT:
        typed.pop(name, None)
    kept = Unsent(owner, request.path, page, typed.urlencode(), bool(request.FILES))
    if not owner or not _words(kept.typed) or len(kept.typed) > MOST_CHARACTERS:
        return False
    token, box = secrets.token_urlsafe(24), crypto.encrypt(json.dumps(asdict(kept)))
    if not valkey.ask(lambda server: server.set(_key(token), box, ex=LIFETIME), otherwise=None):
        return False
    response.set_cookie(
        COOKIE,
        token,
        max_age=LIFETIME,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return True


def find(request: HttpRequest, owners: Collection[str]) -> Unsent | None:
    """What waits in this browser for one of `owners`; somebody else's is like nothing."""
    token = request.COOKIES.get(COOKIE)
    if not token or not owners:
        return None
    box = valkey.ask(lambda server: server.get(_key(token)), otherwise=None)
    if not isinstance(box, bytes | str):
        return None
    text = crypto.decrypt(box.decode() if isinstance(box, bytes) else box)
    kept = Unsent(**json.loads(text))
    return kept if kept.owner in owners else None


def is_for(request: HttpRequest, kept: Unsent) -> bool:
    """Whether this address, in either language, is the one that the form was sent to."""
    return _bare(request.path) == _bare(kept.action)


def _account(request: HttpRequest) -> tuple[str, ...]:
    is_somebody = COOKIE in request.COOKIES and request.user.is_authenticated
    return (str(request.user.pk),) if is_somebody else ()


def _kept_words() -> str:
    return _("You were signed out. What you typed is kept for half an hour: sign in to go on.")


def _lost_words() -> str:
    return _("You were signed out before this was sent. Sign in, then do it once more.")


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
    return f"{valkey.PREFIX}typed:{token}"
