"""A small threaded HTTP/1.1 server for a WSGI application: keep-alive, silent, stops at once."""

import io
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from simulators.web import MAX_BODY, DropConnection

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], application: WSGIApp) -> None:
        super().__init__(address, _Connection)
        self.application = application

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error; anything else is told on stderr."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            sys.stderr.write(traceback.format_exc())


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "simulators"
    sys_version = ""
    timeout = 75
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: errors are written by the server, requests are not news."""

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self.send_error(413)
            return
        body = self.rfile.read(int(length))
        answer = _Answer()
        try:
            payload = b"".join(self.server.application(self._environ(body), answer.start))
        except DropConnection:
            self._reset()
            return
        self.send_response_only(int(answer.status.split(" ", 1)[0]))
        self.send_header("Date", self.date_time_string())
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815

    def _environ(self, body: bytes) -> dict[str, Any]:
        target = urlsplit(self.path)
        host, port = self.server.server_address[:2]
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote_to_bytes(target.path).decode("latin-1"),
            "QUERY_STRING": target.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": str(host),
            "SERVER_PORT": str(port),
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        for name, value in self.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        return environ

    def _reset(self) -> None:
        """Close with a TCP reset, so that the client sees a broken connection, not an end."""
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


class _Answer:
    status = "500 Internal Server Error"

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []

    def start(self, status: str, headers: list[tuple[str, str]], _exc_info: object = None) -> None:
        self.status = status
        self.headers = headers
