"""Settings of the tests: the real engines, cheap password hashing, no outside world."""

import os
import re
import tempfile

os.environ.setdefault("MARKET_DATA", tempfile.mkdtemp(prefix="market-test-"))
os.environ["MODE"] = "demo"
# Tests that run side by side bump versions and count limits: each process has its own keys.
side = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
if side and "REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = re.sub(r"/\d+$", f"/{int(side) + 1}", os.environ["REDIS_URL"])

from marketplace.settings import *  # noqa: E402, F403
from marketplace.settings import CELERY, STORAGES, env  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY = CELERY | {"task_always_eager": True, "task_eager_propagates": True}
PAGE_CACHE = False
# The tests empty every table between two races, also the audit trail.
PROTECTIONS_OFF = frozenset([*env.list("PROTECTIONS_OFF", default=[]), "audit_truncate"])
