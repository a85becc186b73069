"""The level check: what it is, its questions one by one, and where it places the learner. Shows no mark before the end.

Every page works without scripts; with them an answer is saved as it is chosen (static/js/quiz.js).
"""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from learning.charts import percent
from learning.http import language, render_region
from learning.mastery.placing import HOME, MOST, Placed
from learning.models import Course, Learner, Lesson, Reading, Topic, said
from quizzes.forms import AnswerForm, NoteForm
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import (
    Act,
    ClosedError,
    Note,
    Place,
    StaleError,
    UnfitError,
    finish_attempt,
    note_item,
)
from quizzes.services.level import answer_level, begin_level, last_item, last_level, open_level, placement
from quizzes.views.action import Action
from quizzes.views.conflict import conflict_context
from quizzes.views.review import reviewed
from quizzes.views.shown import find_item, open_card_of
from quizzes.views.take import find_attempt, what_is_asked


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic, how many answers were right, and the share with its range in percent."""

    title: str
    right: int
    asked: int
    percent: int
    low: int
    high: int
    known: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def level(request: HttpRequest) -> HttpResponse:
    """Say what the level check is; POST begins it, or goes on where it is open."""
    course = _course(request.GET.get("course", ""))
    if request.method == "POST":
        return _begin(request, course)
    learner = Learner.objects.of(request)
    context = {
        "course": course,
        "most": MOST,
        "open": open_level(learner=learner, course=course),
        "last": last_level(learner=learner, course=course),
    }
    return render(request, "quizzes/level.html", context)


def _course(slug: str) -> Course:
    """Return the course called `slug`, or the first one when none is named; 404 when it is not there."""
    rows = Course.objects.filter(retired_at=None).order_by("position", "slug")
    found = next((row for row in rows if slug in ("", row.slug)), None)
    if found is None:
        raise Http404
    return found


def _begin(request: HttpRequest, course: Course) -> HttpResponse:
    learner = Learner.objects.ensure(request)
    try:
        attempt = begin_level(learner=learner, course=course, now=timezone.now(), seed=secrets.token_hex(16))
    except UnfitError:
        messages.info(request, _("Enough is known of every topic already, or no question is left that is new to you."))
        return redirect(f"{reverse('quizzes:level')}?course={course.slug}")
    return redirect("quizzes:level-check", attempt.pk)


@require_safe
@never_cache
def check(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the question to answer now, or, at the end, where one stands and where to begin."""
    now, attempt = timezone.now(), _found(request, attempt_id)
    item = last_item(attempt) if attempt.is_open else None
    if item:
        return _page(request, find_item(attempt.learner, attempt_id, item.number, now))
    return render(request, "quizzes/level_result.html", _result(attempt))


@require_POST
def answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save the answer and show the next question, or the end; what cannot be done is said, and what was chosen kept."""
    now, attempt = timezone.now(), _found(request, attempt_id)
    item, form = find_item(attempt.learner, attempt_id, number, now), AnswerForm(request.POST)
    chosen = [] if "unknown" in request.POST else form.tokens()
    error = ""
    try:
        if form.is_valid() and (chosen or "unknown" in request.POST):
            _note(request, item, now)
            return _onward(request, item, form, chosen)
        error = " ".join(str(said) for field in form.errors.values() for said in field)
    except UnfitError:
        pass
    except StaleError:
        item = find_item(attempt.learner, attempt_id, number, now)
        return _page(request, item, status=409, more=conflict_context(item, chosen))
    except ClosedError:
        return redirect("quizzes:level-check", attempt_id)
    return _page(request, item, chosen=chosen, status=422, more={"error": error or what_is_asked(item)})


@require_POST
def end(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """End the check with the answers given so far."""
    attempt = _found(request, attempt_id)
    finish_attempt(attempt=attempt, now=timezone.now())
    return redirect("quizzes:level-check", attempt_id)


def _found(request: HttpRequest, attempt_id: uuid.UUID) -> Attempt:
    attempt = find_attempt(request, attempt_id, timezone.now())
    if attempt.mode != Quiz.Mode.LEVEL:
        raise Http404
    return attempt


def _onward(request: HttpRequest, item: AttemptItem, form: AnswerForm, chosen: Sequence[str]) -> HttpResponse:
    act = Act(form.cleaned_data["operation"], form.cleaned_data["revision"] or 0, timezone.now(), form.claimed_at())
    place, learner = Place(item.attempt_id, item.number), item.attempt.learner
    following = answer_level(learner=learner, place=place, tokens=chosen, act=act, seed=secrets.token_hex(16))
    here = reverse("quizzes:level-check", args=[item.attempt_id])
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(here)
    if following is None:
        return HttpResponseClientRedirect(here)
    return _page(request, find_item(learner, item.attempt_id, following.number, act.now))


def _note(request: HttpRequest, item: AttemptItem, now: datetime) -> None:
    """Keep the confidence, before the answer that may end the check; of "I do not know" there is none."""
    form = NoteForm(request.POST)
    if not form.is_valid() or "confidence" not in request.POST:
        return
    sure = "" if "unknown" in request.POST else form.note().confidence
    note_item(
        learner=item.attempt.learner, place=Place(item.attempt_id, item.number), note=Note(confidence=sure), now=now
    )


def _page(
    request: HttpRequest,
    item: AttemptItem,
    *,
    chosen: Sequence[str] | None = None,
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    card = open_card_of(item, chosen)
    context = {
        "item": item,
        "attempt": item.attempt,
        "course": item.attempt.course,
        "operation": uuid.uuid4(),
        "card": card,
        "chosen_count": sum(option.chosen for option in card.options),
        "most": MOST,
        "done": item.number - 1,
        "answer_url": reverse("quizzes:level-answer", args=[item.attempt_id, item.number]),
        **(more or {}),
    }
    return render_region(request, "quizzes/level_question.html", "level-question", context, status=status)


def _result(attempt: Attempt) -> dict[str, Any]:
    rows = [row for row in reviewed(attempt) if row.item.checked_at]
    placed = placement(attempt, timezone.now())
    topics = {topic.slug: topic for topic in attempt.course.topics.filter(retired_at=None)}
    marks: dict[str, list[bool]] = {}
    for row in rows:
        if not row.item.veiled:
            marks.setdefault(row.item.revision.question.topic.slug, []).append(row.right)
    lines = [_line(place, topics[place.topic], marks.get(place.topic, [])) for place in placed.topics]
    return {
        "attempt": attempt,
        "course": attempt.course,
        "rows": rows,
        "lines": lines,
        "home": percent(HOME),
        "action": _action(attempt, topics, placed.begin, marks),
    }


def _line(place: Placed, topic: Topic, marks: Sequence[bool]) -> TopicLine:
    share, low, high = map(percent, (place.mean, place.low, place.high))
    return TopicLine(said(topic.title), sum(marks), len(marks), share, low, high, place.known)


def _action(attempt: Attempt, topics: dict[str, Topic], begin: Placed | None, marks: dict[str, list[bool]]) -> Action:
    """Return where to begin, and why: the weakest topic's first lesson not read, or the quizzes."""
    if begin is None:
        reason = _("You know all topics well enough to go straight to the questions.")
        return Action(_("Take a quiz"), reverse("quizzes:list"), reason)
    topic, given = topics[begin.topic], marks.get(begin.topic, [])
    said_of = {"topic": said(topic.title), "right": sum(given), "asked": len(given)}
    reason = _("No question of %(topic)s was asked, so there it is most uncertain what you know.") % said_of
    if given:
        reason = ngettext(
            "%(topic)s is where you know least so far: %(right)s of %(asked)s question right.",
            "%(topic)s is where you know least so far: %(right)s of %(asked)s questions right.",
            len(given),
        )
    lesson = _lesson(attempt.learner, topic)
    if lesson is None:
        return Action(_("Practise: %(topic)s") % said_of, reverse("quizzes:list"), reason % said_of)
    label = _("Begin with the lesson: %(title)s") % {"title": _title(lesson) or said(topic.title)}
    return Action(label, lesson.get_absolute_url(), reason % said_of)


def _lesson(learner: Learner, topic: Topic) -> Lesson | None:
    """Return the topic's first lesson that the learner has not read to its end, else its first."""
    lessons = list(topic.lessons.filter(retired_at=None).select_related("course"))
    read = Reading.objects.filter(learner=learner, lesson__in=lessons).exclude(finished_at=None)
    done = set(read.values_list("lesson", flat=True))
    return next((lesson for lesson in lessons if lesson.pk not in done), lessons[0] if lessons else None)


def _title(lesson: Lesson) -> str:
    texts = lesson.texts.order_by("-language")  # Korean before English, where the language spoken has none
    titles = dict(texts.values_list("language", "title"))
    return titles.get(language()) or next(iter(titles.values()), "")
