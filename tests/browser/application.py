"""The walked market, for gunicorn."""

import time

from django.core.cache import cache

from core import versions
from marketplace.wsgi import application as application

# Keys start over with every test database: nothing cached of an earlier one may be found.
cache.set(versions.KEY, time.time_ns(), timeout=None)
