"""The worker and its beat, which looks every second where the market's own looks every minute."""

from marketplace.celery import app as app

SOON, RARE = 1.0, 600.0
app.conf.beat_schedule = {
    name: {**entry, "schedule": min(entry["schedule"], SOON)} if entry["schedule"] < RARE else entry
    for name, entry in app.conf.beat_schedule.items()
}
