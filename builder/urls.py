"""Addresses of builder."""

from django.urls import URLPattern

app_name = "builder"
urlpatterns: list[URLPattern] = []
