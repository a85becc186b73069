"""Addresses of home, courses, lessons, search and progress."""

from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from learning.views import lessons, pages, preferences, search


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
    path("progress/", pages.progress, name="progress"),
    path("accounts/scheme/", preferences.scheme, name="scheme"),
]
if settings.DEBUG:
    urlpatterns += [path("styleguide/", preferences.styleguide, name="styleguide")]
