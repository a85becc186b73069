"""Grading exams again after an erratum: what it would change, then doing it, with a reason that is kept."""

import uuid
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes.models import Erratum, Question
from quizzes.services.grading import MOST_REASON, latest_errata
from quizzes.services.regrades import MOST_AT_ONCE, affected, preview, regrade_affected
from quizzes.views.author.access import author_of, find_question, instructor_required
from quizzes.views.author.item_card import title_of

A_PAGE = 50


class RegradeForm(forms.Form):
    """Which exams to grade again, and why."""

    reason = forms.CharField(
        max_length=MOST_REASON,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The learners read it beside their new score, with your user name."),
        error_messages={"required": gettext_lazy("Say why: a regrade without a reason is not recorded.")},
    )

    def chosen(self) -> list[uuid.UUID] | None:
        """Return the exams ticked; None for all of them. What is no name of an exam is nobody's."""
        if "all" in self.data:
            return None
        sent: Sequence[str] = self.data.getlist("attempt")  # type: ignore[attr-defined]  # a QueryDict
        return [found for text in sent[:A_PAGE] if (found := _name(text))]


def _name(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructor_required
def regrades(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the exams that saw a question when it was wrong, and grade those chosen again."""
    question, user = find_question(request, pk), author_of(request)
    form = RegradeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _regraded(request, question, form)
    page = Paginator(affected(user, question), A_PAGE).get_page(request.GET.get("page"))
    keys = [attempt.pk for attempt in page.object_list]
    changes = preview(user, affected(user, question).filter(pk__in=keys))
    context = {
        "question": question,
        "title": title_of(question),
        "erratum": _erratum(question),
        "page": page,
        "changes": changes,
        "changing": sum(change.changes for change in changes),
        "form": form,
        "most": MOST_AT_ONCE,
    }
    return render(request, "quizzes/author/regrades.html", context, status=422 if form.errors else 200)


def _erratum(question: Question) -> Erratum | None:
    return latest_errata([question.pk]).get(question.pk)


def _regraded(request: HttpRequest, question: Question, form: RegradeForm) -> HttpResponse:
    """Grade again what was chosen and say how many scores changed."""
    reason, only = form.cleaned_data["reason"], form.chosen()
    count = regrade_affected(question=question, actor=author_of(request), reason=reason, now=timezone.now(), only=only)
    if count:
        words = ngettext("%(n)s exam was graded again.", "%(n)s exams were graded again.", count) % {"n": count}
        messages.success(request, words)
    else:
        messages.warning(request, _("Nothing was graded again: no score of the exams chosen would change."))
    return redirect("author:regrades", question.pk)
