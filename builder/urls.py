"""Addresses of the builder."""

from django.urls import path

from builder.views import catalogue, design, drafting, export, reading, reports

app_name = "builder"
urlpatterns = [
    path("builder/", catalogue.scenarios, name="list"),
    path("builder/submissions/<uuid:submission>/", reports.report, name="report"),
    path("builder/submissions/<uuid:submission>/name/", reports.name, name="name"),
    path("builder/submissions/<uuid:submission>/template.json", export.submitted_template, name="submitted-template"),
    path("builder/submissions/<uuid:submission>/drawing.svg", export.submitted_drawing, name="submitted-drawing"),
    path("builder/<slug:scenario>/", design.build, name="build"),
    path("builder/<slug:scenario>/check/", design.check, name="check"),
    path("builder/<slug:scenario>/fix/", design.fix, name="fix"),
    path("builder/<slug:scenario>/submit/", design.submit, name="submit"),
    path("builder/<slug:scenario>/undo/", drafting.undo, name="undo"),
    path("builder/<slug:scenario>/redo/", drafting.redo, name="redo"),
    path("builder/<slug:scenario>/mode/", drafting.mode, name="mode"),
    path("builder/<slug:scenario>/hint/", drafting.hint, name="hint"),
    path("builder/<slug:scenario>/restart/", drafting.restart, name="restart"),
    path("builder/<slug:scenario>/import/", reading.read, name="import"),
    path("builder/<slug:scenario>/template.json", export.template, name="template"),
    path("builder/<slug:scenario>/drawing.svg", export.drawing, name="drawing"),
    path("builder/<slug:scenario>/since/<uuid:submission>/", reports.since, name="since"),
]
