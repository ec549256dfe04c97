"""`/sw.js`: the worker that keeps copies for times without a network.

One file for the whole shop: the market's words in both languages and the files that every page
needs stand before the program, so that a change of any of them makes browsers take the new one.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override

PROGRAM = Path(settings.BASE_DIR) / "static" / "js" / "sw.js"
FILES = (
    "css/tokens.css",
    "css/pieces.css",
    "css/buyers.css",
    "js/buyers.js",
    "js/offline.js",
    "img/favicon.svg",
)
PAGES = ("/ngoai-tuyen/", "/en/ngoai-tuyen/")


def worker(request: HttpRequest) -> HttpResponse:
    """The program; browsers ask again whenever they look for a new one."""
    text, etag = _program()
    headers = {"Cache-Control": "no-cache", "ETag": etag, "Service-Worker-Allowed": "/"}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _program() -> tuple[str, str]:
    digest = hashlib.blake2b(digest_size=8)
    for name in FILES:
        digest.update(_bytes(name))
    shop = {
        "version": digest.hexdigest(),
        "shell": [*(static(name) for name in FILES), *PAGES],
        "words": {lang: _words(lang) for lang in ("vi", "en")},
    }
    data = json.dumps(shop, ensure_ascii=False, separators=(",", ":"))
    text = f"const SHOP = {data};\n{PROGRAM.read_text(encoding='utf-8')}"
    return text, f'"{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"'


def _bytes(name: str) -> bytes:
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else b""


def _words(lang: str) -> dict[str, str]:
    """What the worker and its pages say."""
    with override(lang):
        return {
            "offline": _("You are offline."),
            "copy": _("This is a copy from %s."),
            "unsent": _("This wasn't sent"),
            "typed": _("There is no network. What you typed is kept here: send it again."),
            "files": _("There is no network. Go back: what you typed is still there."),
            "again": _("Send this again"),
            "stay": _("There is no network. Nothing was sent; what you typed stays here."),
            "title": _("Kept on this device"),
            "waiting": _("It is sent once, by itself, as soon as the network is back."),
            "sending": _("It is being sent…"),
            "done": _("It has arrived at the market."),
            "refused": _("The market needs you to look at it once more."),
            "now": _("Send it now"),
            "open": _("Open it"),
            "look": _("Show it"),
            "drop": _("Throw it away"),
        }
