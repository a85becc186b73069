"""What a question said before: who published what and when, what changed, and going back to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quizzes.models import Origin
from quizzes.services.authoring import StaleDraftError, draft_of
from quizzes.services.curating import restore
from quizzes.views.author.access import author_of, find_question, instructor_required
from quizzes.views.author.differences import compared


@require_safe
@instructor_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who published what and when, and how one revision differs from another."""
    row = find_question(request, pk)
    revisions = list(row.revisions.order_by("-number"))
    numbers = [one.number for one in revisions]
    after = _number(request, "to", numbers, numbers[0] if numbers else 0)
    before = _number(request, "from", numbers, after - 1)
    texts = {one.number: one.secret["source"] for one in revisions if one.number in (after, before)}
    context = {
        "question": row,
        "mine": row.origin == Origin.SITE,
        "drafted": draft_of(row) is not None,
        "revisions": revisions,
        "after": after,
        "before": before,
        "differences": compared(texts.get(before, {}), texts.get(after, {})),
    }
    return render(request, "quizzes/author/history.html", context)


def _number(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    """Return the revision asked for as `name`, if there is one of that number."""
    asked = request.GET.get(name, "")
    return next((number for number in numbers if str(number) == asked), otherwise)


@require_POST
@instructor_required
def restore_revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make a revision the draft; one that is there is replaced only when that is said."""
    row = find_question(request, pk, to_change=True)
    revision = get_object_or_404(row.revisions, number=number)
    try:
        over = "over" in request.POST
        restore(question=row, revision=revision, actor=author_of(request), now=timezone.now(), over=over)
    except StaleDraftError:
        messages.error(request, _("There is a draft with changes. Publish it, throw it away, or tick that it goes."))
        return redirect("author:history", pk)
    messages.success(request, _("Revision %(number)s is the draft now.") % {"number": number})
    return redirect("author:question", pk)
