"""Addresses of writing: questions, quizzes, import, export, statistics. Every view asks for the permission itself."""

from django.urls import path

from quizzes.views.author import bank, editor, history, keeping, quizzes, trial

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
    path("quizzes/", quizzes.quiz_list, name="quizzes"),
    path("quizzes/new/", quizzes.new, name="new-quiz"),
    path("quizzes/<int:pk>/", quizzes.quiz, name="quiz"),
    path("quizzes/<int:pk>/act/", quizzes.act, name="quiz-act"),
    path("quizzes/<int:pk>/copy/", quizzes.copy, name="copy-quiz"),
]
