"""Logs for machines: one JSON object per line, with the request that it belongs to."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.test import Client

from core import logs
from marketplace.middleware import request_context


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where everything that is logged arrives; the tests' own handlers come back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level, settled = root.handlers[:], root.level, structlog.get_config()
    logs.configure({"level": "INFO"})
    structlog.configure(cache_logger_on_first_use=False)  # or later tests can't catch its lines
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.configure(**settled)
    structlog.contextvars.clear_contextvars()


def told(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.django_db
def test_an_answer_is_one_line_with_the_id_that_the_visitor_sees(
    client: Client, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_context, "SAMPLE", 1.0)
    answer = client.get("/gio")
    [line] = told(stream)
    assert line.pop("ms") >= 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "answered",
        "level": "info",
        "request_id": answer["X-Request-ID"],
        "method": "GET",
        "path": "/gio",
        "view": "buyers:cart",
        "status": 200,
    }


@pytest.mark.django_db
def test_djangos_own_lines_carry_the_id_too(client: Client, stream: io.StringIO) -> None:
    answer = client.get("/khong-co-trang-nay")
    assert answer.status_code == 404
    line = next(one for one in told(stream) if one["event"].startswith("Not Found"))
    assert (line["request_id"], line["level"]) == (answer["X-Request-ID"], "warning")


def test_a_crash_stays_one_line(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        try:
            raise KeyError("điều\n{")
        except KeyError:
            structlog.get_logger("t").exception("broke", what="đơn\n2")
    [line] = told(stream)
    assert (line["event"], line["what"], line["request_id"]) == ("broke", "đơn\n2", "r1")
    assert "KeyError" in line["exception"]
    assert "điều" in stream.getvalue()
