"""Where channels send their notices."""

from django.urls import URLPattern

app_name = "hooks"

urlpatterns: list[URLPattern] = []
