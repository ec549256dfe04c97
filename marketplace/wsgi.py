"""The WSGI application: the page cache in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

django = get_wsgi_application()

from marketplace import checks, page_cache  # noqa: E402 (need Django's settings)

checks.refuse_unsafe()
application = page_cache.PageCache(django)
