"""The line between a browser and the market: it can be cut, and it can lose answers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal
from urllib.parse import urlsplit

Way = Literal["whole", "cut", "deaf"]


class Cable:
    """Listens on a port of its own and passes bytes on.

    "cut": nobody answers at all. "deaf": what the browser says arrives, the answer never does.
    """

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self.way: Way = "whole"
        self.heard: list[bytes] = []  # first lines of what the browser said while deaf
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self.way = "cut"
        self._shut()

    def mend(self) -> None:
        was, self.way = self.way, "whole"
        if was == "cut":
            self._listener = self._listen(self.port)

    def deafen(self) -> None:
        """From now on answers are lost."""
        self.way = "deaf"

    def _shut(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._guard:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), reuse_port=False)
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._target)
            with self._guard:
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(
                    target=self._pass, args=(one, other, one is far), daemon=True
                ).start()

    def _pass(self, one: socket.socket, other: socket.socket, is_answer: bool) -> None:  # noqa: FBT001
        with suppress(OSError):
            while data := one.recv(65_536):
                if self.way == "deaf" and is_answer:
                    break
                if self.way == "deaf":
                    self.heard.append(data.partition(b"\r\n")[0])
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        with self._guard:
            self._open.discard(one)
        one.close()  # the other end is its own thread's to close: its number may be taken again


@contextmanager
def laid(target: str) -> Iterator[Cable]:
    """A cable to the market; gone at the end of the block."""
    cable = Cable(target)
    try:
        yield cable
    finally:
        cable.cut()
