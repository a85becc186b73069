"""Addresses of writing: questions, quizzes, import, export, statistics. Every view asks for the permission itself."""

from django.urls import URLPattern

app_name = "author"
urlpatterns: list[URLPattern] = []
