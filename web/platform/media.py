"""Renditions of pictures, where no proxy and no object storage serves them."""

import time

from django.conf import settings
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from core import pictures

TYPES = {"webp": "image/webp", "avif": "image/avif"}
FOR_EVER = "public, max-age=31536000, immutable"
SOON_AGAIN = "public, max-age=30"
JUST_WRITTEN = 5.0  # seconds within which the worker may still be writing a file


def media(request: HttpRequest, folder: str, token: str, width: str, fmt: str) -> HttpResponseBase:
    """A rendition, or for a while the 480 px one when the worker hasn't made it yet."""
    if not settings.SERVE_MEDIA or folder != token[:2]:
        raise Http404
    found = _open(pictures.path(token, int(width), fmt), fmt)
    if found is None:
        found = _open(pictures.path(token, pictures.FIRST_WIDTH, "webp"), "webp")
        if found is None:
            raise Http404
        found.headers["Cache-Control"] = SOON_AGAIN
    found.headers["Content-Security-Policy"] = "default-src 'none'"
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found


def _open(name: str, fmt: str) -> FileResponse | None:
    storage = storages["default"]
    try:
        file = storage.open(name)
        written = storage.get_modified_time(name).timestamp()
    except FileNotFoundError:
        return None
    is_settled = time.time() - written > JUST_WRITTEN
    caching = FOR_EVER if is_settled else SOON_AGAIN
    return FileResponse(file, content_type=TYPES[fmt], headers={"Cache-Control": caching})
