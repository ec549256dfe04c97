"""A buyer's form that came too late: the session had ended, or the device's proof of an order.

Its words wait (`web.unsent`) until the same person has signed in, or proved the order again.
"""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from orders.models import Purchase
from web import unsent
from web.buyers import grants, visitor


@dataclass(frozen=True, slots=True)
class Said:
    """What a form was sent with just now, or what waited to come back into it."""

    typed: QueryDict
    is_back: bool = False
    has_files: bool = False

    def told(self, *, is_open: bool = True) -> unsent.Back | None:
        """For the page's first words; a text whose form is no longer there stands among them."""
        if not self.is_back:
            return None
        text = "" if is_open else self.typed.get("text", "")
        return unsent.Back(is_open, (text,) if text else (), self.has_files)


def mark(request: HttpRequest, purchase: Purchase | None = None) -> object:
    """The hidden field that says whose form it is; nothing for a guest at a form of nobody's."""
    return SimpleLazyObject(lambda: _mark(request, purchase))


def is_late(request: HttpRequest) -> bool:
    """Whether this post's form was shown to somebody whom we don't know here any more."""
    owner = unsent.owner_of(request) if request.method == "POST" else ""
    return bool(owner) and owner not in _owners(request)


def is_of_account(request: HttpRequest) -> bool:
    """Whether the form was shown to somebody who was signed in."""
    return unsent.owner_of(request).isdecimal()


def said(request: HttpRequest) -> Said:
    """What stands in the fields of this page's form."""
    if request.method == "POST":
        return Said(request.POST)
    kept = _waiting(request)
    if kept is None or not unsent.is_for(request, kept):
        return Said(QueryDict())
    return Said(QueryDict(kept.typed), is_back=True, has_files=kept.has_files)


def page_of(request: HttpRequest, number: str) -> str:
    """Where words wait for whoever has just proved this purchase; empty if none do."""
    kept = unsent.find(request, (number,))
    return kept.page if kept else ""


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """The form was sent again: what was kept has done its work."""
    if unsent.COOKIE in request.COOKIES:
        unsent.forget_sent(request, response, _owners(request))


def back_words() -> str:
    return _(
        "You were signed out before this was sent. What you typed stands in the form again: "
        "check it and press the button."
    )


def _mark(request: HttpRequest, purchase: Purchase | None) -> str:
    account = visitor.user_id(request)
    owner = purchase.number if account is None and purchase else str(account or "")
    return unsent.mark(owner) if owner else ""


def _waiting(request: HttpRequest) -> unsent.Unsent | None:
    if unsent.COOKIE not in request.COOKIES:
        return None
    return unsent.find(request, _owners(request))


def _owners(request: HttpRequest) -> list[str]:
    account = visitor.user_id(request)
    return [*([] if account is None else [str(account)]), *grants.granted(request)]
