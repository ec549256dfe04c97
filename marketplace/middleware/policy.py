"""The content security policy: the same for every page, so it is put together once."""

from dataclasses import asdict
from functools import cache
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_PLAIN = PolicyParts()


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, with the usual case short: no view has changed the policy of its answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        changed = self.get_policy_parts(request=request, response=response) != _PLAIN
        if changed or getattr(response, "_csp_exempt", False):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return str(build_policy(**asdict(_PLAIN)))
