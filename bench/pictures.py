"""Finishes what the worker does in quiet hours: `python -m bench.pictures` prints how many.

All views of the drawn goods and all widths in both formats. Several at once share the work.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup()

from catalog.services import drawings  # noqa: E402
from core import pictures  # noqa: E402


def main() -> int:
    done = 0
    while drawings.draw_next() or pictures.make_next(everything=True) is not None:
        done += 1
    sys.stdout.write(json.dumps(done))
    return 0


if __name__ == "__main__":
    sys.exit(main())
