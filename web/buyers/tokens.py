"""Form tokens of pages that belong to one visitor; public pages carry none (design, rule 12)."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject


def form_token(request: HttpRequest) -> object:
    """The token, made only when a form on the page asks for it."""
    return SimpleLazyObject(lambda: get_token(request))
