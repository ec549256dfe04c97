"""The market's own worker and beat, with one task more that can be caught at work."""

from marketplace.celery import app as app

app.conf.imports = ("tests.faults.tasks",)
