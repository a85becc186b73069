"""What the scripts of question pages send and hear: small JSON, one act a request.

A save says what the page needs next: the revision, the time it was saved, the server's clock and the deadline.
"""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.models import Learner
from quizzes.forms import AnswerForm, NoteForm
from quizzes.models import Attempt, AttemptItem
from quizzes.services import (
    Act,
    ClosedError,
    LateError,
    Place,
    RefusedError,
    StaleError,
    note_item,
    record_answer,
    settle,
)
from quizzes.views.conflict import conflict_context
from quizzes.views.shown import find_item, milliseconds

JSON = "application/json"


def is_wanted(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return JSON in request.headers.get("Accept", "")


def answer(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Save an answer."""
    now, learner, form = timezone.now(), Learner.objects.of(request), AnswerForm(request.POST)
    if learner is None:
        return signed_out()
    if not form.is_valid():
        return _unfit()
    act = Act(form.cleaned_data["operation"], form.cleaned_data["revision"] or 0, now, form.claimed_at())
    try:
        item = record_answer(learner=learner, place=Place(attempt_id, number), tokens=form.tokens(), act=act)
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    except StaleError:
        return _torn(request, find_item(learner, attempt_id, number, now), form.tokens())
    except ClosedError as error:
        return JsonResponse({"over": True, "late": isinstance(error, LateError)}, status=409)
    except RefusedError:
        return _unfit()
    return JsonResponse({"revision": item.answer_revision, "saved": _time(item.answered_at), **_clock(item, now)})


@require_POST
def note(request: HttpRequest, attempt_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep a flag, strikes, the confidence, the time spent."""
    now, learner, form = timezone.now(), Learner.objects.of(request), NoteForm(request.POST)
    if learner is None:
        return signed_out()
    if not form.is_valid():
        return _unfit()
    try:
        note_item(learner=learner, place=Place(attempt_id, number), note=form.note(), now=now)
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    except ClosedError:
        return JsonResponse({"over": True, "late": False}, status=409)
    except RefusedError:
        return _unfit()
    return JsonResponse({"saved": _time(now), "now": milliseconds(timezone.now())})


@require_safe
@never_cache
def pulse(request: HttpRequest, attempt_id: uuid.UUID) -> HttpResponse:
    """Say how things stand: the server's clock, the deadline, a token good for sending, what is saved."""
    now, learner = timezone.now(), Learner.objects.of(request)
    if learner is None:
        return signed_out()
    attempt = settle(attempt=get_object_or_404(Attempt.objects.of(learner), pk=attempt_id), now=now)
    items = attempt.items.with_answers().only("number", "attempt_id")
    return JsonResponse(
        {
            "now": milliseconds(timezone.now()),
            "deadline": milliseconds(attempt.deadline_at) if attempt.deadline_at else None,
            "csrf": get_token(request),
            "over": not attempt.is_open,
            "revisions": {item.number: item.answer_revision for item in items if item.answer_revision},
        }
    )


def signed_out() -> HttpResponse:
    """Say that nobody is known here: the session is gone."""
    return JsonResponse({"signed_out": True}, status=401)


def _torn(request: HttpRequest, item: AttemptItem, given: list[str]) -> HttpResponse:
    context = conflict_context(item, given)
    said: dict[str, Any] = {
        "torn": True,
        "revision": item.answer_revision,
        "saved": _time(item.answered_at),
        "value": [item.tokens[position] if position >= 0 else "" for position in item.response or ()],
        "url": item.get_absolute_url(),
        "words": _("Question %(number)s was answered elsewhere as well. Choose which answer is yours.")
        % {"number": item.number},
        "html": render_to_string("quizzes/_conflict.html", context, request),
    }
    return JsonResponse(said, status=409)


def _unfit() -> HttpResponse:
    return JsonResponse({"error": _("This answer does not fit the question. Please reload the page.")}, status=422)


def _time(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M:%S") if moment else ""


def _clock(item: AttemptItem, now: datetime) -> dict[str, int | None]:
    deadline = item.attempt.deadline_at
    return {"now": milliseconds(timezone.now()), "deadline": milliseconds(deadline) if deadline else None}
