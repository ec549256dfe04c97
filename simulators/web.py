"""Just enough web for a simulator: a request, a response, a router, and the WSGI glue."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

JSON = dict[str, Any]
MAX_BODY = 100 * 1024 * 1024


class DropConnection(Exception):  # noqa: N818 - it is an order to the server, not a failure of ours
    """The server closes the connection and answers nothing, as a broken network would."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    base_url: str
    args: Mapping[str, str] = field(default_factory=dict)

    def param(self, name: str) -> str:
        return self.query.get(name, [""])[0]

    def json(self) -> JSON:
        """The body as a JSON object. Raises ValueError for anything else."""
        data = json.loads(self.body, parse_constant=_no_constant)
        if not isinstance(data, dict):
            raise ValueError("a JSON object is expected")
        return data

    def form(self) -> dict[str, str]:
        pairs = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return {name: values[0] for name, values in pairs.items()}

    def is_cross_site(self) -> bool:
        """Whether a browser says that another site sent this. Programs send neither header."""
        origin = self.headers.get("origin", "")
        if self.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return True
        return bool(origin) and origin != self.base_url


@dataclass(frozen=True)
class Response:
    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Request], Response]


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def json_response(data: Mapping[str, Any], status: int = 200) -> Response:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, (("Content-Type", "application/json; charset=utf-8"),))


def html_response(html: str, status: int = 200) -> Response:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    )
    return Response(status, html.encode(), headers)


def redirect(location: str) -> Response:
    return Response(303, b"", (("Location", location),))


class Router:
    """Paths with `<name>` parts. The first pattern that fits wins; exact paths are put first."""

    def __init__(self) -> None:
        self._routes: list[tuple[str, tuple[str, ...], Handler]] = []

    def add(self, method: str, pattern: str, handler: Handler) -> None:
        self._routes.append((method, tuple(pattern.split("/")), handler))

    def find(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        parts = path.split("/")
        for wanted, pattern, handler in self._routes:
            args = _matched(pattern, parts)
            if wanted == method and args is not None:
                return handler, args
        return None

    def __call__(self, request: Request) -> Response:
        found = self.find(request.method, request.path)
        if found is None:
            return json_response({"error": "not_found", "message": "No such page."}, 404)
        handler, args = found
        return handler(
            Request(
                request.method,
                request.path,
                request.query,
                request.headers,
                request.body,
                request.base_url,
                args,
            )
        )


def _matched(pattern: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(parts):
        return None
    args: dict[str, str] = {}
    for want, got in zip(pattern, parts, strict=True):
        if want.startswith("<") and got:
            args[want[1:-1]] = got
        elif want != got:
            return None
    return args


def wsgi(
    handler: Handler,
) -> "Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]":
    """A handler as a WSGI application."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        response = handler(_request(environ))
        headers = [*response.headers, ("Content-Length", str(len(response.body)))]
        start_response(f"{response.status} {_phrase(response.status)}", headers)
        return [response.body]

    return application


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Status"


def _request(environ: "WSGIEnvironment") -> Request:
    length = min(int(environ.get("CONTENT_LENGTH") or 0), MAX_BODY)
    headers = {
        name[5:].lower().replace("_", "-"): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = str(environ.get("CONTENT_TYPE", ""))
    host = headers.get("host") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return Request(
        method=str(environ["REQUEST_METHOD"]),
        path=str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "replace"),
        query=parse_qs(str(environ.get("QUERY_STRING", "")), keep_blank_values=True),
        headers=headers,
        body=environ["wsgi.input"].read(length) if length else b"",
        base_url=f"{environ.get('wsgi.url_scheme', 'http')}://{host}",
    )
