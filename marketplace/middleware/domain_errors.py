"""Pages' translator of rule errors: a clear sentence, never a traceback."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from core.errors import DomainError
from web import errors

log = structlog.get_logger(__name__)


class DomainErrorMiddleware:
    """Turns a DomainError that a page didn't handle into an error page with its sentence; a
    database that is away into a page that says when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return errors.domain_error(request, error)
        if isinstance(error, errors.AWAY):
            log.error("database_away", error=str(error).strip())
            return errors.out_of_service(request)
        return None
