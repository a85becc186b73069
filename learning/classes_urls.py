"""Addresses of classes: joining one, its members' page, and its instructor's pages."""

from django.urls import URLPattern

app_name = "classes"
urlpatterns: list[URLPattern] = []
