"""Makes .venv and installs locked requirements into it, only when they changed.

Called by bootstrap.sh with any Python that is new enough; uses nothing but the standard library.
A kill at any moment is repaired by the next run: an install that didn't end starts from nothing.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
UNFINISHED = CACHE / "install-unfinished"
NEEDED_BYTES = 700_000_000


class Refusal(Exception):
    """One sentence for the person who typed `make`."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    requirements = ROOT / sys.argv[1]
    try:
        if not is_installed(requirements):
            with locked():
                if not is_installed(requirements):
                    bring(requirements)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except OSError as error:  # the disk filled up while something was written
        where = error.filename or ROOT
        sys.stderr.write(
            f"Không ghi được {where} ({error.strerror}). / "
            f"{where} can't be written ({error.strerror}).\n"
        )
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def stamp(requirements: Path) -> Path:
    return VENV / f".installed-{requirements.stem}"


def wanted(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def is_installed(requirements: Path) -> bool:
    try:
        done = stamp(requirements).read_text(encoding="ascii") == wanted(requirements)
    except OSError:
        return False
    return done and PYTHON.exists() and not UNFINISHED.exists()


class locked:  # noqa: N801 (reads as a sentence)
    """Two `make` at once don't install into one folder; a killed one's pip is waited for."""

    def __enter__(self) -> None:
        try:
            CACHE.mkdir(exist_ok=True)
            self.file = (CACHE / "install.lock").open("w")
        except OSError as error:
            raise Refusal(
                f"Không ghi được vào {ROOT} ({error.strerror}). / "
                f"{ROOT} can't be written ({error.strerror})."
            ) from error
        os.set_inheritable(self.file.fileno(), True)  # noqa: FBT003 (pip holds it too)
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Chờ lần cài đặt khác xong · waiting for another installation to end")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def bring(requirements: Path) -> None:
    """Steps: 1 room, 2 a sound .venv, 3 the packages, 4 the stamp that makes the next run quick."""
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES:
        raise Refusal(
            f"Ổ đĩa chỉ còn {free // 1_000_000} MB, cần {NEEDED_BYTES // 1_000_000} MB. / "
            f"The disk has only {free // 1_000_000} MB, {NEEDED_BYTES // 1_000_000} are needed."
        )
    make_venv()
    UNFINISHED.touch()
    install(requirements)
    stamp(requirements).write_text(wanted(requirements), encoding="ascii")
    UNFINISHED.unlink()


def make_venv() -> None:
    if not UNFINISHED.exists() and works():
        return
    say("Tạo môi trường Python .venv · making the Python environment .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        capture_output=True,
        text=True,
        pass_fds=(),
        check=False,
    )
    if made.returncode or not works():
        raise Refusal(
            "Không tạo được .venv; trên Debian hãy cài python3-venv (apt install python3-venv). / "
            "The .venv could not be made; on Debian run: apt install python3-venv."
        )


def works() -> bool:
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return (
            subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def install(requirements: Path) -> None:
    """Runs pip and shows how far it is. Raises Refusal with pip's last words when it fails."""
    total = len(
        re.findall(r"^[a-z0-9].*==", requirements.read_text(encoding="utf-8"), re.MULTILINE)
    )
    log = CACHE / "install.log"
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--no-warn-script-location", "--progress-bar=off", "--require-hashes"]
    command += ["-r", str(requirements)]
    begun = time.monotonic()
    with (
        log.open("w", encoding="utf-8") as copy,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=pip_env(),
            close_fds=False,  # the lock stays held while pip runs
        ) as pip,
    ):
        show(pip.stdout or (), copy.write, total)
    if pip.returncode:
        words = log.read_text(encoding="utf-8").strip().splitlines()[-3:]
        cause = next((line for line in words if "ERROR" in line), words[-1] if words else "")
        raise Refusal(
            f"Không cài được các gói: {cause} (xem {log}). / "
            f"The packages could not be installed: {cause} (see {log})."
        )
    took = time.monotonic() - begun
    say(f"Đã cài {total} gói · {total} packages installed ({took:.0f} s)")


def show(lines: Iterable[str], keep: Callable[[str], object], total: int) -> None:
    done, told = 0, 0.0
    for line in lines:
        keep(line)
        if line.startswith(("Collecting ", "Processing ", "Requirement already")):
            done += 1
        if line.startswith("Installing collected"):
            say("Đang chép các gói vào .venv · copying the packages into .venv")
        elif done < total and time.monotonic() - told > 3:
            told = time.monotonic()
            say(f"Đang tải gói {done}/{total} · fetching packages")


def pip_env() -> dict[str, str]:
    """A home that can't be written (service users have none) must not cost the cache."""
    env = dict(os.environ)
    home = Path(env.get("PIP_CACHE_DIR") or env.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        env["PIP_CACHE_DIR"] = str(CACHE / "pip")
    return env


if __name__ == "__main__":
    sys.exit(main())
