"""Who may be on the pages of instructors, and whose questions they may see and change. 404 for all others."""

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from learning.http import instructor_required
from quizzes.models import Question

__all__ = ["author_of", "find_question", "instructor_required"]


def author_of(request: HttpRequest) -> User:
    """Return the instructor behind a request that `instructor_required` let through."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def find_question(request: HttpRequest, pk: int, *, to_change: bool = False) -> Question:
    """Return a question that the instructor may see, or may change; 404 for others' as for missing ones."""
    user, rows = author_of(request), Question.objects.all()
    mine: QuerySet[Question] = rows.written_by(user) if to_change else rows.seen_by(user)
    found = mine.select_related("course", "topic", "current", "draft", "owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
