"""Addresses of home, courses, lessons, search and progress."""

from django.urls import path

from learning.views import pages

app_name = "learning"
urlpatterns = [
    path("", pages.home, name="home"),
]
