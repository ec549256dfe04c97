"""Text messages and Zalo, by one HTTP gateway of the province's telecom provider.

The contract is the common denominator of Vietnamese gateways: a JSON post with a bearer token. A
provider with another shape gets its own function in `GATEWAYS`.
"""

import json

from django.conf import settings

from core import http
from core.errors import ProviderError
from notifications.gateways.letter import Letter


def send(letter: Letter) -> None:
    """Hand one text message over. Raises ProviderError."""
    _post("sms", letter)


def send_zalo(letter: Letter) -> None:
    """Hand one Zalo notice over. Raises ProviderError; who has no Zalo is refused."""
    _post("zalo", letter)


def _post(way: str, letter: Letter) -> None:
    gateway = settings.SMS_GATEWAY
    if not gateway["url"]:
        if settings.DEMO:
            return
        raise ProviderError(f"{way}_not_configured")
    answer = http.request(
        "POST",
        gateway["url"],
        party=way,
        headers={
            "Authorization": f"Bearer {gateway['token']}",
            "Content-Type": "application/json",
        },
        body=json.dumps(
            {
                "channel": way,
                "from": gateway["sender"],
                "to": letter.to,
                "text": letter.body,
                "idempotency_key": letter.key,
            }
        ).encode(),
    )
    if answer.status >= 500 or answer.status == 429:
        raise ProviderError(f"{way}_away")
    if answer.status >= 400:
        raise ProviderError(f"{way}_refused", retryable=False)
