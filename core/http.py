"""Outgoing HTTP. (First version: the guarded client follows.)"""

from dataclasses import dataclass

import urllib3


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of an outside party."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
    timeout: tuple[float, float] = (3.05, 8.0),
    party: str,
    retries: int = 0,
) -> Response:
    """One call without redirects."""
    answer = urllib3.request(
        method, url, headers=headers, body=body, timeout=urllib3.Timeout(*timeout), redirect=False
    )
    return Response(answer.status, dict(answer.headers), answer.data)
