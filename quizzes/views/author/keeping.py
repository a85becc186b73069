"""What becomes of a question: publish, share, retire, copy, throw away."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learning.once import once
from quizzes.marking.editing import Writing, unnamed
from quizzes.models import Question
from quizzes.services import authoring
from quizzes.services.authoring import (
    StaleDraftError,
    UnfitDraftError,
    draft_of,
    published,
    read_draft,
    written,
)
from quizzes.services.curating import bring_back, copy_question, discard_draft, retire, share
from quizzes.services.regrades import affected_count
from quizzes.views.author.access import author_of, find_question, instructor_required
from quizzes.views.author.differences import compared
from quizzes.views.author.forms import WrongForm
from quizzes.views.author.mending import put_down, what_was_wrong
from quizzes.views.author.seen import told

type Act = Callable[[Question, User, datetime], object]

ACTS: dict[str, Act] = {
    "retire": lambda row, actor, now: retire(question=row, actor=actor, now=now),
    "bring-back": lambda row, actor, now: bring_back(question=row, actor=actor, now=now),
    "share": lambda row, actor, now: share(question=row, shared=True, actor=actor, now=now),
    "unshare": lambda row, actor, now: share(question=row, shared=False, actor=actor, now=now),
}


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what publishing would change, and what is in the way; POST publishes what was shown."""
    row = find_question(request, pk, to_change=True)
    first = {"base": written(row).base, **what_was_wrong(request, row)}
    form = WrongForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method != "POST" or not form.is_valid():
        return _publishing(request, row, form, 422 if request.method == "POST" else 200)
    try:
        authoring.publish(
            question=row,
            actor=author_of(request),
            now=timezone.now(),
            base=form.cleaned_data["base"],
            wrong=form.wrong() if row.current_id else {},
        )
    except (StaleDraftError, UnfitDraftError) as refused:
        row = find_question(request, pk, to_change=True)
        stale = isinstance(refused, StaleDraftError)
        if stale and row.current_id and draft_of(row) is None:  # pressed twice: the first press has published it
            said = _("Nothing is left to publish: %(id)s stands as it is published.")
            messages.info(request, said % {"id": row.slug})
            return redirect("author:question", pk)
        return _publishing(request, row, form, 409 if stale else 422)
    put_down(request)
    messages.success(request, _("Published: %(id)s.") % {"id": row.slug})
    to_grade = form.wrong() and affected_count(author_of(request), row)
    return redirect("author:regrades" if to_grade else "author:question", pk)


def _publishing(request: HttpRequest, row: Question, form: WrongForm, status: int) -> HttpResponse:
    saved, before = written(row), published(row)
    draft = read_draft(row, saved.writing)
    context = {
        "question": row,
        "saved": saved,
        "form": form,
        "errors": told(draft.errors),
        "warnings": told(draft.warnings),
        "differences": compared(_unnamed(before), _unnamed(saved.writing)),
        "before": before,
        "stale": status == 409,
        "ready": bool(draft.pair) and not draft.errors and draft_of(row) is not None,
    }
    return render(request, "quizzes/author/publish.html", context, status=status)


def _unnamed(writing: Writing | None) -> dict[str, str]:
    """Return the texts without the id in their heading, which may be typed or left out."""
    return {lang: unnamed(text) for lang, text in writing.said.items()} if writing else {}


@require_POST
@instructor_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says: retire, bring back, share, stop sharing, copy, throw the draft away."""
    name, actor, now = request.POST.get("act", ""), author_of(request), timezone.now()
    if name == "copy":
        return _copied(request, pk)
    row = find_question(request, pk, to_change=True)
    if name == "discard":
        return _discarded(request, row, actor, now)
    if name not in ACTS:
        raise Http404
    ACTS[name](row, actor, now)
    return redirect("author:question", pk)


@once
def _copied(request: HttpRequest, pk: int) -> HttpResponse:
    made = copy_question(question=find_question(request, pk), owner=author_of(request), now=timezone.now())
    messages.success(request, _("This is your own copy, as a draft."))
    return redirect("author:question", made.pk)


def _discarded(request: HttpRequest, row: Question, actor: User, now: datetime) -> HttpResponse:
    if "sure" not in request.POST:
        messages.error(request, _("Nothing was thrown away: tick that you are sure."))
        return redirect("author:question", row.pk)
    was_published = row.current_id is not None
    discard_draft(question=row, actor=actor, now=now)
    messages.success(request, _("The draft is gone."))
    return redirect("author:question", row.pk) if was_published else redirect("author:bank")
