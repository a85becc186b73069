"""Addresses of quizzes and attempts."""

from django.urls import path

from quizzes.views import checks, level, notes, pages, result, review, reviewing, saving, take

app_name = "quizzes"
urlpatterns = [
    path("quizzes/", pages.quiz_list, name="list"),
    path("quizzes/<slug:slug>/", pages.quiz, name="quiz"),
    path("quizzes/check/<slug:course>/<slug:slug>/", checks.check, name="check"),
    path("review/", reviewing.today, name="reviewing"),
    path("review/next/", reviewing.forward, name="reviewing-next"),
    path("review/plan/", reviewing.plan, name="reviewing-plan"),
    path("review/<uuid:attempt_id>/", reviewing.session, name="reviewing-session"),
    path("review/<uuid:attempt_id>/<int:number>/undo/", reviewing.undo, name="reviewing-undo"),
    path("level/", level.level, name="level"),
    path("level/<uuid:attempt_id>/", level.check, name="level-check"),
    path("level/<uuid:attempt_id>/end/", level.end, name="level-end"),
    path("level/<uuid:attempt_id>/<int:number>/", level.answer, name="level-answer"),
    path("attempts/<uuid:attempt_id>/", take.attempt, name="attempt"),
    path("attempts/<uuid:attempt_id>/pulse/", saving.pulse, name="pulse"),
    path("attempts/<uuid:attempt_id>/check/", take.check, name="check-attempt"),
    path("attempts/<uuid:attempt_id>/finish/", take.finish, name="finish"),
    path("attempts/<uuid:attempt_id>/result/", result.result, name="result"),
    path("attempts/<uuid:attempt_id>/review/", review.review, name="review"),
    path("attempts/<uuid:attempt_id>/notes/", notes.notes, name="notes"),
    path("attempts/<uuid:attempt_id>/notes.md", notes.download, name="notes-file"),
    path("attempts/<uuid:attempt_id>/<int:number>/", take.question, name="question"),
    path("attempts/<uuid:attempt_id>/<int:number>/answer/", take.answer, name="answer"),
    path("attempts/<uuid:attempt_id>/<int:number>/note/", saving.note, name="note"),
    path("attempts/<uuid:attempt_id>/<int:number>/mark/", take.mark, name="mark"),
    path("attempts/<uuid:attempt_id>/<int:number>/report/", review.report, name="report"),
]
