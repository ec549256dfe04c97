"""The REST translator of errors: problem details (RFC 9457) with a stable `code`."""

from typing import Any

import structlog
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import DomainError, ProviderError

TYPE = "application/problem+json"


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as {type, title, status, code, detail, request_id, …}; bugs stay a 500 page."""
    if isinstance(error, DomainError):
        response = _problem(error.status, error.code, str(error), error.params)
        if isinstance(error, ProviderError) or "retry_after" in error.params:
            response["Retry-After"] = str(error.params.get("retry_after", 30))
        return response
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    plain = exception_handler(error, context)
    if plain is None or not isinstance(error, exceptions.APIException):
        return plain
    extra: dict[str, object] = {}
    if isinstance(error, exceptions.ValidationError):
        extra = {"errors": error.detail}
    response = _problem(plain.status_code, _code(error), _sentence(error), extra)
    for header, value in plain.headers.items():
        if header in {"Retry-After", "WWW-Authenticate", "Allow"}:
            response[header] = value
    return response


def _problem(status: int, code: str, detail: str, extra: dict[str, object]) -> Response:
    body = {
        "type": "about:blank",
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
        **extra,
    }
    return Response(body, status=status, content_type=TYPE)


def _code(error: exceptions.APIException) -> str:
    return "invalid" if isinstance(error, exceptions.ValidationError) else error.default_code


def _sentence(error: exceptions.APIException) -> str:
    if isinstance(error, exceptions.ValidationError):
        return "One or more parameters can't be read; see `errors`."
    return str(error.detail)
