"""Addresses of finding: suggestions while typing, the map."""

from django.urls import URLPattern, path

from web.buyers import map as maps
from web.buyers import suggest

urlpatterns: list[URLPattern] = [
    path("fragment/goi-y", suggest.suggestions, name="suggestions"),
    path("ban-do/", maps.region_map, name="map"),
]
