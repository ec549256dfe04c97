"""A product's picture as JPEG, for messengers and feeds."""

from django.http import Http404, HttpRequest, HttpResponse

from core.jpegs import find_jpeg
from web.platform.media import FOR_EVER, SOON_AGAIN


def jpeg(request: HttpRequest, token: str) -> HttpResponse:
    """The picture in its largest width; for a while a smaller one, until the worker made it."""
    found = find_jpeg(token)
    if found is None:
        raise Http404
    data, is_final = found
    return HttpResponse(
        data,
        content_type="image/jpeg",
        headers={
            "Cache-Control": FOR_EVER if is_final else SOON_AGAIN,
            "Content-Security-Policy": "default-src 'none'",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
