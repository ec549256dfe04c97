"""How many violations the books have: `python -m bench.books` prints the number."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
django.setup()

from marketplace.books import run_checks  # noqa: E402

if __name__ == "__main__":
    sys.stdout.write(str(len(run_checks())))
