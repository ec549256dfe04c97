"""Notes, now and then, that a signed-in session was used, for the list of devices."""

import time
from collections import OrderedDict
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from accounts.services import devices

EVERY_SECONDS = 300
REMEMBERED = 5_000


class SeenMiddleware:
    """Costs nothing where a page didn't look at the session, and no query anywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.noted: OrderedDict[str, float] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and session.session_key and SESSION_KEY in session:
            self._note(session.session_key)
        return response

    def _note(self, key: str) -> None:
        moment = time.monotonic()
        if moment - self.noted.get(key, float("-inf")) < EVERY_SECONDS:
            return
        self.noted[key] = moment
        self.noted.move_to_end(key)
        while len(self.noted) > REMEMBERED:
            self.noted.popitem(last=False)
        devices.seen(key)
