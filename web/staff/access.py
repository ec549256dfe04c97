"""Only the province's staff come in: others get 403, strangers the sign-in page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.models import User
from core import cases, limits
from core.errors import TooMany
from web import unsent

Page = Callable[..., HttpResponseBase]
REFUSALS = 5
log = structlog.get_logger(__name__)


def staff_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, user, …)`. Answers are one person's and never kept by a cache."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                response = unsent.lead_to_sign_in(request, methods=methods, home="staff:home")
            elif not user.is_staff:
                _note_refusal(user, request.path)
                raise PermissionDenied
            elif request.method not in allowed:
                response = HttpResponseNotAllowed(allowed)
            else:
                response = page(request, user, **kwargs)
                unsent.forget_sent(request, response)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def _note_refusal(user: User, path: str) -> None:
    """In the log; more than five in ten minutes open a Case, because then somebody is trying."""
    log.warning("staff_page_refused", user=user.pk, path=path)
    try:
        limits.check("staff_refused", user.pk, limit=REFUSALS, per_seconds=600)
    except TooMany:
        cases.open_case(
            kind="access.refused",
            subject=("user", str(user.pk)),
            title=_("An account without the right keeps opening the province's desk"),
            detail={"path": path[:200]},
            dedupe_key=f"access-refused:{user.pk}",
        )
