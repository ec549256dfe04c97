"""Compresses what Django answers, but for public pages: the page cache does that, and once."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from marketplace.page_cache import MARK

WORDS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class CompressMiddleware(GZipMiddleware):
    """Django's, which pads at random so that the length gives no secret away (BREACH)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = str(response.headers.get("Content-Type", ""))
        if MARK in response.headers or response.streaming or not kind.startswith(WORDS):
            return response
        return super().process_response(request, response)
