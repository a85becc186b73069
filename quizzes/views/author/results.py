"""Results: where there are some, and those of one quiz, with their ranges. They name nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.charts import BarChart, Datum, Interval, bars
from learning.models import Statement, said
from quizzes.models import Attempt, Quiz
from quizzes.services.attempts import settle_all
from quizzes.services.class_results import own_classes
from quizzes.services.quiz_results import ItemLine, quiz_results
from quizzes.services.reports import open_reports
from quizzes.statistics.items import FEWEST, FEWEST_RELATED
from quizzes.statistics.needs import FEWEST as FEWEST_ANSWERS
from quizzes.statistics.needs import Missed
from quizzes.statistics.quizzes import BINS, FEWEST_SITTINGS, QuizNumbers, Reliability
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.item_card import title_of
from quizzes.views.author.telling import Said, decimal, rate_line, relation_line, said_flag, wanted

WHY_NOT: Mapping[str, Any] = {
    "few": gettext_lazy("Not enough yet: it takes %(fewest)s attempts, there are %(n)s."),
    "differing": gettext_lazy(
        "It cannot be computed: the learners had different questions, and not equally many of one point each."
    ),
    "alike": gettext_lazy("It cannot be computed: all scores are the same."),
}
METHODS: Mapping[str, Any] = {
    "KR-20": gettext_lazy("KR-20, over %(n)s attempts with the same %(k)s questions"),
    "alpha": gettext_lazy("Cronbach’s alpha, over %(n)s attempts with the same %(k)s questions"),
    "KR-21": gettext_lazy(
        "KR-21, over %(n)s attempts of %(k)s questions drawn for each: an estimate from below, since alpha needs the "
        "same questions for all"
    ),
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question in the table of a quiz."""

    title: str
    url: str
    pilot: bool
    n: int
    facility: Interval
    discrimination: Interval
    flags: Sequence[Said]


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A statement in the list of those most missed."""

    row: Interval
    missed: int
    n: int
    people: int


@require_safe
@never_cache
@instructor_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show where there are results: classes, quizzes, reports, the audit trail."""
    user = author_of(request)
    done = Count("attempts", filter=Q(attempts__state=Attempt.State.FINISHED))
    quizzes = Quiz.objects.seen_by(user).filter(draft=False).annotate(done=done).order_by("retired_at", "position")
    people = Count("memberships", filter=Q(memberships__left_at=None))
    context = {
        "quizzes": quizzes,
        "classes": own_classes(user).annotate(people=people).order_by("archived_at", "-created_at"),
        "waiting": open_reports(user),
    }
    return render(request, "quizzes/author/results.html", context)


@require_safe
@never_cache
@instructor_required
def quiz_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the results of a quiz; they name nobody."""
    quiz = Quiz.objects.seen_by(author_of(request)).select_related("course").filter(pk=pk).first()
    if quiz is None:
        raise Http404
    settle_all(Attempt.objects.filter(quiz=quiz), timezone.now())
    found = quiz_results(quiz)
    context = {
        "quiz": quiz,
        "found": found,
        "chart": distribution(found.numbers) if found.numbers.n else None,
        "reliability": reliability_line(found.numbers),
        "items": [_item_row(line) for line in found.items if line.numbers.n >= FEWEST],
        "few": [_item_row(line) for line in found.items if line.numbers.n < FEWEST],
        "missed": missed_rows(found.missed, found.statements),
        "fewest": {"item": FEWEST, "related": FEWEST_RELATED, "answers": FEWEST_ANSWERS},
    }
    return render(request, "quizzes/author/quiz_results.html", context)


def distribution(numbers: QuizNumbers) -> BarChart:
    """Return how many attempts had how many percent, as bars."""
    width = 100 // BINS
    labels = [f"{low}–{low + width - 1 if low + width < 100 else 100}%" for low in range(0, 100, width)]
    shown = [ngettext("%(n)s attempt", "%(n)s attempts", count) % {"n": count} for count in numbers.bins]
    data = [Datum(*one) for one in zip(labels, map(float, numbers.bins), shown, strict=True)]
    return bars(data, max(4, *numbers.bins))


def reliability_line(numbers: QuizNumbers) -> dict[str, str]:
    """Return the reliability in words, or why there is none."""
    found = numbers.reliability
    if not isinstance(found, Reliability):
        return {"why": WHY_NOT[found] % {"n": numbers.n, "fewest": FEWEST_SITTINGS}}
    return {
        "value": decimal(found.value),
        "range": _("range %(low)s to %(high)s") % {"low": decimal(found.low), "high": decimal(found.high)},
        "method": METHODS[found.method] % {"n": found.n, "k": found.k},
        "error": f"{found.error:.1f}",
    }


def _item_row(line: ItemLine) -> ItemRow:
    found, question = line.numbers, line.question
    related = wanted(found.related, FEWEST_RELATED) if found.related < FEWEST_RELATED else _("all answered alike")
    return ItemRow(
        title=title_of(question),
        url=reverse("author:item-results", args=[question.pk]),
        pilot=question.pilot,
        n=found.n,
        facility=rate_line(_("Facility"), found.facility, missing=wanted(found.n, FEWEST)),
        discrimination=relation_line(_("Discrimination"), found.discrimination, missing=related),
        flags=[said_flag(flag) for flag in line.flags],
    )


def missed_rows(missed: Sequence[Missed], statements: Mapping[str, Statement]) -> list[MissedRow]:
    """Return the statements most missed, with what they say and where they stand; those that have gone by their id."""
    rows: list[MissedRow] = []
    for one in missed:
        statement = statements.get(one.statement)
        words, url = (said(statement.words), statement.get_absolute_url()) if statement else (one.statement, "")
        rows.append(MissedRow(rate_line(words, one.rate, missing="", url=url), one.missed, one.rate.n, one.people))
    return rows
