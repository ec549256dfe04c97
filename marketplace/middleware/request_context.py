"""A request id for every request, in logs and in the answer; times and counts for /metrics."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("request")


class RequestContextMiddleware:
    """Binds `request_id` for all log lines of this request and says it in `X-Request-ID`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:16]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        if response.status_code >= 500:
            spent = round((time.perf_counter() - started) * 1000)
            log.error("answered", path=request.path, status=response.status_code, ms=spent)
        return response
