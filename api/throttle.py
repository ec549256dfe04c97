"""600 calls a minute for one address; whole villages share one, so this is generous."""

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core import limits

CALLS, SECONDS = 600, 60


class ByAddress(BaseThrottle):
    """Raises core's TooMany, which the error translator turns into 429 with Retry-After."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        address = limits.client_address(request._request)
        limits.check("api", address, limit=CALLS, per_seconds=SECONDS)
        return True
