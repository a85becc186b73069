"""Addresses of home, courses, lessons, search and progress."""

from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from learning.views import data, lessons, pages, preferences, progress, search


class NameConverter(StringConverter):
    """A name in any script, as lessons of an imported vault have; no NUL, which PostgreSQL refuses."""

    regex = r"[^/\x00]{1,200}"


app_name = "learning"
register_converter(NameConverter, "name")
urlpatterns = [
    path("", pages.home, name="home"),
    path("courses/<slug:slug>/", pages.course, name="course"),
    path("courses/<slug:course>/lessons/<name:slug>/", lessons.lesson, name="lesson"),
    path("courses/<slug:course>/lessons/<name:slug>/read/", lessons.read, name="read"),
    path("search/", search.results, name="search"),
    path("progress/", progress.progress, name="progress"),
    path("accounts/data/", data.data, name="data"),
    path("accounts/data/naru.json", data.download, name="download"),
    path("accounts/data/mistakes.md", data.mistakes, name="mistakes"),
    path("accounts/data/forget/", data.forget, name="forget"),
    path("accounts/data/delete/", data.delete, name="delete"),
    path("accounts/scheme/", preferences.scheme, name="scheme"),
]
if settings.DEBUG:
    urlpatterns += [path("styleguide/", preferences.styleguide, name="styleguide")]
