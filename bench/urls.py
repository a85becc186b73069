"""The yardsticks: what any signed-in page and any save must cost on this server, whatever the site does on top.

The empty view reads session and user (with the learner, as every page does) and answers nothing; the empty save
also inserts one row, durably.
"""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from config import urls
from learning.models import Evidence, Learner, Statement


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing."""
    return HttpResponse()


@require_POST
@login_required
def empty_save(request: HttpRequest) -> HttpResponse:
    """Insert one row and answer with nothing."""
    Evidence.objects.create(
        learner=Learner.objects.ensure(request),
        course=_any_statement().course,
        statement=_any_statement(),
        topic=_any_statement().lesson.topic,
        correct=True,
        source=Evidence.Source.CHECK,
        subject="item:bench",
        seen_at=timezone.now(),
    )
    return HttpResponse(status=204)


@cache
def _any_statement() -> Statement:
    return Statement.objects.select_related("course", "lesson__topic")[0]


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/save/", empty_save),
    *urls.urlpatterns,
]
