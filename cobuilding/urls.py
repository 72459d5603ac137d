"""Doors of the cobuilding app."""

from django.urls import URLPattern, URLResolver

app_name = "cobuilding"

urlpatterns: list[URLPattern | URLResolver] = []
