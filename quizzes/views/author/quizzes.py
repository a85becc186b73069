"""Quizzes written here: the list, the editor, publishing and putting away."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.http import render_region
from learning.models import Course
from learning.once import once
from quizzes.models import Quiz
from quizzes.services.acts import UnfitError
from quizzes.services.quizmaking import (
    change_quiz,
    copy_quiz,
    lacks,
    make_quiz,
    publish_quiz,
    restore_quiz,
    retire_quiz,
    unpublish_quiz,
)
from quizzes.views.author.access import author_of, instructor_required
from quizzes.views.author.choosing import choosing, quiz_lines, topics_of
from quizzes.views.author.quizforms import QuizForm, act_of, chosen_in, chosen_of, initial_of

PAGE, REGION = "quizzes/author/quiz.html", "quiz-choosing"
SAVE = "save"


@require_safe
@instructor_required
def quiz_list(request: HttpRequest) -> HttpResponse:
    """List the quizzes the instructor may see: their own and shared ones, then the files'."""
    rows = Quiz.objects.seen_by(author_of(request)).filter(course__retired_at=None)
    lines = quiz_lines(rows.select_related("owner", "course").order_by("-origin", "-pk"), author_of(request))
    return render(request, "quizzes/author/quizzes.html", {"lines": lines})


def find_quiz(request: HttpRequest, pk: int, *, to_change: bool = True) -> Quiz:
    """Return a quiz the instructor may change, or at least see; 404 for others' as for missing ones."""
    user = author_of(request)
    rows = Quiz.objects.written_by(user) if to_change else Quiz.objects.seen_by(user)
    found = rows.select_related("course", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def new(request: HttpRequest) -> HttpResponse:
    """Put a new quiz together; nothing is stored before it is saved."""
    course = Course.objects.filter(retired_at=None).order_by("position", "slug").first()
    if course is None:
        messages.error(request, _("There is no course yet: bring its files in first."))
        return redirect("author:quizzes")
    draft = Quiz(course=course, owner=author_of(request), origin="site", draft=True, title={}, summary={}, topics=[])
    return _editor(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@instructor_required
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a quiz to change it; every button that only puts it together stores nothing."""
    return _editor(request, find_quiz(request, pk))


def _editor(request: HttpRequest, row: Quiz) -> HttpResponse:
    if request.method != "POST":
        form = QuizForm(initial=initial_of(row) if row.pk else None)
        form.fields["title_ko"].widget.attrs["autofocus"] = not row.pk
        return render(request, PAGE, _context(request, row, form, chosen_in(row)))
    act, form = act_of(request), QuizForm(request.POST)
    if act == SAVE:
        return _save(request, row, form)
    context = _context(request, row, form, chosen_of(request.POST).after(act), pressed=act)
    form.errors.clear()  # nothing is judged before it is saved
    return render_region(request, PAGE, REGION, context)


@once
def _save(request: HttpRequest, row: Quiz, form: QuizForm) -> HttpResponse:
    chosen, topics = chosen_of(request.POST), [slug for slug, _title in topics_of(row.course)]
    context = _context(request, row, form, chosen)
    rows_good = form.data.get("what") != "quotas" or not context["bad_rows"]
    if form.is_valid() and rows_good:
        plan, now, user = form.plan(chosen, topics), timezone.now(), author_of(request)
        try:
            if row.pk:
                saved = change_quiz(quiz=row, plan=plan, actor=user, now=now)
            else:
                saved = make_quiz(owner=user, course=row.course, plan=plan, now=now)
        except UnfitError:
            form.add_error(None, _("Published, it would lack something now. Make it a draft first, or mend it."))
        else:
            messages.success(request, _("Saved."))
            return redirect("author:quiz", saved.pk)
    _stand_on_error(form)
    return render(request, PAGE, {**context, "failed": True}, status=422)


def _stand_on_error(form: QuizForm) -> None:
    """Let the page begin at the first field that is wrong."""
    wrong = next((field for name, field in form.fields.items() if name in form.errors), None)
    if wrong:
        wrong.widget.attrs["autofocus"] = True


def _context(request: HttpRequest, row: Quiz, form: QuizForm, chosen: Any, pressed: str = "") -> Mapping[str, Any]:
    return {
        "quiz": row,
        "form": form,
        "lacks": _lacking(row) if row.pk else [],
        **choosing(request, row, chosen, pressed),
    }


def _lacking(row: Quiz) -> list[str]:
    """Return why the quiz cannot be published, in words; a topic by its title."""
    found = lacks(row)
    titles = dict(topics_of(row.course)) if any("topic" in one.params for one in found) else {}
    spoken = [(one.message, {**one.params, "topic": titles.get(str(one.params.get("topic")))}) for one in found]
    return [_(message) % params for message, params in spoken]


ACTS = {
    "publish": (publish_quiz, gettext_lazy("Published. It can be taken and given now.")),
    "unpublish": (unpublish_quiz, gettext_lazy("It is a draft again. What has begun can be ended.")),
    "retire": (retire_quiz, gettext_lazy("Put away. Attempts and scores stay.")),
    "restore": (restore_quiz, gettext_lazy("Back as a draft.")),
}


@require_POST
@instructor_required
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, unpublish, put away, or take out again, as the button says."""
    row, found = find_quiz(request, pk), ACTS.get(act_of(request))
    if found is None:
        raise Http404
    do, said = found
    try:
        do(quiz=row, actor=author_of(request), now=timezone.now())
        messages.success(request, said)
    except UnfitError:
        messages.error(request, _("It cannot be published yet: see what is lacking."))
    return redirect("author:quiz", pk)


@require_POST
@instructor_required
@once
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft of one's own like another quiz, a file's too."""
    made = copy_quiz(quiz=find_quiz(request, pk, to_change=False), actor=author_of(request), now=timezone.now())
    messages.success(request, _("Copied. This is your draft."))
    return redirect("author:quiz", made.pk)
