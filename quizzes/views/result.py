"""The result of an attempt: the score with its range, topics, time, what to do next. Says nothing it cannot know."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.http import language
from learning.models import Topic, said
from quizzes.marking.cards import Source
from quizzes.marking.grade import FEWEST, Marked, Part, part
from quizzes.models import Answer, Attempt, AttemptItem
from quizzes.services import Sight, errata_for, grade_of, grading_of, sealed_questions, sights_of
from quizzes.services.opening import answers_show_at, answers_shown
from quizzes.services.secrecy import veiled
from quizzes.views.action import next_action
from quizzes.views.foretold import foretold
from quizzes.views.shown import sources_of
from quizzes.views.take import find_attempt

LATE = Answer.Outcome.LATE


@dataclass(frozen=True, slots=True)
class TopicLine:
    """How a topic went."""

    slug: str
    title: str
    part: Part


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered rightly, and what it rests on."""

    number: int
    title: str
    url: str
    sources: Sequence[Source] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class TimeBar:
    """How long a question took, as a column of at most 40."""

    number: int
    face: str
    height: int
    state: str  # "right", "wrong" or "kept" (back)

    @property
    def top(self) -> int:
        """Where the column begins, from above."""
        return 40 - self.height

    @property
    def left(self) -> int:
        """Where it stands."""
        return (self.number - 1) * 10


@require_safe
@never_cache
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the result of a finished attempt; an open one goes on."""
    now = timezone.now()
    attempt = find_attempt(request, attempt_id, now)
    if attempt.is_open or attempt.quiz is None:
        return redirect(attempt)
    rows = attempt.items.with_answers().select_related("revision__question__topic")
    items = [item for item in rows if not item.pilot]  # those on trial ride along and count nowhere
    sealed = sealed_questions(learner=attempt.learner, now=now)
    exam = _exam(attempt, items, sealed) if attempt.is_exam else {}
    items = veiled(items, sealed)  # from here on nothing says how those went
    shown = answers_shown(attempt, now)
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "unanswered": [item for item in items if not item.checked_at],
        "withheld": not shown,
        **_counted(items),
        **exam,
        **(_told(attempt, items, exam.get("graded", {})) if shown else {"shows_at": answers_show_at(attempt)}),
    }
    return render(request, "quizzes/result.html", context)


def _counted(items: Sequence[AttemptItem]) -> dict[str, Any]:
    """Return how many were right of how many; those kept back are counted apart."""
    told = [item for item in items if not item.veiled]
    return {"right": sum(bool(item.right) for item in told), "of": len(told), "kept": len(items) - len(told)}


def _told(attempt: Attempt, items: Sequence[AttemptItem], graded: dict[str, Part]) -> dict[str, Any]:
    """Return what tells right from wrong, by question and by topic; a grade's own topics where nothing is kept back."""
    lines = _topics(items, {} if any(item.veiled for item in items) else graded)
    return {
        "topics": lines,
        "fewest": FEWEST,
        "missed": _missed(attempt, [item for item in items if item.right is False]),
        "times": _times(items),
        "action": next_action(attempt, items, [line.part for line in lines]),
    }


def _exam(attempt: Attempt, items: Sequence[AttemptItem], sealed: frozenset[int]) -> dict[str, Any]:
    """Return what only the result of an exam says. Its score is told, whatever is sealed."""
    grade = grade_of(attempt)
    grading = grading_of(grade) if grade else None
    late = Answer.objects.filter(item__attempt=attempt, outcome=LATE).values_list("item__number", flat=True)
    return {
        "grade": grade,
        "grading": grading,
        "span": _span(grade.low, grade.scaled, grade.high) if grade else None,
        "mark_x": _x(grade.pass_mark) if grade else 0,
        "mark_percent": str(_x(grade.pass_mark) / 10) if grade else "",  # SVG wants a point, whatever the language
        "graded": {one.topic: one for one in grading.topics} if grading else {},
        "right": sum(bool(item.right) for item in items),
        "of": len(items),
        "errata": errata_for(attempt, sealed),
        "late": sorted(set(late)),
        "sights": _sights(attempt, sealed),
        "foretold": foretold(attempt),
    }


def _x(scaled: int) -> int:
    """Return where a score stands between 100 and 1000, in thousandths."""
    return round((scaled - 100) / 900 * 1000)


def _span(low: int, at: int, high: int) -> dict[str, int]:
    return {"left": _x(low), "width": _x(high) - _x(low), "at": _x(at)}


def _topics(items: Sequence[AttemptItem], graded: dict[str, Part]) -> list[TopicLine]:
    """Return the topics in the course's order, as graded, else counted over what has been marked."""
    topics: dict[str, Topic] = {}
    for item in items:
        topics.setdefault(item.revision.question.topic.slug, item.revision.question.topic)
    ordered = sorted(topics.values(), key=lambda topic: topic.position)
    return [TopicLine(t.slug, said(t.title), graded.get(t.slug) or part(t.slug, _marked(items, t))) for t in ordered]


def _marked(items: Sequence[AttemptItem], topic: Topic) -> list[Marked]:
    return [
        Marked(topic.slug, item.points, item.of or Decimal(1))
        for item in items
        if item.points is not None and item.revision.question.topic_id == topic.pk
    ]


def _missed(attempt: Attempt, items: Sequence[AttemptItem]) -> list[Missed]:
    proves = {item.number: item.revision.secret["proves"] for item in items}
    sources = sources_of(attempt.course, {slug for slugs in proves.values() for slug in slugs}) if items else {}
    base = reverse("quizzes:review", args=[attempt.pk])
    return [
        Missed(
            number=item.number,
            title=item.revision.public_in(language())["title"],
            url=f"{base}#q-{item.number}" if attempt.is_exam else item.get_absolute_url(),
            sources=[sources[slug] for slug in proves[item.number] if slug in sources],
        )
        for item in items
    ]


def _times(items: Sequence[AttemptItem]) -> list[TimeBar]:
    """Return a column a question; none when no time is known."""
    longest = max((item.seconds for item in items), default=0)
    if not longest:
        return []
    return [TimeBar(one.number, face(one.seconds), round(one.seconds / longest * 40), _state(one)) for one in items]


def _state(item: AttemptItem) -> str:
    if item.veiled:
        return "kept"
    return "right" if item.right else "wrong"


def face(seconds: int) -> str:
    """Return a time as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _sights(attempt: Attempt, sealed: frozenset[int]) -> dict[str, Any] | None:
    """Return how never-seen questions went now and in earlier exams; None when there is nothing to compare."""
    sights: list[Sight] = sights_of(learner=attempt.learner, attempt=attempt, sealed=sealed)
    now = next((sight for sight in sights if sight.attempt.pk == attempt.pk), None)
    earlier = [sight for sight in sights if sight.attempt.pk != attempt.pk]
    if now is None or not earlier:
        return None
    apart = now.part.low > earlier[-1].part.high or now.part.high < earlier[-1].part.low
    words = _("The ranges do not overlap: this is a real difference.")
    close = _("The ranges overlap: the difference may be chance.")
    return {"lines": [*earlier[-3:], now], "words": words if apart else close}
