"""The calibration: a fixed 20 KB string from a Django without middleware and database.

Always this one, under gunicorn gthread with 2 workers of 8 threads: other figures are told as
shares of its rate, so that they compare across machines.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = "0123456789abcde\n" * 1279 + "0123456789"  # 20,474 bytes, as where the peers were measured

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="no secret",  # noqa: S106
)


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", answer)]
application = get_wsgi_application()
