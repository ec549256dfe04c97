"""New recovery codes on their way to the page that shows them: encrypted, for ten minutes."""

import json
import time

from django.http import HttpRequest

from core import crypto
from core.errors import DomainError

KEY = "fresh_codes"
SECONDS = 600


def keep(request: HttpRequest, codes: list[str]) -> None:
    """Have them shown next; an empty list changes nothing."""
    if codes:
        told = {"at": int(time.time()), "codes": codes}
        request.session[KEY] = crypto.encrypt(json.dumps(told))


def find(request: HttpRequest) -> list[str]:
    """The codes while they are fresh."""
    try:
        told = json.loads(crypto.decrypt(request.session.get(KEY, "")) or "{}")
    except DomainError:
        return []
    if time.time() - float(told.get("at", 0)) > SECONDS:
        return []
    return [str(code) for code in told["codes"]]


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
