"""Addresses of writing: questions, quizzes, import, export, statistics. Every view asks for the permission itself."""

from django.urls import path

from quizzes.views.author import bank

app_name = "author"
urlpatterns = [
    path("", bank.bank, name="bank"),
]
