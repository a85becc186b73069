"""The result of an attempt: the counts, honestly, and the statements to go back to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.models import Learner, said
from quizzes.marking.cards import Source
from quizzes.models import Attempt, AttemptItem
from quizzes.views.shown import language, sources_of

FEWEST = 5  # answers in a topic below which nothing is said of it


@dataclass(slots=True)
class TopicLine:
    """How a topic went."""

    title: str
    right: int = 0
    of: int = 0

    @property
    def enough(self) -> bool:
        """Whether the count says anything."""
        return self.of >= FEWEST


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not answered rightly, and what it rests on."""

    number: int
    title: str
    url: str
    sources: Sequence[Source] = field(default_factory=tuple)


@require_GET
@never_cache
def result(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the result of a finished attempt; an open one goes on."""
    attempts = Attempt.objects.of(Learner.objects.of(request)).select_related("quiz", "course")
    attempt = get_object_or_404(attempts, pk=attempt_id)
    if attempt.is_open or attempt.quiz is None:
        return redirect(attempt)
    items = list(attempt.items.with_answers().select_related("revision__question__topic"))
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "right": sum(bool(item.right) for item in items),
        "of": len(items),
        "topics": _topics(items),
        "missed": _missed(attempt, [item for item in items if item.checked_at and not item.right]),
        "unanswered": [item for item in items if not item.checked_at],
        "fewest": FEWEST,
    }
    return render(request, "quizzes/result.html", context)


def _topics(items: Sequence[AttemptItem]) -> list[TopicLine]:
    lines: dict[int, TopicLine] = {}
    for item in sorted(items, key=lambda item: item.revision.question.topic.position):
        topic = item.revision.question.topic
        line = lines.setdefault(topic.pk, TopicLine(said(topic.title)))
        line.of += 1
        line.right += bool(item.right)
    return list(lines.values())


def _missed(attempt: Attempt, items: Sequence[AttemptItem]) -> list[Missed]:
    proves = {item.number: item.revision.secret["proves"] for item in items}
    sources = sources_of(attempt.course, {slug for slugs in proves.values() for slug in slugs}) if items else {}
    return [
        Missed(
            number=item.number,
            title=item.revision.public[language()]["title"],
            url=item.get_absolute_url(),
            sources=[sources[slug] for slug in proves[item.number] if slug in sources],
        )
        for item in items
    ]
