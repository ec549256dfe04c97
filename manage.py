#!/usr/bin/env python3
"""Django's command line; `manage.py demo` alone leaves Django out (see marketplace/embedded)."""

import os
import sys


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (this is the sentence for an older one)
        here = sys.version.split()[0]
        sys.stderr.write(
            "Cần Python 3.11 trở lên; đây là Python " + here + ". / "
            "Python 3.11 or newer is needed; this is Python " + here + ".\n"
        )
        return 1
    if sys.argv[1:] == ["demo"]:
        from marketplace.embedded import launcher  # noqa: PLC0415

        return launcher.main()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
