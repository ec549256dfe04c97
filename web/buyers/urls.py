"""The shop's addresses."""

from django.urls import URLPattern

app_name = "buyers"

urlpatterns: list[URLPattern] = []
