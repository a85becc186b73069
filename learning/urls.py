"""Addresses of home, courses, lessons, search and progress."""

from django.conf import settings
from django.urls import path

from learning.views import lessons, pages, preferences, search

app_name = "learning"
urlpatterns = [
    path("", pages.home, name="home"),
    path("courses/<str:slug>/", pages.course, name="course"),
    path("courses/<str:course>/lessons/<str:slug>/", lessons.lesson, name="lesson"),
    path("courses/<str:course>/lessons/<str:slug>/read/", lessons.read, name="read"),
    path("search/", search.results, name="search"),
    path("progress/", pages.progress, name="progress"),
    path("accounts/scheme/", preferences.scheme, name="scheme"),
]
if settings.DEBUG:
    urlpatterns += [path("styleguide/", preferences.styleguide, name="styleguide")]
