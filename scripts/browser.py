"""Finds a browser for the tests, or brings one: Debian's chromium where apt may, else Playwright's.

The path is kept in `.cache/browser-path` and handed to the tests as BROWSER_PATH.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSER_KEY = "BROWSER_PATH"
ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "browser-path"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120")


class NoBrowser(Exception):
    """Neither found nor to be had."""


def find_browser() -> Path | None:
    """BROWSER_PATH, then what was found before, then what is on the PATH or was downloaded."""
    known = [os.environ.get(BROWSER_KEY), kept(), *(shutil.which(name) for name in NAMES)]
    for path in (*known, *downloaded()):
        if path and runs(Path(path)):
            return Path(path)
    return None


def bring_browser() -> Path:
    """Afterwards a browser that starts is there, and its path is kept. Raises NoBrowser."""
    path = find_browser()
    if not path:
        say("Tìm trình duyệt để thử · bringing a browser for the tests")
        path = (by_apt() and find_browser()) or (by_playwright() and find_browser()) or None
    if not path:
        raise NoBrowser("no browser: install chromium, or set BROWSER_PATH")
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(f"{path}\n", encoding="utf-8")
    return path


def kept() -> str | None:
    try:
        return KEPT.read_text(encoding="utf-8").strip()
    except OSError:
        return None


def downloaded() -> list[str]:
    """Playwright's own, newest first; the headless shell is enough."""
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or downloads())
    found = [
        *home.glob("chromium*/chrome-linux*/chrome"),
        *home.glob("chromium*/*/*headless*shell"),
    ]
    return [str(path) for path in sorted(found, reverse=True)]


def downloads() -> Path:
    """A user without a writable home gets them beside the code."""
    home = Path.home() / ".cache" / "ms-playwright"
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    return home if os.access(nearest, os.W_OK) else ROOT / ".cache" / "ms-playwright"


def runs(path: Path) -> bool:
    try:
        command = [str(path), "--version", "--no-sandbox"]
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def by_apt() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*APT, "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
    if subprocess.run(install, env=env, check=False).returncode == 0:
        return True
    subprocess.run([*APT, "update"], env=env, check=False)
    return subprocess.run(install, env=env, check=False).returncode == 0


def by_playwright() -> bool:
    env = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(downloads())}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, env=env, check=False).returncode == 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say(str(bring_browser()))
