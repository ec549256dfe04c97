"""Reading multipart/form-data, strictly: a broken body is refused, not guessed at."""

import re
from dataclasses import dataclass

_NAME = re.compile(r'(?:^|;)\s*name="([^"]*)"')
_FILENAME = re.compile(r'(?:^|;)\s*filename="([^"]*)"')
_BOUNDARY = re.compile(r'boundary="?([^";]{1,70})"?', re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    name: str
    filename: str
    data: bytes


def parts_of(content_type: str, body: bytes) -> list[Part]:
    """The parts in order. Raises ValueError when the body is not well-formed."""
    boundary = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or boundary is None:
        raise ValueError("not multipart/form-data")
    mark = b"--" + boundary.group(1).strip().encode("latin-1")
    chunks = (b"\r\n" + body).split(b"\r\n" + mark)
    if len(chunks) < 2 or not chunks[-1].startswith(b"--"):
        raise ValueError("the closing boundary is missing")
    return [_part(chunk) for chunk in chunks[1:-1]]


def _part(chunk: bytes) -> Part:
    head, separator, data = chunk.partition(b"\r\n\r\n")
    if not separator:
        raise ValueError("a part has no headers")
    text = head.decode("utf-8", "replace")
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-disposition":
            field = _NAME.search(value)
            file = _FILENAME.search(value)
            if field:
                return Part(field.group(1), file.group(1) if file else "", data)
    raise ValueError("a part has no name")
