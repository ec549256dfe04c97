"""A lean HTTP client over one kept connection: it must cost little beside what it measures."""

import socket
from dataclasses import dataclass
from urllib.parse import urlencode


class Broken(Exception):
    """The connection ended in the middle of an answer."""


@dataclass(frozen=True)
class Reply:
    status: int
    head: str
    body: bytes

    def cookies(self) -> list[tuple[str, str]]:
        lines = [line for line in self.head.split("\r\n") if line.lower().startswith("set-cookie:")]
        return [_pair(line.partition(":")[2].strip()) for line in lines]


class Line:
    """One connection. A visitor's cookies and address are given with each request."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str],
        fields: dict[str, str] | None = None,
    ) -> Reply:
        body = urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if fields is not None:
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        request = ("\r\n".join(lines) + "\r\n\r\n").encode() + body
        try:
            return self._exchange(request)
        except (OSError, Broken):
            self.close()  # a kept connection may have ended meanwhile: once more on a new one
            return self._exchange(request)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _exchange(self, request: bytes) -> Reply:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n").decode("latin-1")
        lower = head.lower()
        status = int(head[9:12])
        if "transfer-encoding: chunked" in lower:
            body = self._chunks()
        elif "content-length: " in lower:
            body = self._exactly(int(lower.split("content-length: ")[1].split("\r\n")[0]))
        else:
            body = b""
        if "connection: close" in lower:
            self.close()
        return Reply(status, head, body)

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._exactly(size))
            self._until(b"\r\n")
        self._until(b"\r\n")
        return b"".join(parts)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, _, self._rest = self._rest.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        piece = self._socket.recv(262_144) if self._socket else b""
        if not piece:
            raise Broken
        self._rest += piece


def _pair(text: str) -> tuple[str, str]:
    name, _, rest = text.partition("=")
    return name, rest.partition(";")[0]
