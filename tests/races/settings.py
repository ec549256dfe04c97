"""Settings of the raced server: those of the tests, but wake-ups go to the real broker."""

from marketplace.settings_test import *  # noqa: F403
from marketplace.settings_test import CELERY, DATABASES

TRUSTED_PROXIES = 1
OWN = f"races-{DATABASES['default']['NAME']}"
CELERY = CELERY | {
    "task_always_eager": False,
    "broker_transport_options": CELERY["broker_transport_options"]
    | {"global_keyprefix": f"{OWN}-"},
}
