"""Settings of the market that is broken on purpose: cached pages and the broker as they are in
the market, and subscribers that take their time or kill their worker."""

from marketplace.settings import CELERY as THE_MARKETS
from tests.browser.settings import *  # noqa: F403

CELERY = THE_MARKETS  # a broker of its own needs no prefix
OUTBOX_SUBSCRIBERS = "tests.faults.subscribers.SUBSCRIBERS"
