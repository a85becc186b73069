"""Every question of a finished attempt as it was shown, with key and reasons; and saying that one is wrong."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.activities import Offer, find_offer
from learning.models import Learner
from quizzes.forms import ProblemForm
from quizzes.marking.cards import MarkedCard
from quizzes.models import Answer, Attempt, AttemptItem, Confidence, ProblemReport
from quizzes.services import Corrected, Place, UnfitError, errata_for, report_problem, sealed_questions
from quizzes.services.opening import answers_shown
from quizzes.services.secrecy import veiled
from quizzes.views.result import face
from quizzes.views.shown import marked_with, open_card_of, sources_of, words_of
from quizzes.views.take import find_attempt

SLOW = 120  # seconds for a question, where the attempt has no clock to share out
SLOW_SHARE = 1.5  # times a question's share of an exam's time


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question under review."""

    item: AttemptItem
    card: MarkedCard | None  # None: sealed by an exam that is open
    seconds: str
    slow: bool
    late: Sequence[str]  # answers that came after the end
    erratum: Corrected | None
    scenario: Offer | None
    beyond: Mapping[str, str] | None
    reports: Sequence[ProblemReport] = ()  # what its learner said is wrong with it, and what was answered

    @property
    def right(self) -> bool:
        """Whether it earned everything."""
        return bool(self.item.right)


FILTERS: Mapping[str, tuple[Any, Callable[[Reviewed], bool]]] = {
    "all": (pgettext_lazy("filter", "All"), lambda one: True),
    "wrong": (pgettext_lazy("filter", "Not right"), lambda one: one.card is not None and not one.right),
    "flagged": (pgettext_lazy("filter", "Flagged"), lambda one: one.item.flagged),
    "guessed": (pgettext_lazy("filter", "Guessed"), lambda one: one.item.confidence == Confidence.GUESS),
    "slow": (pgettext_lazy("filter", "Slow"), lambda one: one.slow),
    "sure-wrong": (
        pgettext_lazy("filter", "Sure and wrong"),
        lambda one: one.card is not None and one.item.confidence == Confidence.SURE and not one.right,
    ),
}


@require_safe
@never_cache
def review(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the questions, all or those that `?show=` names."""
    attempt = find_attempt(request, attempt_id, timezone.now())
    if attempt.is_open or attempt.quiz is None:
        return redirect(attempt)
    if not answers_shown(attempt, timezone.now()):
        return redirect(attempt.get_result_url())
    rows = reviewed(attempt, with_scenarios=True)
    show = request.GET.get("show", "all")
    show = show if show in FILTERS else "all"
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "show": show,
        "rows": [row for row in rows if FILTERS[show][1](row)],
        "filters": [(name, label, sum(map(test, rows))) for name, (label, test) in FILTERS.items()],
        "slow": round(slow_after(attempt, len(rows))),
        "form": ProblemForm(),
    }
    return render(request, "quizzes/review.html", context)


def slow_after(attempt: Attempt, count: int) -> float:
    """Return the seconds above which a question counts as slow."""
    if attempt.deadline_at is None or not attempt.is_exam or not count:
        return SLOW
    return (attempt.deadline_at - attempt.started_at).total_seconds() / count * SLOW_SHARE


def reviewed(attempt: Attempt, *, with_scenarios: bool = False) -> list[Reviewed]:
    """Return the questions of a finished attempt with everything there is to say of them.

    `with_scenarios` looks up where the designs among them can be built: a query a scenario.
    """
    items = list(attempt.items.with_answers().select_related("revision__question__topic"))
    sealed = sealed_questions(learner=attempt.learner, now=timezone.now())
    items = veiled(items, sealed)
    cited: set[str] = set()
    for item in items:
        item.attempt = attempt
        cited.update(slug for slugs in item.revision.secret["cites"] for slug in slugs)
        cited.update(item.revision.secret.get("explain_cites", ()))
    sources = sources_of(attempt.course, cited)
    errata = {one.number: one for one in errata_for(attempt, sealed)}
    late = _late(attempt)
    scenarios = _scenarios(attempt, items) if with_scenarios else {}
    slow = slow_after(attempt, len(items))
    reports = _reports(attempt)
    return [
        Reviewed(
            item=item,
            card=None if item.revision.question_id in sealed else marked_with(item, sources),
            seconds=face(item.seconds) if item.seconds else "",
            slow=item.seconds > slow,
            late=_late_words(item, late.get(item.pk)),
            erratum=errata.get(item.number),
            scenario=scenarios.get(item.revision.secret.get("scenario", "")),
            beyond=item.revision.secret.get("beyond"),
            reports=reports.get(item.pk, ()),
        )
        for item in items
    ]


def _reports(attempt: Attempt) -> dict[int, list[ProblemReport]]:
    """Return what the learner reported, by item, the oldest first."""
    found: dict[int, list[ProblemReport]] = {}
    for row in ProblemReport.objects.filter(item__attempt=attempt, learner=attempt.learner_id).order_by("pk"):
        found.setdefault(row.item_id, []).append(row)
    return found


def _late(attempt: Attempt) -> dict[int, Answer]:
    """Return the last late answer of each item that has one."""
    rows = Answer.objects.filter(item__attempt=attempt, outcome=Answer.Outcome.LATE).order_by("pk")
    return {row.item_id: row for row in rows}


def _late_words(item: AttemptItem, answer: Answer | None) -> Sequence[str]:
    if answer is None:
        return ()
    tokens = [item.tokens[position] if position >= 0 else "" for position in answer.response]
    return words_of(open_card_of(item, tokens))


def _scenarios(attempt: Attempt, items: Sequence[AttemptItem]) -> dict[str, Offer]:
    """Return where the scenarios of questions about designs can be built, by their ids."""
    slugs = {slug for item in items if (slug := item.revision.secret.get("scenario", ""))}
    found = {slug: find_offer(attempt.course, f"scenario:{slug}") for slug in sorted(slugs)}
    return {slug: offer for slug, offer in found.items() if offer}


@require_POST
def report(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep what the learner says is wrong with a question."""
    attempt = find_attempt(request, attempt_id, timezone.now())
    item = attempt.items.filter(number=number).first()
    if item is None:
        raise Http404
    form = ProblemForm(request.POST)
    if not form.is_valid() or not _reported(attempt.learner, item, form.cleaned_data["text"]):
        return _report_face(request, item, {"form": form}, 422)
    if request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return _report_face(request, item, {"reported": True})
    messages.success(request, _("Thank you. An instructor will look at question %(number)s.") % {"number": number})
    return redirect(f"{reverse('quizzes:review', args=[attempt.pk])}#q-{number}")


def _reported(learner: Learner, item: AttemptItem, text: str) -> bool:
    try:
        report_problem(learner=learner, place=Place(item.attempt_id, item.number), text=text, now=timezone.now())
    except UnfitError:
        return False
    return True


def _report_face(request: HttpRequest, item: AttemptItem, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the little form alone when htmx asks, else a page around it."""
    template = "quizzes/_report.html" if request.htmx else "quizzes/report.html"  # type: ignore[attr-defined]
    response = render(request, template, {"item": item, "attempt": item.attempt, **context}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
