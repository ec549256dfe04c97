"""How gunicorn runs the market, demo and production; the environment may change the numbers."""

import gc
import os
from pathlib import Path
from typing import Any

wsgi_app = "marketplace.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = True  # the code is loaded once and its memory shared
timeout = 60
graceful_timeout = 6
keepalive = 15
backlog = 512
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
accesslog = None  # the market writes its own, with request ids
errorlog = "-"
control_socket_disable = True  # it would be made in the home folder


def when_ready(server: Any) -> None:
    """What is loaded now stays: taken out of the collector's sight, it is never copied by it."""
    gc.collect()
    gc.freeze()


def child_exit(server: Any, worker: Any) -> None:
    """Takes a gone worker's live figures out of /metrics."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess  # noqa: PLC0415 (must see the variable first)

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
