"""Taking a quiz: the question page, saving an answer on choosing it, having it marked, and ending early."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learning.http import render_region
from learning.models import Learner
from quizzes.forms import AnswerForm
from quizzes.models import Attempt, AttemptItem, Quiz
from quizzes.services import Act, ClosedError, Place, StaleError, UnfitError, check_item, finish_attempt, record_answer
from quizzes.views.shown import find_item, take_context

PAGE = "quizzes/question.html"


@require_GET
@never_cache
def attempt(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Go on where the attempt stands: the first question not marked yet, or the result."""
    found = get_object_or_404(Attempt.objects.of(Learner.objects.of(request)), pk=attempt_id)
    waiting = found.items.filter(checked_at=None).first() if found.is_open else None
    if found.mode == Quiz.Mode.CHECK:
        return redirect("quizzes:question", found.pk, 1)
    return redirect(waiting or found.get_result_url())


@require_GET
@never_cache
def question(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Show one question: to answer, or with the reasons once it is marked."""
    item = find_item(Learner.objects.of(request), attempt_id, number)
    return render_region(request, PAGE, "take-question", take_context(item))


@require_POST
def answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save an answer."""
    return _act(request, attempt_id, number, record_answer, "answer-saved")


@require_POST
def mark(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save an answer and mark it."""
    return _act(request, attempt_id, number, check_item, "take-question")


@require_POST
def finish(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """End the attempt before everything is marked."""
    found = get_object_or_404(Attempt.objects.of(Learner.objects.of(request)), pk=attempt_id)
    finish_attempt(attempt=found, now=timezone.now())
    return redirect("quizzes:result", found.pk)


def _act(
    request: HttpRequest, attempt_id: uuid.UUID, number: int, do: Callable[..., AttemptItem], region: str
) -> HttpResponse:
    """Do what the form asks and show the outcome; what cannot be done is said, with what was chosen kept."""
    learner = Learner.objects.of(request)
    form = AnswerForm(request.POST)
    error, status = "", 422
    try:
        if learner and form.is_valid():
            act = Act(form.cleaned_data["operation"], form.cleaned_data["revision"] or 0, timezone.now())
            item = do(learner=learner, place=Place(attempt_id, number), tokens=form.tokens(), act=act)
            return _done(request, item, region)
        error = " ".join(str(said) for field in form.errors.values() for said in field)
    except UnfitError:
        error = ""
    except StaleError:
        error, status = _("Your answer was changed in another window. Its answer is shown now; choose again."), 409
    except ClosedError:
        error, status = _("This question is already marked; the answer stays as it was."), 409
    except AttemptItem.DoesNotExist:
        pass
    item = find_item(learner, attempt_id, number)
    chosen = form.tokens() if status == 422 else None
    context = take_context(item, chosen=chosen, error=error or choose_first(item))
    return render_region(request, PAGE, region, context, status=status)


def _done(request: HttpRequest, item: AttemptItem, region: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(item)
    if region == "answer-saved":
        context = {"item": item, "operation": uuid.uuid4(), "just_saved": True}
    else:
        context = take_context(find_item(item.attempt.learner, item.attempt_id, item.number))
    return render_region(request, PAGE, region, context)


def choose_first(item: AttemptItem) -> str:
    """Return what to do before an item can be marked."""
    count = next(iter(item.revision.public.values()))["body"]["choose"]
    said = ngettext("Choose one option first.", "Choose exactly %(count)s options first.", count)
    return said % {"count": count}
