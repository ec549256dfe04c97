"""All addresses of the market. Vietnamese pages at /…, the same in English at /en/…."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

PAGES: list[URLPattern | URLResolver] = [
    path("", include("web.buyers.urls")),
    path("", include("web.accounts.urls")),
    path("ban-hang/", include("web.sellers.urls")),
    path("can-bo/", include("web.staff.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("web.platform.urls")),
    path("api/", include("api.urls")),
    path("hooks/", include("channels.urls")),
    *([path("dev/", include("web.dev.urls"))] if settings.DEMO else []),
    # PathLanguageMiddleware takes the /en prefix off the path, so both languages share one table.
    *PAGES,
]

handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"
