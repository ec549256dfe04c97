"""Draws all views of all goods, as the worker does in quiet hours; prints of how many.

`python -m bench.pictures`; several at once share the work. The widest sizes and AVIF, another half
hour of two cores, are left out: the load asks for pages, not for pictures.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup()

from catalog.services import drawings  # noqa: E402


def main() -> int:
    done = 0
    while drawings.draw_next():
        done += 1
    sys.stdout.write(json.dumps(done))
    return 0


if __name__ == "__main__":
    sys.exit(main())
