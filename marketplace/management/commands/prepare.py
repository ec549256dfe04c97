"""`manage.py prepare`: one process that makes the database, translations and static files current.

The launcher runs it at every start, so each step first finds out cheaply whether it is needed.
Safe to run twice and to be killed at any moment.
"""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core import versions
from marketplace.demo_accounts import sign_in_line
from marketplace.embedded.market import sign_in_file
from marketplace.embedded.processes import write_whole
from marketplace.embedded.says import say


class Command(BaseCommand):
    help = "Compile translations, migrate, collect static files, fill an empty demo market."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        compile_messages()
        migrate()
        collect_static()
        forget_pages()
        if settings.DEMO:
            seed()
            path = sign_in_file(Path(settings.DATA_DIR))
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, sign_in_line())


def compile_messages() -> None:
    """Only where a .po file is newer than what was compiled; before any text is translated."""
    base = Path(settings.BASE_DIR)
    texts = [base / "locale" / "vi", *base.glob("locale/vi/*.po")]
    sources = [path.stat().st_mtime for path in texts if path.exists()]
    compiled = [path.stat().st_mtime for path in base.glob("locale/**/*.mo")]
    if sources and (not compiled or max(sources) > min(compiled)):
        say("Biên dịch bản dịch", "compiling translations")
        command = [sys.executable, str(base / "scripts" / "messages.py"), "compile"]
        subprocess.run(command, cwd=base, check=True, umask=0o022)  # noqa: S603


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Tạo các bảng", "migrating the database")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """The mark is written last, so that a half collection is made anew. In production the old files
    stay for pages that are out in caches."""
    target = Path(settings.STATIC_ROOT)
    mark = target.with_name(f"{target.name}.collected")
    wanted = hashlib.sha256("\n".join(static_sources()).encode()).hexdigest()
    if mark.exists() and mark.read_text(encoding="ascii") == wanted:
        return
    say("Gom tệp tĩnh", "collecting static files")
    mark.unlink(missing_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=settings.DEMO, verbosity=0)
    write_whole(mark, wanted)


def static_sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            yield f"{name} {path.stat().st_size} {path.stat().st_mtime_ns}"


def forget_pages() -> None:
    """Pages cached before this start may name files and texts of older code, and a crash of Valkey
    may have lost the last bump: the clock gives a version that was never used."""
    cache.set(versions.KEY, int(time.time()), timeout=None)


def seed() -> None:
    if "seed_market" in get_commands():
        call_command("seed_market", if_empty=True)
