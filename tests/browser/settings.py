"""Settings of the walked market: those of the raced one, with cached pages as in the demo."""

from tests.races.settings import *  # noqa: F403

PAGE_CACHE = True
WHITENOISE_USE_FINDERS = True  # no collected files in tests
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
