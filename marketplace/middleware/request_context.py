"""A request id for every request, in logs and in the answer; times and counts for /metrics."""

import random
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from core import metrics
from marketplace.page_cache import new_request_id

SAMPLE = 0.01  # of ordinary answers; slow and failed ones are always told
SLOW_SECONDS = 1.0
# Asked by machines under any name; everything else must name a host of ours.
ANY_HOST = frozenset({"/healthz", "/readyz", "/metrics"})

log = structlog.get_logger("request")


class RequestContextMiddleware:
    """Binds `request_id` for all log lines of this request and says it in `X-Request-ID`.

    The outermost one: it also refuses foreign hosts, before anything is rendered for them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = new_request_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        if request.path_info not in ANY_HOST:
            request.get_host()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        self._tell(request, response, time.perf_counter() - started)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, spent: float) -> None:
        match = request.resolver_match
        view = match.view_name if match is not None else "none"
        metrics.REQUESTS.labels(view, response.status_code).observe(spent)
        is_failed = response.status_code >= 500
        if is_failed or spent > SLOW_SECONDS or random.random() < SAMPLE:  # noqa: S311 (no secret)
            tell = log.error if is_failed else log.info
            tell(
                "answered",
                method=request.method,
                path=request.path,
                view=view,
                status=response.status_code,
                ms=round(spent * 1000),
            )
