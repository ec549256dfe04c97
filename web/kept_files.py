"""Large public files (feeds, sitemaps): made once per catalogue version, kept packed on this disk.

One process makes one file at a time. Whoever asks meanwhile gets the last one; where there is none
they wait a moment and are asked to come again: nobody fills the server by asking. An hour later a
file is made again even if nothing changed its version: what is left of a pack may have.
"""

import fcntl
import gzip
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO
from wsgiref.util import FileWrapper

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from core import versions

KEPT_SECONDS = 3600
CACHING = "public, max-age=0, s-maxage=30"
LEVEL = 5
TRIES, BETWEEN = 20, 0.1  # seconds
BLOCK = 64 * 1024

Make = Callable[[], Iterable[str]]


def kept_file(request: HttpRequest, name: str, kind: str, make: Make) -> HttpResponseBase:
    """The file called `name`, with the content type `kind`; `make` says its text in pieces."""
    packed = _opened(name, make)
    if packed is None:
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    made = os.fstat(packed.fileno())
    etag = f'"{made.st_mtime_ns:x}-{made.st_size:x}"'
    headers = {"Cache-Control": CACHING, "ETag": etag, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("If-None-Match", ""):
        packed.close()
        return HttpResponse(status=304, headers=headers)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        plain = iter(partial(gzip.GzipFile(fileobj=packed).read, BLOCK), b"")
        return StreamingHttpResponse(plain, content_type=kind, headers=headers)
    headers |= {"Content-Encoding": "gzip", "Content-Length": str(made.st_size)}
    return StreamingHttpResponse(FileWrapper(packed, BLOCK), content_type=kind, headers=headers)


def _opened(name: str, make: Make) -> BinaryIO | None:
    """The present file, open: whoever makes a newer one may take it away at any moment.

    None where none is there yet and another one is being made.
    """
    for _try in range(TRIES):
        path = _present(name, make)
        try:
            if path is not None:
                return path.open("rb")
        except FileNotFoundError:
            continue
        time.sleep(BETWEEN)
    return None


def _present(name: str, make: Make) -> Path | None:
    folder = Path(settings.DATA_DIR) / "feeds"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / f"{name}.{versions.catalog_version()}.gz"
    if _is_young(wanted):
        return wanted
    with _alone(folder) as is_mine:
        if not is_mine:
            return next(folder.glob(f"{name}.*.gz"), None)
        if not _is_young(wanted):
            _write(wanted, make)
            for path in set(folder.glob(f"{name}.*.gz")) - {wanted}:
                path.unlink(missing_ok=True)
    return wanted


def _write(wanted: Path, make: Make) -> None:
    """Under another name first: nobody ever reads half a file."""
    part = wanted.with_suffix(".part")
    with gzip.open(part, "wt", compresslevel=LEVEL, encoding="utf-8", newline="") as file:
        for piece in make():
            file.write(piece)
    part.replace(wanted)


def _is_young(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < KEPT_SECONDS
    except FileNotFoundError:
        return False


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether this thread may make a file now."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
