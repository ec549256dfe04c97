"""Addresses of finding: suggestions while typing, the map, commodities, ranking."""

from django.urls import URLPattern, path, re_path

from web.buyers import commodity, ranking, suggest
from web.buyers import map as maps

urlpatterns: list[URLPattern] = [
    path("fragment/goi-y", suggest.suggestions, name="suggestions"),
    path("cach-xep-hang/", ranking.ranking, name="ranking"),
    path("ban-do/", maps.region_map, name="map"),
    re_path(r"^nong-san/(?P<slug>[-a-z0-9]{1,80})/?$", commodity.commodity, name="commodity"),
]
