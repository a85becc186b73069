"""Taking a quiz, page by page: the question, an answer sent by the form, marking, the check before handing in.

Without JavaScript this is all there is. What scripts send and hear is in `quizzes.views.saving`.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.http import render_region
from learning.models import Learner
from quizzes.forms import AnswerForm, NoteForm
from quizzes.marking.responses import is_blank
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import (
    Act,
    ClosedError,
    LateError,
    Note,
    Place,
    SealedError,
    StaleError,
    UnfitError,
    check_item,
    finish_attempt,
    note_item,
    record_answer,
    settle,
)
from quizzes.views import saving
from quizzes.views.conflict import conflict_context
from quizzes.views.reviewed import review_context
from quizzes.views.shown import clock, counts, exam_context, find_item, stops_of, take_context

PRACTICE = ("quizzes/question.html", "take-question")
REVIEW = ("quizzes/reviewing_question.html", "take-review")
EXAM = ("quizzes/exam.html", "take-exam")
CHECK = "check"  # where "go" leads to the check before handing in


def find_attempt(request: HttpRequest, attempt_id: uuid.UUID, now: datetime) -> Attempt:
    """Return an attempt of this learner, ended if its time is up; 404 for others' as for missing ones."""
    rows = Attempt.objects.of(Learner.objects.of(request)).select_related("quiz", "course", "learner")
    return settle(attempt=get_object_or_404(rows, pk=attempt_id), now=now)


@require_safe
@never_cache
def attempt(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Go on where the attempt stands: the first question not answered or marked yet, or the result."""
    found = find_attempt(request, attempt_id, timezone.now())
    if found.is_level:
        return redirect("quizzes:level-check", found.pk)
    if found.is_review:
        return redirect("quizzes:reviewing" if found.is_open else found.get_result_url())
    if found.mode == Quiz.Mode.CHECK:
        return redirect("quizzes:question", found.pk, 1)
    if not found.is_open:
        return redirect(found.get_result_url())
    waiting = [stop for stop in stops_of(found) if stop.state in ("", "" if found.is_exam else "answered")]
    if waiting:
        return redirect(waiting[0].url)
    return redirect("quizzes:check-attempt", found.pk)


@require_safe
@never_cache
def question(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Show one question: to answer, or with the reasons once it is marked."""
    now = timezone.now()
    item = find_item(Learner.objects.of(request), attempt_id, number, now)
    if item.attempt.is_level:
        return redirect("quizzes:level-check", attempt_id)
    if item.attempt.is_exam and not item.attempt.is_open:
        return redirect("quizzes:result", attempt_id)
    return _page(request, item, now)


def _page(request: HttpRequest, item: AttemptItem, now: datetime, status: int = 200, **more: Any) -> HttpResponse:
    exam = item.attempt.is_exam and item.attempt.is_open
    extra: Mapping[str, Any] = more.pop("conflict", {})
    context_of = exam_context if exam else review_context if item.attempt.is_review else take_context
    page = EXAM if exam else REVIEW if item.attempt.is_review else PRACTICE
    return render_region(request, *page, {**context_of(item, now, **more), **extra}, status=status)


@require_POST
def answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save an answer, and do what the button pressed asks besides: flag, strike out, go to another question."""
    if saving.is_wanted(request):
        return saving.answer(request, attempt_id, number)
    now, learner = timezone.now(), Learner.objects.of(request)
    item = find_item(learner, attempt_id, number, now)
    if item.attempt.is_exam and item.attempt.is_open:
        _note(request, item, now)
        blank = is_blank(item.response) and not any(AnswerForm(request.POST).tokens())
        if blank:  # nothing chosen yet: moving on saves nothing
            return _onward(request, item)
    return _act(request, attempt_id, number, record_answer)


@require_POST
def mark(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save an answer and mark it; what was said of how sure one is, is kept before."""
    if "confidence" in request.POST:
        now = timezone.now()
        _note(request, find_item(Learner.objects.of(request), attempt_id, number, now), now)
    return _act(request, attempt_id, number, check_item)


@require_safe
@never_cache
def check(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show what is unanswered and flagged, before handing in."""
    now = timezone.now()
    found = find_attempt(request, attempt_id, now)
    if not found.is_open or found.quiz is None:
        return redirect(found.get_result_url() if found.quiz else found)
    stops = stops_of(found)
    context = {"attempt": found, "stops": stops, **counts(stops), **clock(found, now)}
    return render(request, "quizzes/check_attempt.html", context)


@require_POST
def finish(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """End the attempt; an exam is graded."""
    now = timezone.now()
    found = find_attempt(request, attempt_id, now)
    finish_attempt(attempt=found, now=now)
    return redirect("quizzes:result", found.pk)


def _note(request: HttpRequest, item: AttemptItem, now: datetime) -> None:
    """Keep what the form's buttons and its confidence say; what cannot be kept is left."""
    form = NoteForm(request.POST)
    if not form.is_valid() or not ({"flag", "strike", "confidence"} & set(request.POST)):
        return
    struck = {item.tokens[position] for position in item.struck if position < len(item.tokens)}
    toggled = struck ^ {token for token in form.all_of("strike") if token in item.tokens}
    flag = {"1": True, "0": False}.get(str(request.POST.get("flag", "")))
    note = Note(flagged=flag, struck=sorted(toggled), confidence=form.note().confidence)
    try:
        note_item(learner=item.attempt.learner, place=Place(item.attempt_id, item.number), note=note, now=now)
    except (ClosedError, UnfitError):
        return


def _onward(request: HttpRequest, item: AttemptItem) -> HttpResponse:
    """Go where the button pressed leads; a place that is not there is this question."""
    go = str(request.POST.get("go", ""))
    if go == CHECK:
        return redirect("quizzes:check-attempt", item.attempt_id)
    if go.isascii() and go.isdigit() and len(go) < 4 and item.attempt.items.filter(number=int(go)).exists():
        return redirect("quizzes:question", item.attempt_id, int(go))
    return redirect(item)


def _act(request: HttpRequest, attempt_id: uuid.UUID, number: int, do: Callable[..., AttemptItem]) -> HttpResponse:
    """Do what the form asks and show the outcome; what cannot be done is said, with what was chosen kept."""
    now, learner = timezone.now(), Learner.objects.of(request)
    form = AnswerForm(request.POST)
    error, status = "", 422
    try:
        if learner and form.is_valid():
            act = Act(form.cleaned_data["operation"], form.cleaned_data["revision"] or 0, now, form.claimed_at())
            item = do(learner=learner, place=Place(attempt_id, number), tokens=form.tokens(), act=act)
            return _done(request, item, do, now)
        error = " ".join(str(said) for field in form.errors.values() for said in field)
    except UnfitError:
        error = ""
    except StaleError:
        item = find_item(learner, attempt_id, number, now)
        return _page(request, item, now, status=409, conflict=conflict_context(item, form.tokens()))
    except LateError:
        return redirect("quizzes:result", attempt_id)
    except SealedError:
        said = _("This question stands in an exam that is open or keeps its answers back: it is not marked here.")
        error, status = said, 409
    except ClosedError:
        error, status = _("This question is already marked; the answer stays as it was."), 409
    except AttemptItem.DoesNotExist:
        pass
    item = find_item(learner, attempt_id, number, now)
    chosen = form.tokens() if status == 422 else None
    return _page(request, item, now, status=status, chosen=chosen, error=error or what_is_asked(item))


def _done(request: HttpRequest, item: AttemptItem, do: Callable[..., AttemptItem], now: datetime) -> HttpResponse:
    if do is record_answer or not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return _onward(request, item)
    whole = find_item(item.attempt.learner, item.attempt_id, item.number, now)
    return _page(request, whole, now)


def what_is_asked(item: AttemptItem) -> str:
    """Return what to do before an item can be marked."""
    body = item.revision.any_public["body"]
    if "choose" not in body:
        return _("Put every step in its place first.") if "rows" not in body else _("Match every row first.")
    if body["choose"] == 1:
        return _("Choose an option first.")
    return _("Choose exactly %(count)s options first.") % {"count": body["choose"]}
