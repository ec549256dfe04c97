"""Guards every form post that acts with a cookie, without a token in cached pages.

Browsers say where a post comes from (`Sec-Fetch-Site`, `Origin`): a foreign origin is refused, our
own passes. Where a browser says neither, Django's form token decides (design, rule 12).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from web.errors import foreign_post

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class OriginGuardMiddleware(CsrfViewMiddleware):
    """Django's CSRF middleware, with the browser's own word asked first."""

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[object, ...],
        callback_kwargs: dict[str, object],
    ) -> HttpResponseForbidden | None:
        if request.method in SAFE or getattr(callback, "csrf_exempt", False):
            return None
        said = self._is_from_us(request)
        if said is True:
            return None
        if said is False:
            return self.refuse(request)
        return super().process_view(request, callback, callback_args, callback_kwargs)

    def refuse(self, request: HttpRequest) -> HttpResponseForbidden:
        """Another site's page sent this: nothing of it is done, shown or repeated."""
        return HttpResponseForbidden(foreign_post(request).content)

    def _is_from_us(self, request: HttpRequest) -> bool | None:
        """What the browser says: ours, foreign, or nothing (None)."""
        origin = request.headers.get("Origin")
        if origin is not None and origin != "null":
            ours = f"{request.scheme}://{request.get_host()}"
            return origin == ours or origin in settings.CSRF_TRUSTED_ORIGINS
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site == "same-origin"
        referer = request.headers.get("Referer")
        if origin == "null" and referer:
            return urlsplit(referer).netloc == request.get_host()
        return False if origin == "null" else None
