"""Addresses of writing: questions, quizzes, import, export, statistics. Every view asks for the permission itself."""

from django.urls import path

from quizzes.views.author import (
    audit,
    bank,
    downloads,
    editor,
    exports,
    history,
    imports,
    inbox,
    item_card,
    keeping,
    learners,
    quizzes,
    regrades,
    results,
    trial,
)

app_name = "author"
urlpatterns = [
    path("", bank.bank, name="bank"),
    path("bulk/", bank.bulk, name="bulk"),
    path("statements/<slug:course>/", editor.statements, name="statements"),
    path("questions/new/", editor.new, name="new"),
    path("questions/<int:pk>/", editor.question, name="question"),
    path("questions/<int:pk>/act/", keeping.act, name="act"),
    path("questions/<int:pk>/publish/", keeping.publish, name="publish"),
    path("questions/<int:pk>/history/", history.history, name="history"),
    path("questions/<int:pk>/history/<int:number>/", history.restore_revision, name="restore"),
    path("questions/<int:pk>/try/", trial.trial, name="try"),
    path("import/", imports.start, name="import"),
    path("import/<uuid:batch>/", imports.batch, name="import-batch"),
    path("import/done/<int:pk>/", imports.done, name="import-done"),
    path("export/", exports.page, name="export"),
    path("export/file/", exports.download, name="export-file"),
    path("quizzes/", quizzes.quiz_list, name="quizzes"),
    path("quizzes/new/", quizzes.new, name="new-quiz"),
    path("quizzes/<int:pk>/", quizzes.quiz, name="quiz"),
    path("quizzes/<int:pk>/act/", quizzes.act, name="quiz-act"),
    path("quizzes/<int:pk>/copy/", quizzes.copy, name="copy-quiz"),
    path("questions/<int:pk>/results/", item_card.item_results, name="item-results"),
    path("questions/<int:pk>/regrade/", regrades.regrades, name="regrades"),
    path("results/", results.overview, name="results"),
    path("results/quizzes/<int:pk>/", results.quiz_page, name="quiz-results"),
    path("results/quizzes/<int:pk>/results.<str:kind>", downloads.quiz_download, name="quiz-download"),
    path("results/classes/<int:pk>/", learners.class_page, name="class-results"),
    path("results/classes/<int:pk>/results.<str:kind>", downloads.class_download, name="class-download"),
    path("results/classes/<int:pk>/attempts/<uuid:attempt_id>/", learners.attempt_page, name="attempt-results"),
    path("results/classes/<int:pk>/<int:member>/", learners.learner_page, name="learner-results"),
    path(
        "results/classes/<int:pk>/<int:member>/results.<str:kind>", downloads.learner_download, name="learner-download"
    ),
    path("reports/", inbox.inbox, name="inbox"),
    path("reports/<int:pk>/", inbox.report, name="report"),
    path("audit/", audit.audit, name="audit"),
]
