"""A quick check of a lesson: answered in its place, or on a page of its own without JavaScript."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.http import language
from learning.models import Learner
from quizzes.forms import AnswerForm
from quizzes.models import AttemptItem, Origin, Question
from quizzes.services import Act, SealedError, UnfitError, answer_quick_check, quick_card, quick_order
from quizzes.views.shown import find_item, marked_card_of


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str, slug: str) -> HttpResponse:
    """Show the question; POST marks an answer and shows why, in the lesson or (without JavaScript) as a page."""
    rows = Question.objects.select_related("course", "topic", "current").defer("current__secret")
    files = rows.filter(origin=Origin.FILE)  # what is written on the site is asked by quizzes that choose it, only
    question = get_object_or_404(files, course__slug=course, slug=slug, retired_at=None, current__isnull=False)
    if request.method != "POST":
        return _page(request, question)
    form = AnswerForm(request.POST)
    try:
        if form.is_valid():
            return _marked(request, question, _answer(request, question, form))
    except UnfitError:
        pass
    except SealedError:
        said = _("This question stands in an exam that is open or keeps its answers back: it is not marked here.")
        return _page(request, question, form.tokens(), said, 409)
    return _page(request, question, form.tokens(), _("Answer as much as the question asks for."), 422)


def _answer(request: HttpRequest, question: Question, form: AnswerForm) -> AttemptItem:
    order, tokens = quick_order(_public(question))
    act = Act(form.cleaned_data["operation"], 0, timezone.now())
    return answer_quick_check(
        learner=Learner.objects.ensure(request),
        question=question,
        order=order,
        tokens=tokens,
        chosen=form.tokens(),
        act=act,
    )


def _marked(request: HttpRequest, question: Question, item: AttemptItem) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(item)
    whole = find_item(item.attempt.learner, item.attempt_id, item.number, timezone.now())
    return _face(request, {"card": marked_card_of(whole), "item": whole, "closed": True, "course": question.course})


def _page(
    request: HttpRequest, question: Question, chosen: list[str] | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "card": quick_card(_public(question), chosen or []),
        "course": question.course,
        "csrf": get_token(request),
        "operation": uuid.uuid4(),
        "error": error,
        "lesson": question.topic.lessons.filter(retired_at=None).select_related("course").first(),
    }
    return _face(request, context, status)


def _face(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return the card alone when htmx asks, else a page around it."""
    template = "quizzes/_check.html" if request.htmx else "quizzes/check.html"  # type: ignore[attr-defined]
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _public(question: Question) -> dict[str, Any]:
    public: dict[str, Any] = question.current.public_in(language()) if question.current else {}
    return public
