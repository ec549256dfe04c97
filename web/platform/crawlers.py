"""What search engines and browsers ask for by themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static

# Pages of one visitor, pieces of pages, and the desks: nothing to find there.
PRIVATE = (
    "/gio",
    "/dat-hang",
    "/don-hang/",
    "/fragment/",
    "/giao/",
    "/ban-hang/",
    "/can-bo/",
    "/hooks/",
    "/dev/",
)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for path in PRIVATE for prefix in ("", "/en")]
    lines += ["", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml"]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


def favicon(request: HttpRequest) -> HttpResponse:
    answer = HttpResponsePermanentRedirect(static("img/icon-192.png"))
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
