"""Pages that exist in the demo only."""

from django.urls import URLPattern

app_name = "dev"

urlpatterns: list[URLPattern] = []
