"""`/theme.css`: the province's own colours, over those of `static/css/tokens.css`."""

import hashlib
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NAME = re.compile(r"[a-z][a-z-]{1,24}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")


def theme(request: HttpRequest) -> HttpResponse:
    """`settings.THEME` ({"earth": "#96371b", …; "dark": {…}}) as custom properties.

    Anything but names and plain colours is left out, so that no data can become a style of its own.
    """
    style = stylesheet()
    etag = f'"{hashlib.sha256(style.encode()).hexdigest()[:20]}"'
    headers = {"Cache-Control": "public, max-age=300", "ETag": etag}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(style, content_type="text/css; charset=utf-8", headers=headers)


def stylesheet() -> str:
    dark = settings.THEME.get("dark")
    style = _rule(settings.THEME)
    if isinstance(dark, dict) and (inner := _rule(dark)):
        style += f"@media (prefers-color-scheme: dark) {{ {inner} }}\n"
    return style


def _rule(colours: dict[str, object]) -> str:
    lines = [
        f"--{name}: {colour};"
        for name, colour in colours.items()
        if NAME.fullmatch(name) and COLOUR.fullmatch(str(colour))
    ]
    return f":root {{ {' '.join(lines)} }}\n" if lines else ""
