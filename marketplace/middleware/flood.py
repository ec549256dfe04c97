"""Stops who asks for far more pages than a village reads; kept pages never come this far."""

import time
from collections import Counter
from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse

from core import limits
from core.errors import TooMany
from core.rules import DatedRule
from web import errors

PAGES_PER_MINUTE = DatedRule("platform.pages_per_minute", first=500, unit="pages")
# They have limits of their own, or are asked by our own machines.
UNCOUNTED = 60  # per minute, address and process: a reader costs no way to Valkey
FREE = ("/api/", "/hooks/", "/healthz", "/readyz", "/metrics", "/static/", "/media/")


class FloodMiddleware:
    """Counts by address, generously: thousands of phones may share one. What the page cache
    answers isn't counted, nor the first pages of a minute, nor this machine itself. Source: S38."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minute = 0
        self.seen: Counter[str] = Counter()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = limits.client_address(request)
        if not request.path_info.startswith(FREE) and self._is_busy(address):
            try:
                limits.check("pages", address, limit=PAGES_PER_MINUTE.value(), per_seconds=60)
            except TooMany as error:
                return errors.domain_error(request, error)
        return self.get_response(request)

    def _is_busy(self, address: str) -> bool:
        """Whether this process alone has answered it a lot in this minute."""
        minute = int(time.monotonic() // 60)
        if minute != self.minute:
            self.minute, self.seen = minute, Counter()
        self.seen[address] += 1
        return self.seen[address] > UNCOUNTED and not _is_ours(address)


def _is_ours(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True
