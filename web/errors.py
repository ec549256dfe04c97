"""Error pages: what happened, what to do, and the request id for a call to support."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import is_valid_path
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.errors import DomainError, ProviderError, TooMany

AWAY = (OperationalError, InterfaceError)
RETRY_SECONDS = 30
UNSHOWABLE = (TemplateDoesNotExist, TemplateSyntaxError, ValueError, *AWAY)
# The form gets a fresh one.
NOT_REPEATED = frozenset({"csrfmiddlewaretoken"})


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a rule that said no and that no form could show."""
    response = _page(request, status=error.status, title=_("This didn't work"), text=str(error))
    wait = error.params.get("retry_after") if isinstance(error, TooMany) else None
    if isinstance(error, ProviderError):
        wait = error.retry_after or RETRY_SECONDS
    if wait is not None:
        response.headers["Retry-After"] = str(round(float(str(wait))))
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        status=400,
        title=_("We couldn't read that"),
        text=_("Please go back, check what you typed and send it again."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request,
        status=403,
        title=_("This page isn't for this account"),
        text=_("Sign in with the right account, or go back to the market."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here; an address that only lacks its last slash moves to the one that has it."""
    path = request.path_info
    is_unknown = request.resolver_match is None and request.method in {"GET", "HEAD"}
    if is_unknown and not path.endswith("/") and is_valid_path(f"{path}/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/{'?' + query if query else ''}")
    return _page(
        request,
        status=404,
        title=_("We can't find this page"),
        text=_("It may have moved or ended. Search for it, or go back to the market."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Anything that nobody foresaw; a database that is away is told apart, wherever it happened."""
    if isinstance(sys.exc_info()[1], AWAY):
        return out_of_service(request)
    return _page(
        request,
        status=500,
        title=_("Something broke on our side"),
        text=_(
            "Please wait a minute and try again. If you were ordering, look at your cart first."
        ),
    )


def out_of_service(request: HttpRequest) -> HttpResponse:
    """The database doesn't answer, and waiting helps. What was sent may have been written just
    before it fell silent, so nobody is told that it wasn't."""
    only_looked = request.method in {"GET", "HEAD"}
    response = _page(
        request,
        status=503,
        title=_("The market is taking a short break"),
        text=_("Nothing was changed. Please try again in half a minute.")
        if only_looked
        else _(
            "We can't tell whether this got through. Please send it again in half a minute; "
            "an order is never placed twice."
        ),
    )
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post of a browser that doesn't say where it comes from: send it again from our own page.

    What was typed stands in the form that is sent again; only files must be chosen once more.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_REPEATED
        for value in values
    ]
    context = {
        "title": _("Please send that once more"),
        "text": _(
            "Your browser doesn't tell us where this came from, so we ask you: did you just send "
            "this on our site? Then send it again here. If not, simply close this page."
        ),
        "typed": typed,
        "has_files": bool(request.FILES),
        "action": request.get_full_path(),
    }
    response = render(request, "resend.html", context, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def foreign_post(request: HttpRequest) -> HttpResponse:
    """A post that another site's page sent: nothing was done, and nothing of it is repeated."""
    return _page(
        request,
        status=403,
        title=_("Please send that once more"),
        text=_(
            "This came from another site, so nothing was done. Open our page and send it there."
        ),
    )


def _page(request: HttpRequest, *, status: int, title: str, text: str) -> HttpResponse:
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    if request.path_info.startswith("/api/"):
        problem = {"type": "about:blank", "status": status, "title": title, "detail": text}
        kind = "application/problem+json"
        return JsonResponse(problem, status=status, content_type=kind)
    context = {"title": title, "text": text, "request_id": request_id}
    try:
        response = render(request, "error.html", context, status=status)
    except UNSHOWABLE:
        response = HttpResponse(_bare(title, text, request_id), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _bare(title: str, text: str, request_id: str) -> str:
    """The same words, where even the page around them can't be made."""
    return (
        f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p><p><small>{escape(request_id)}</small></p>"
    )
