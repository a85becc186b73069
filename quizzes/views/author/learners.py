"""The results of one's own class: all learners, one learner, one attempt. 404 for anybody else's class."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.charts import Interval
from learning.http import language
from learning.models import Classroom, Statement, said
from quizzes.models import Answer, Attempt, AttemptItem
from quizzes.services.attempts import settle
from quizzes.services.class_results import ClassResults, class_attempts, class_results, own_classes
from quizzes.statistics.needs import FEWEST
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.results import missed_rows
from quizzes.views.author.telling import face, rate_line
from quizzes.views.shown import open_card_of, words_of

MOST_FINDINGS = 20
REFUSED = (Answer.Outcome.LATE, Answer.Outcome.STALE)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Somebody who needs help, and the statements with which: words, address, times missed."""

    name: str
    url: str
    row: Interval
    right: int
    n: int
    below: bool
    statements: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something found wrong in designs: its words, in how many learners' designs, and the statements that say why."""

    words: str
    people: int
    still: int
    statements: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question of an attempt: what was answered, a line of HTML a piece; `refused`: answers that did not count."""

    item: AttemptItem
    title: str
    answer: Sequence[str]
    seconds: str
    refused: Sequence[tuple[Answer, Sequence[str]]]


def own_class(request: HttpRequest, pk: int) -> Classroom:
    """Return a class of the instructor's own; 404 for others' as for missing ones."""
    classroom = own_classes(author_of(request)).filter(pk=pk).first()
    if classroom is None:
        raise Http404
    return classroom


@require_safe
@never_cache
@instructor_required
def class_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the results of a class, learner by learner."""
    classroom = own_class(request, pk)
    found = class_results(classroom, timezone.now())
    context = {
        "classroom": classroom,
        "found": found,
        "missed": missed_rows(found.missed, found.statements),
        "needs": needs_rows(found),
        "findings": finding_rows(found),
        "fewest": FEWEST,
    }
    return render(request, "quizzes/author/class_results.html", context)


def needs_rows(found: ClassResults) -> list[NeedRow]:
    """Return who needs help and with what."""
    rows: list[NeedRow] = []
    for line in found.needs:
        need, member = line.need, line.member
        if need:
            told = [(*_words(found.statements.get(slug), slug), times) for slug, times in need.statements]
            url = reverse("author:learner-results", args=[member.classroom_id, member.pk])
            drawn = rate_line(member.name, need.rate, missing="")
            n = need.rate.n if need.rate else 0
            rows.append(NeedRow(member.name, url, drawn, need.right, n, need.below, told))
    return rows


def finding_rows(found: ClassResults) -> list[FindingRow]:
    """Return what was found wrong in the designs handed in, most frequent first."""
    return [
        FindingRow(
            line.finding.words,
            line.people,
            line.still,
            [_words(found.statements.get(slug), slug) for slug in line.finding.statements],
        )
        for line in found.designs.findings[:MOST_FINDINGS]
    ]


def _words(statement: Statement | None, slug: str) -> tuple[str, str]:
    return (said(statement.words), statement.get_absolute_url()) if statement else (slug, "")


@require_safe
@never_cache
@instructor_required
def learner_page(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Show what one learner of a class did for it."""
    classroom = own_class(request, pk)
    found = class_results(classroom, timezone.now())
    line = next((line for line in found.lines if line.member.pk == member), None)
    if line is None:
        raise Http404
    needs = [row for row, own in zip(needs_rows(found), found.needs, strict=True) if own is line]
    context = {
        "classroom": classroom,
        "member": line.member,
        "work": list(zip(found.given, line.work, strict=True)),
        "designs": list(zip(found.designs.given, line.designs, strict=True)),
        "need": needs[0] if needs else None,
    }
    return render(request, "quizzes/author/learner_results.html", context)


@require_safe
@never_cache
@instructor_required
def attempt_page(request: HttpRequest, pk: int, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the answers of one attempt done for a class, those that did not count among them."""
    classroom = own_class(request, pk)
    rows = class_attempts(classroom).select_related("quiz", "course", "learner", "assignment")
    attempt = rows.filter(pk=attempt_id).first()
    if attempt is None or attempt.quiz is None:
        raise Http404
    settle(attempt=attempt, now=timezone.now())
    context = {
        "classroom": classroom,
        "attempt": attempt,
        "member": classroom.memberships.filter(learner=attempt.learner_id, left_at=None).first(),
        "grades": list(attempt.grades.order_by("-number")),
        "extra": list(attempt.extra_times.all()),
        "rows": answer_rows(attempt),
    }
    return render(request, "quizzes/author/attempt_results.html", context)


def answer_rows(attempt: Attempt) -> list[AnswerRow]:
    """Return the questions of an attempt with their answers. Two queries."""
    refused: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(item__attempt=attempt, outcome__in=REFUSED).order_by("pk"):
        refused.setdefault(answer.item_id, []).append(answer)
    items = attempt.items.with_answers().select_related("revision__question__topic")
    return [_answer_row(item, refused.get(item.pk, [])) for item in items]


def _answer_row(item: AttemptItem, refused: Sequence[Answer]) -> AnswerRow:
    return AnswerRow(
        item=item,
        title=item.revision.public_in(language())["title"],
        answer=words_of(open_card_of(item)),
        seconds=face(item.seconds) if item.seconds else "",
        refused=[(answer, _words_of(item, answer)) for answer in refused],
    )


def _words_of(item: AttemptItem, answer: Answer) -> Sequence[str]:
    return words_of(open_card_of(item, [item.tokens[place] if place >= 0 else "" for place in answer.response]))
