"""Starts children, waits for them, restarts those that fall over, stops all in reverse order."""

import os
import select
import signal
import time
from collections.abc import Callable
from types import FrameType

from marketplace.embedded.folders import Folder
from marketplace.embedded.processes import Child, Spec, cap_log, last_line, said, spawn, stop
from marketplace.embedded.says import AskedToStop, StartError, say

LONGEST_DELAY = 30.0
STEADY_AFTER = 60.0  # seconds after which an earlier fall is forgotten


class Supervisor:
    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.children: dict[str, Child] = {}
        self.before_restart: dict[str, Callable[[], None]] = {}
        self.falls: dict[str, int] = {}
        self.due: dict[str, float] = {}
        self.asked_to_stop = False
        self.bell, ring = os.pipe()
        for end in (self.bell, ring):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.note)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # what `nohup` asks for
            signal.signal(signal.SIGHUP, self.note)

    def note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def pause(self, seconds: float) -> None:
        """Sleeps, but a signal wakes it. Raises AskedToStop."""
        if not self.asked_to_stop:
            select.select([self.bell], [], [], seconds)
        if self.asked_to_stop:
            raise AskedToStop

    def start(self, spec: Spec) -> Child:
        self.children[spec.name] = spawn(spec, logs=self.folder.logs, run=self.folder.run)
        return self.children[spec.name]

    def run_once(self, spec: Spec, *, seconds: float) -> None:
        """Runs a step to its end. Raises StartError with the last line of its log when it fails."""
        child = self.start(spec)
        until = time.monotonic() + seconds
        while child.exit_code is None and time.monotonic() < until:
            self.pause(0.05)
        if child.exit_code != 0:
            raise self.failed(spec.name)
        self.stop_one(spec.name)

    def wait_for(
        self, name: str, ready: Callable[[], bool], *, seconds: float, note: tuple[str, str]
    ) -> None:
        """Waits until a child is ready, saying every five seconds that it still waits."""
        begun = time.monotonic()
        told = 0
        while not ready():
            if self.children[name].exit_code is not None or time.monotonic() - begun > seconds:
                raise self.failed(name)
            if (time.monotonic() - begun) // 5 > told:
                told += 1
                say(*note)
            self.pause(0.05)
            for other in self.children.keys() - {name}:
                self.look_after(other)

    def failed(self, name: str) -> StartError:
        log = self.folder.logs / f"{name}.log"
        cause = last_line(self.said(name))
        return StartError(
            f"Không khởi động được {name}: {cause} (xem {log}).",
            f"{name} could not start: {cause} (see {log}).",
        )

    def said(self, name: str) -> str:
        return said(self.folder.logs / f"{name}.log", self.children[name].log_start)

    def tend(self) -> None:
        """Keeps everything running until somebody asks to stop."""
        looked = time.monotonic()
        while True:
            self.pause(0.5)
            for name in list(self.children):
                self.look_after(name)
            if time.monotonic() - looked > 10:
                looked = time.monotonic()
                for name in self.children:
                    cap_log(self.folder.logs / f"{name}.log")

    def look_after(self, name: str) -> None:
        """A fallen child comes back after 1, 2, 4 … 30 seconds; a steady run clears its record."""
        child = self.children[name]
        code = child.exit_code
        if code is None:
            return
        if name not in self.due:
            steady = time.monotonic() - child.since > STEADY_AFTER
            self.falls[name] = 0 if steady else self.falls.get(name, 0) + 1
            delay = min(2.0 ** self.falls[name], LONGEST_DELAY)
            self.due[name] = time.monotonic() + delay
            say(
                f"{name} dừng bất ngờ (mã {code}), khởi động lại sau {delay:.0f} giây",
                f"{name} stopped unexpectedly (code {code}), restarting in {delay:.0f} s",
            )
        elif time.monotonic() >= self.due[name]:
            del self.due[name]
            stop(child, run=self.folder.run)  # what its session may have left
            self.before_restart.get(name, lambda: None)()
            self.start(child.spec)

    def stop_one(self, name: str) -> None:
        stop(self.children.pop(name), run=self.folder.run)

    def stop_all(self) -> None:
        """Last started, first stopped; nothing of them runs afterwards."""
        for name in reversed(list(self.children)):
            self.stop_one(name)
