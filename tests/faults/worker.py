"""The market's own worker and beat, with one task more that can be caught at work."""

import os

from marketplace.celery import app as app

TWIN_KEY = "FAULTS_TWIN"
app.conf.imports = ("tests.faults.tasks",)
if TWIN_KEY in os.environ:  # what Celery does unless it is told otherwise
    app.conf.task_reject_on_worker_lost = app.conf.task_retry_on_worker_lost = False
