"""Bringing questions in: choose files or paste, look at what would come of it, take it in or throw it away."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learning.http import language
from quizzes.interchange.limits import MAX_BYTES, MAX_FILES, MAX_QUESTIONS
from quizzes.models import AuditEntry, Question, Upload
from quizzes.services.imports import BusyError, GoneError, RefusedImportError, dry_run, take_in, taken_in
from quizzes.services.uploads import batch_of, discard, keep, pending, read_again, wish_of
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.bank import topic_choices
from quizzes.views.author.importforms import MEGABYTE, ImportForm, SaidForm
from quizzes.views.author.importshown import ordered, shown_files, shown_row, told

A_PAGE = 100
LIMITS = {"megabytes": MAX_BYTES // MEGABYTE, "files": MAX_FILES, "questions": MAX_QUESTIONS}


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def start(request: HttpRequest) -> HttpResponse:
    """Ask for files or text; POST reads them and shows what would come of it. Nothing is taken in."""
    sent, owner, now = request.method == "POST", author_of(request), timezone.now()
    topics = topic_choices()
    initial = {"language": language(), "topic": request.GET.get("topic", "")}
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None, topics=topics, initial=initial)
    if sent and form.is_valid():
        batch = keep(owner=owner, files=form.sent(), wish=form.wish(), now=now)
        return redirect("author:import-batch", batch)
    context = {"form": form, "limits": LIMITS, "waiting": pending(owner), "topics": topics}
    return render(request, "quizzes/author/import.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def batch(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Show what taking a batch in would do; POST reads it again as said, takes it in, or throws it away."""
    acts = {"again": _again, "all": _take, "good": _take, "discard": _discard}
    if request.method != "POST":
        return _dry_run(request, batch)
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, batch)


def _dry_run(request: HttpRequest, batch: uuid.UUID, said: str = "", status: int = 200) -> HttpResponse:
    uploads, plan = dry_run(owner=author_of(request), batch=batch)
    if plan is None:
        raise Http404
    page = Paginator(ordered(plan.rows), A_PAGE).get_page(request.GET.get("page"))
    counts = {act: plan.count(act) for act in ("new", "update", "same")}
    context = {
        "batch": batch,
        "plan": plan,
        "counts": counts,
        "worth": counts["new"] + counts["update"],
        "files": shown_files(uploads, plan, _said_forms(uploads)),
        "several": len(uploads) > 1,
        "problems": [told(one) for one in plan.files],
        "page": page,
        "rows": [shown_row(row) for row in page.object_list],
        "said": said,
        "limits": LIMITS,
    }
    return render(request, "quizzes/author/import_batch.html", context, status=status)


def _said_forms(uploads: list[Upload], sent: Any = None) -> list[SaidForm]:
    topics = topic_choices()
    return [
        SaidForm(
            sent,
            prefix=str(n),
            topics=topics,
            initial={name: getattr(wish_of(upload), name) for name in ("format", "language", "topic", "encoding")},
        )
        for n, upload in enumerate(uploads)
    ]


def _again(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Read the files of which something else is said now."""
    uploads = batch_of(author_of(request), batch)
    if not uploads:
        raise Http404
    forms = _said_forms(uploads, request.POST)
    if not all(form.is_valid() for form in forms):
        return _dry_run(request, batch, _("Choose from the lists, and read the files again."), 422)
    for upload, form in zip(uploads, forms, strict=True):
        if form.wish() != wish_of(upload):
            read_again(upload=upload, wish=form.wish())
    return redirect("author:import-batch", batch)


def _take(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    only_good, at_once = request.POST["act"] == "good", "publish" in request.POST
    try:
        done = take_in(owner=author_of(request), batch=batch, only_good=only_good, at_once=at_once, now=timezone.now())
    except GoneError:
        if entry := taken_in(owner=author_of(request), batch=batch):  # the button was pressed twice
            return redirect("author:import-done", entry.pk)
        messages.error(request, _("These files are no longer here: they were taken in or thrown away already."))
        return redirect("author:import")
    except RefusedImportError:
        return _dry_run(request, batch, _("Nothing was taken in: not all of it can be."), 422)
    except BusyError:
        return _dry_run(request, batch, _("Nothing was taken in: somebody is changing the same questions."), 409)
    return redirect("author:import-done", done.pk)


def _discard(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    if discard(owner=author_of(request), batch=batch):
        messages.success(request, _("Thrown away. Nothing was taken in."))
    return redirect("author:import")


@require_safe
@instructor_required
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an import of one's own did, for as long as the audit trail lasts."""
    entry = AuditEntry.objects.filter(pk=pk, action="import", actor=author_of(request)).first()
    if entry is None:
        raise Http404
    slugs: list[str] = entry.detail["questions"][:A_PAGE]
    rows = Question.objects.written_by(author_of(request)).filter(slug__in=slugs).select_related("topic", "current")
    more = len(entry.detail["questions"]) > A_PAGE
    context = {"entry": entry, "detail": entry.detail, "rows": rows.defer("words"), "more": more}
    return render(request, "quizzes/author/import_done.html", context)
