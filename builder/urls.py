"""Addresses of the builder."""

from django.urls import path

from builder.views import catalogue, design, reports

app_name = "builder"
urlpatterns = [
    path("builder/", catalogue.scenarios, name="list"),
    path("builder/submissions/<uuid:submission>/", reports.report, name="report"),
    path("builder/<slug:scenario>/", design.build, name="build"),
    path("builder/<slug:scenario>/check/", design.check, name="check"),
    path("builder/<slug:scenario>/fix/", design.fix, name="fix"),
    path("builder/<slug:scenario>/submit/", design.submit, name="submit"),
    path("builder/<slug:scenario>/restart/", design.restart, name="restart"),
]
