"""Pages that are the same bytes for everybody (design, rule 11)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public_page(view: View[P]) -> View[P]:
    """Marks a page for the server's page cache and tells other caches how long they may keep it."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=0, s-maxage=30"
            response.headers["X-Page-Cache"] = "1"
        return response

    return cast(View[P], shown)
