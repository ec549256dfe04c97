"""What search engines, feed readers and price comparers ask for."""

from django.urls import URLPattern, path, re_path

from web.buyers import feeds, install, rss, sitemaps

urlpatterns: list[URLPattern] = [
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("ngoai-tuyen/", install.offline, name="offline"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap/trang.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap/gian-hang.xml", sitemaps.vendors, name="sitemap_vendors"),
    re_path(
        r"^sitemap/san-pham-(?P<pk>[0-9]{1,18})\.xml$", sitemaps.products, name="sitemap_goods"
    ),
    path("rss/", rss.everything, name="rss"),
    re_path(r"^rss/nganh/(?P<slug>[-a-z0-9]{1,80})/$", rss.category, name="rss_category"),
    path("rss/gian-hang/<int:pk>/", rss.vendor, name="rss_vendor"),
    path("feed/google.xml", feeds.google, name="feed_google"),
    path("feed/facebook.csv", feeds.facebook, name="feed_facebook"),
]
