"""`manage.py check_books`: does every table say what the others say? Exit code 1 if not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.books import checks, run_check


class Command(BaseCommand):
    help = "Check stock, holds, money, timelines, outbox and audit trail against one another."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for check in checks():
            found = run_check(check)
            broken += bool(found)
            mark = "ok" if not found else f"{len(found)} broken"
            self.stdout.write(f"{mark:>10}  {check.rule}")
            for violation in found:
                self.stdout.write(
                    f"{'':12}{violation.subject}: expected {violation.expected}, "
                    f"found {violation.found}"
                )
        self.stdout.write(f"{len(checks())} rules, {broken} broken")
        if broken:
            sys.exit(1)
