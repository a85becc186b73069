"""The notebook of mistakes that writes itself: a page to print, and a note that links back to the statements."""

import re
import uuid
from collections.abc import Sequence
from html import unescape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.models import Course, Statement
from quizzes.models import Confidence
from quizzes.services.opening import answers_shown
from quizzes.views.review import Reviewed, reviewed
from quizzes.views.take import find_attempt

BLANK_LINES = re.compile(r"\n{3,}")


@require_safe
@never_cache
def notes(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Show the questions that were missed or guessed, to print."""
    attempt = find_attempt(request, attempt_id, timezone.now())
    if attempt.is_open or attempt.quiz is None:
        return redirect(attempt)
    if not answers_shown(attempt, timezone.now()):
        return redirect(attempt.get_result_url())
    return render(
        request, "quizzes/notes.html", {"attempt": attempt, "quiz": attempt.quiz, "rows": kept(reviewed(attempt))}
    )


@require_safe
@never_cache
def download(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Give the same as a Markdown note for one's own vault."""
    attempt = find_attempt(request, attempt_id, timezone.now())
    if attempt.is_open or attempt.quiz is None:
        return redirect(attempt)
    if not answers_shown(attempt, timezone.now()):
        return redirect(attempt.get_result_url())
    rows = kept(reviewed(attempt))
    lessons = _lessons(attempt.course, [slug for row in rows for slug in _slugs(row)])
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "rows": [(row, [f"[[{lessons[slug]}#^{slug}]]" for slug in _slugs(row) if slug in lessons]) for row in rows],
    }
    text = BLANK_LINES.sub("\n\n", unescape(render_to_string("quizzes/notes.md", context)))
    day = timezone.localdate(attempt.finished_at).isoformat()
    headers = {"Content-Disposition": f'attachment; filename="{attempt.quiz.slug}-{day}.md"'}
    return HttpResponse(text.strip() + "\n", content_type="text/markdown; charset=utf-8", headers=headers)


def kept(rows: Sequence[Reviewed]) -> list[Reviewed]:
    """Return what belongs into the notebook: what was not right, and what was guessed."""
    rows = [row for row in rows if not row.item.pilot]
    return [row for row in rows if row.card and (not row.right or row.item.confidence == Confidence.GUESS)]


def _slugs(row: Reviewed) -> list[str]:
    """Return the statements the question rests on."""
    secret = row.item.revision.secret
    cited = [slug for slugs in secret["cites"] for slug in slugs]
    return list(dict.fromkeys([*cited, *secret.get("explain_cites", ())]))


def _lessons(course: Course, slugs: Sequence[str]) -> dict[str, str]:
    """Return the lesson of each statement."""
    rows = Statement.objects.filter(course=course, slug__in=slugs, retired_at=None)
    return dict(rows.values_list("slug", "lesson__slug"))
