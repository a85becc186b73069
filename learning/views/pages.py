"""The front door, home, the course page and progress."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Send the visitor home in their language: the one they chose, else `Accept-Language`."""
    language = get_language_from_request(request)
    with override(language):
        response = redirect("learning:home")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say 200 when the database answers; for machines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the courses at a glance."""
    return render(request, "learning/home.html", {"home_url": reverse("learning:home")})
