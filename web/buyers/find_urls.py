"""Addresses of finding: suggestions while typing."""

from django.urls import URLPattern, path

from web.buyers import suggest

urlpatterns: list[URLPattern] = [
    path("fragment/goi-y", suggest.suggestions, name="suggestions"),
]
