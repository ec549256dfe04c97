"""Health, metrics, theme, media, and what crawlers ask for."""

from django.urls import URLPattern, path, re_path

from web.platform import crawlers, health, jpegs, media, metrics, theme, worker

app_name = "platform"

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("theme.css", theme.theme, name="theme"),
    path("sw.js", worker.worker, name="worker"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    re_path(r"^anh/(?P<token>[0-9a-zA-Z_-]{4,24})\.jpg$", jpegs.jpeg, name="jpeg"),
    re_path(
        r"^media/(?P<folder>[0-9a-zA-Z_-]{2})/(?P<token>[0-9a-zA-Z_-]{4,24})"
        r"-(?P<width>[0-9]{2,4})\.(?P<fmt>webp|avif)$",
        media.media,
        name="media",
    ),
]
