"""The shop as an app on a phone's screen, and its page for times without a network."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _

from web.buyers import links
from web.buyers.frame import About, page
from web.buyers.region import region
from web.public import public_page

PAPER, CARD = "#fbf8f1", "#fffdf8"  # as in static/css/tokens.css


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to know to put the shop on its screen, in the language of the address."""
    lang = links.language()
    words = region(lang)
    return JsonResponse(
        {
            "id": links.here("/"),
            "start_url": links.here("/"),
            "scope": "/",
            "lang": lang,
            "name": f"{words.name} {words.region}",
            "short_name": words.name,
            "description": words.operator,
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": CARD,
            "icons": [
                _icon("icon-192.png", 192),
                _icon("icon-512.png", 512),
                _icon("icon-maskable-512.png", 512, "maskable"),
            ],
            "shortcuts": [
                {"name": _("Cart"), "url": links.here("/gio")},
                {"name": _("Follow an order"), "url": links.here("/don-hang/")},
            ],
            "categories": ["food", "shopping"],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the worker where it has no copy; lists the copies that there are."""
    return page(request, "buyers/offline.html", {}, about=About(public=True, index=False))


def _icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
    return {
        "src": static(f"img/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
