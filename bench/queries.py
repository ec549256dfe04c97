"""SQL queries of pages: `python -m bench.queries PATH…` prints them as JSON.

"cold" is the first view after everything remembered was thrown away, "warm" the second.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
os.environ["PAGE_CACHE"] = "0"
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from catalog.selectors import cached  # noqa: E402
from core import versions  # noqa: E402
from web.buyers import cards, frame  # noqa: E402


def main(paths: list[str]) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    client.get("/healthz")  # settles what only the first request of a process does
    told = {path: measure(client, path) for path in paths}
    sys.stdout.write(json.dumps(told))
    return 0


def measure(client: Client, path: str) -> dict[str, int]:
    client.get(path)
    forget_all()
    client.get("/gio")  # header, footer and tree are there for every page but the very first
    cold = count(client, path)
    return {"cold": cold, "warm": count(client, path)}


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return len(queries)


def forget_all() -> None:
    versions.bump_now()
    cached.forget()
    cards.forget()
    frame.forget()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
