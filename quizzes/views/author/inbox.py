"""What learners report: the inbox, open ones first; one report with the answer they gave; replying to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.http import language
from quizzes.models import AttemptItem, ProblemReport, Question
from quizzes.services.regrades import affected_count
from quizzes.services.reports import MOST_WORDS, answer_report, items_of_reports, reports_for
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.shown import open_card_of, words_of

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """A report, with the question as it was asked and the answer its learner gave, a line of HTML a piece."""

    report: ProblemReport
    item: AttemptItem
    title: str
    answer: Sequence[str]
    called: str


class ReplyForm(forms.Form):
    """What to tell the learner."""

    text = forms.CharField(
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("The learner reads it with your user name, where they reported the problem."),
        error_messages={"required": gettext_lazy("Say in a few words what you found.")},
    )


def told(reports: Sequence[ProblemReport]) -> list[Told]:
    """Return `reports` with what they are about. One query."""
    items = items_of_reports(list(reports))
    return [_told(report, items[report.item_id]) for report in reports]


def _told(report: ProblemReport, item: AttemptItem) -> Told:
    title = item.revision.public_in(language())["title"]
    called: str = report.called or ""  # type: ignore[attr-defined]  # annotated by reports_for
    return Told(report, item, title, words_of(open_card_of(item)), called)


@require_safe
@never_cache
@instructor_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the reports on the questions the instructor may see."""
    page = Paginator(reports_for(author_of(request)), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "reports": told(list(page.object_list))}
    return render(request, "quizzes/author/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@instructor_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one report, and keep the answer to it."""
    user = author_of(request)
    found = reports_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"text": found.reply})
    if request.method == "POST" and form.is_valid():
        answer_report(report=found, actor=user, text=form.cleaned_data["text"], now=timezone.now())
        messages.success(request, _("Answered. The learner reads it beside the question."))
        return redirect("author:report", pk)
    (about,) = told([found])
    question = about.item.revision.question
    context = {
        "told": about,
        "question": question,
        "form": form,
        "affected": affected_count(user, question),
        "erratum_url": _mending(user, question, found),
        "erratum_line": f"erratum:: {timezone.localdate().isoformat()} " + _("(what was wrong)"),
    }
    return render(request, "quizzes/author/report.html", context, status=422 if form.errors else 200)


def _mending(user: User, question: Question, report: ProblemReport) -> str:
    """Return where to correct a question written on the site, for who may; "" for those of files."""
    if not Question.objects.written_by(user).filter(pk=question.pk).exists():
        return ""
    return f"{reverse('author:question', args=[question.pk])}?erratum={report.pk}"
