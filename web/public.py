"""Pages that are the same bytes for everybody (design, rule 11)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

import structlog
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
log = structlog.get_logger(__name__)


def public_page(view: View[P]) -> View[P]:
    """Marks a page for the server's page cache and tells other caches how long they may keep it.

    The page cache adds the ETag and compresses. A view that looked at the session or set a cookie
    isn't public, whatever it says: its answer is kept by nobody, and the log tells.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        if response.cookies or is_session_used(request):
            log.error("public_page_is_personal", path=request.path)
            response.headers["Cache-Control"] = "private, no-store"
            return response
        response.headers["Cache-Control"] = "public, max-age=0, s-maxage=30"
        response.headers["X-Page-Cache"] = "1"
        return response

    return cast(View[P], shown)


def is_session_used(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return session is not None and bool(session.accessed)
