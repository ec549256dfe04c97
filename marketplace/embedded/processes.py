"""Children that die with the launcher, are recorded, and can be found after a crash."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_CAP = 5_000_000
Steps = tuple[tuple[int, float], ...]  # (signal, seconds to wait for it to work)
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Spec:
    """What to run. `user` is the uid and gid to drop to, or None to keep ours; one that `speaks`
    writes its progress to the person at the terminal and only its errors to its log."""

    name: str
    argv: list[str]
    cwd: Path
    env: dict[str, str]
    stop: Steps = ((signal.SIGTERM, 5.0),)
    user: tuple[int, int] | None = None
    speaks: bool = False


@dataclass
class Child:
    spec: Spec
    process: subprocess.Popen[bytes]
    started: int  # as in /proc
    log_start: int  # what it says begins here in its log
    since: float = field(default_factory=time.monotonic)

    @property
    def exit_code(self) -> int | None:
        return self.process.poll()


@dataclass(frozen=True)
class Found:
    """A line of /proc: enough to tell a process from a later one with the same number."""

    pid: int
    parent: int
    session: int
    started: int


def die_with(launcher: int, death_signal: int) -> None:
    """Runs in the child after its rights were dropped (dropping them clears the wish)."""
    _libc.prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != launcher:
        os._exit(1)


def spawn(spec: Spec, *, logs: Path, run: Path) -> Child:
    """Starts `spec` as leader of its own session, logging to `logs/<name>.log`."""
    cap_log(logs / f"{spec.name}.log")
    with (logs / f"{spec.name}.log").open("ab") as log:
        log_start = log.tell()
        process = subprocess.Popen(  # noqa: S603
            spec.argv,
            stdin=subprocess.DEVNULL,
            stdout=None if spec.speaks else log,
            stderr=log,
            cwd=spec.cwd,
            env=spec.env,
            umask=0o077,
            start_new_session=True,
            user=spec.user[0] if spec.user else None,
            group=spec.user[1] if spec.user else None,
            extra_groups=[] if spec.user else None,
            preexec_fn=partial(die_with, os.getpid(), spec.stop[0][0]),
        )
    found = look_up(process.pid)
    started = found.started if found else 0
    record = {"pid": process.pid, "started": started, "boot": boot_id()}
    write_whole(run / f"{spec.name}.json", json.dumps(record))
    return Child(spec, process, started, log_start)


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """A kill at any moment leaves the old text or the new one, never half."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def look_up(pid: int) -> Found | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    state, parent, _group, session, *rest = text.rpartition(")")[2].split()
    return None if state in "ZX" else Found(pid, int(parent), int(session), int(rest[15]))


def everybody() -> Iterator[Found]:
    for name in os.listdir("/proc"):
        if name.isdigit() and (found := look_up(int(name))):
            yield found


def session_of(leader: int, started: int) -> list[int]:
    """Members of the session; a later owner of the leader's number doesn't count."""
    now = look_up(leader)
    if now and now.started != started:
        return []
    return [p.pid for p in everybody() if p.session == leader and p.started >= started]


def working_in(folder: Path) -> list[int]:
    """Every process with this working directory: PostgreSQL's backends leave its session."""
    wanted, pids = str(folder), []
    for found in everybody():
        try:
            if os.readlink(f"/proc/{found.pid}/cwd") == wanted:
                pids.append(found.pid)
        except OSError:  # gone, or somebody else's
            continue
    return pids


def send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def end(leader: int, alive: Callable[[], list[int]], steps: Steps) -> None:
    """Signals the leader step by step, if it lives; what outlives it is killed."""
    for number, seconds in steps:
        until = time.monotonic() + seconds
        if leader in alive():
            send(leader, number)
        while leader in alive() and time.monotonic() < until:
            time.sleep(0.03)
    until = time.monotonic() + 3.0
    while (pids := alive()) and time.monotonic() < until:
        for pid in pids:
            send(pid, signal.SIGKILL)
        time.sleep(0.03)


def stop(child: Child, *, run: Path) -> None:
    """Afterwards neither the child nor anything of its session runs."""

    def alive() -> list[int]:
        child.process.poll()  # reaps it, so that it leaves /proc
        return session_of(child.process.pid, child.started)

    end(child.process.pid, alive, child.spec.stop)
    (run / f"{child.spec.name}.json").unlink(missing_ok=True)


def recorded(run: Path, name: str) -> tuple[int, int] | None:
    """Number and start of the child that an earlier launcher recorded since the machine started."""
    try:
        record = json.loads((run / f"{name}.json").read_text(encoding="utf-8"))
        return (record["pid"], record["started"]) if record["boot"] == boot_id() else None
    except (OSError, ValueError, KeyError):
        return None


def cap_log(path: Path) -> None:
    """Keeps one older file; writers append, so cutting the file under them is safe."""
    try:
        if path.stat().st_size < LOG_CAP:
            return
        path.with_suffix(".log.1").write_bytes(path.read_bytes()[-LOG_CAP:])
        os.truncate(path, 0)
    except OSError:
        return


def said(path: Path, start: int = 0) -> str:
    """The end of what was written to a log since `start`."""
    try:
        text = path.read_bytes()
    except OSError:
        return ""
    return text[start if start < len(text) else 0 :][-4000:].decode("utf-8", "replace")


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    telling = [line for line in lines if "FATAL" in line or "Error" in line] or lines or [""]
    return telling[-1].strip()[:300]


def follows_make() -> None:
    """`make` killed outright must not leave a launcher behind that nobody sees."""
    try:
        parent = Path(f"/proc/{os.getppid()}/comm").read_text(encoding="utf-8").strip()
    except OSError:
        return
    if sys.platform == "linux" and parent in {"make", "gmake"}:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
