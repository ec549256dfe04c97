"""The Celery app and its beat; settings as measured (`docs/reliability.md`)."""

import os

from celery import Celery, signals
from django.conf import settings
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")

app = Celery("market")
app.conf.update(settings.CELERY)
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "relay the outbox": {"task": "core.tasks.relay_outbox", "schedule": 5.0},
    "forget delivered entries": {"task": "core.tasks.prune_outbox", "schedule": 86_400.0},
    "seal the audit trail": {"task": "core.tasks.seal_audit", "schedule": 60.0},
    "finish pictures": {
        "task": "core.tasks.finish_pictures",
        "schedule": 60.0,
        "options": {"queue": "low"},
    },
    "sweep files that no row knows": {
        "task": "core.tasks.sweep_files",
        "schedule": 86_400 / 256,
        "options": {"queue": "low"},
    },
    "cancel what no vendor confirmed": {
        "task": "orders.tasks.cancel_unconfirmed",
        "schedule": 30.0,
    },
    "follow parcels": {"task": "orders.tasks.follow_parcels", "schedule": 5.0},
    "close delivered orders": {"task": "orders.tasks.close_delivered", "schedule": 60.0},
    "run the clocks of complaints": {
        "task": "orders.tasks.run_complaint_clocks",
        "schedule": 60.0,
    },
    "send waiting messages": {"task": "notifications.tasks.send_waiting", "schedule": 15.0},
    "push stock": {"task": "channels.tasks.push_waiting_stock", "schedule": 15.0},
    "poll channel orders": {"task": "channels.tasks.poll_orders", "schedule": 30.0},
    "handle notices": {"task": "channels.tasks.handle_open_notices", "schedule": 10.0},
    "make exports of own data": {"task": "accounts.tasks.make_exports", "schedule": 30.0},
    "forget old exports": {"task": "accounts.tasks.forget_exports", "schedule": 3600.0},
    "erase who asked for it": {"task": "accounts.tasks.erase_due", "schedule": 3600.0},
    "forget ended sessions": {"task": "accounts.tasks.forget_sessions", "schedule": 86_400.0},
    "renew tokens": {"task": "channels.tasks.renew_tokens", "schedule": 600.0},
    "make old search entries anew": {
        "task": "catalog.tasks.reindex_outdated",
        "schedule": 300.0,
        "options": {"queue": "low"},
    },
    "drop badges of expired papers": {
        "task": "catalog.tasks.reindex_expired_papers",
        "schedule": 900.0,
    },
    "show unanswered questions": {
        "task": "catalog.tasks.show_unanswered_questions",
        "schedule": 1800.0,
    },
}


@signals.celeryd_init.connect
@signals.beat_init.connect
def refuse_unsafe(**sent: object) -> None:
    """Like the web server, a worker or beat ends before it does anything for an unsafe market.

    By its name, because models can't be imported before Celery has set Django up.
    """
    import_string("marketplace.checks.refuse_unsafe")()
