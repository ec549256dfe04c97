"""Error pages: what happened, what to do, and the request id for a call to support."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError, TooMany


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a rule that said no and that no form could show."""
    response = _page(request, status=error.status, title=_("This didn't work"), text=str(error))
    if isinstance(error, TooMany) and "retry_after" in error.params:
        response.headers["Retry-After"] = str(error.params["retry_after"])
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
    return _page(
        request,
        status=404,
        title=_("We can't find this page"),
        text=_("It may have moved or ended. Search for it, or go back to the market."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        status=500,
        title=_("Something broke on our side"),
        text=_("Nothing you typed was lost. Wait a minute and try again."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post we can't be sure comes from our own page: offer to send it again from here."""
    return _page(
        request,
        status=403,
        title=_("Please send that once more"),
        text=_("The page was open for too long. Open it again and repeat the last step."),
    )


def _page(request: HttpRequest, *, status: int, title: str, text: str) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    return render(request, "error.html", context, status=status)
