"""Pages' translator of rule errors: a clear sentence, never a traceback."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.errors import DomainError
from web import errors


class DomainErrorMiddleware:
    """Turns a DomainError that a page didn't handle into an error page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return errors.domain_error(request, error)
        return None
