"""Sending a private file, once a page has asked whose it is."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.cache import patch_cache_control

from core.files import open_stored
from core.models import StoredFile

# Pictures may be looked at in the browser; anything else is only saved, never opened in our origin.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


def private_file(request: HttpRequest, stored: StoredFile, *, name: str) -> StreamingHttpResponse:
    """The file under a name of ours: no sniffing, no scripts, no cache, no other origin."""
    ending = stored.key.rsplit(".", 1)[-1]
    way = "inline" if stored.content_type in _SHOWN and "save" not in request.GET else "attachment"
    response = StreamingHttpResponse(open_stored(stored), content_type=stored.content_type)
    response.headers["Content-Length"] = str(stored.size)
    response.headers["Content-Disposition"] = f'{way}; filename="{name}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, no_store=True)
    return response
