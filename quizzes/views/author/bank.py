"""The bank: every question an instructor may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quizzes.views.author.access import instructor_required


@require_safe
@instructor_required
def bank(request: HttpRequest) -> HttpResponse:
    """Show the bank."""
    return render(request, "quizzes/author/bank.html")
