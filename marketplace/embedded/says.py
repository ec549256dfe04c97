"""What the launcher tells a person: progress lines and one-sentence refusals, in both languages."""

import os
import sys
import time

STARTED_KEY = "MARKET_STARTED"  # children count their progress from the launcher's start


class StartError(Exception):
    """Something a person must mend before the market can start: one sentence, no traceback."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")


class AskedToStop(Exception):
    """Ctrl-C or SIGTERM came while something was being waited for."""


def elapsed() -> float:
    started = float(os.environ.setdefault(STARTED_KEY, str(time.monotonic())))
    return time.monotonic() - started


def say(vi: str, en: str) -> None:
    write(f"[{elapsed():5.1f} s] {vi} · {en}")


def write(line: str) -> None:
    """A reader that went away (`make run | head`) must not bring the market down."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def use_utf8() -> None:
    """Vietnamese must come out even where the locale says ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
