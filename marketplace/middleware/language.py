"""The language is in the path only: /… is Vietnamese, /en/… English; never a cookie or header."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix
from django.utils import translation

PREFIX = "/en"


class PathLanguageMiddleware:
    """Activates the path's language and makes `reverse` answer in it.

    The English prefix moves into SCRIPT_NAME, as a mount point would: the address table exists
    once, and every reversed address keeps the language of the page that it stands on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        english = path == PREFIX or path.startswith(PREFIX + "/")
        language = "en" if english else "vi"
        if english:
            request.path_info = path[len(PREFIX) :] or "/"
            request.META["SCRIPT_NAME"] = PREFIX
        set_script_prefix(PREFIX + "/" if english else "/")
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
