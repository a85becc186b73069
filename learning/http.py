"""One template, two faces: the whole page, or the one region of it that htmx asked for; and the instructors' door.

Knows no models.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

type View = Callable[..., HttpResponse]

AUTHOR = "quizzes.author_quiz"  # the permission that makes a user an instructor
AUTHOR_KEY = "author"  # session key: whether the menu names the instructors' pages, so that it costs no query


def language() -> str:
    """Return the active language as files and rows name it: "ko" or "en"."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


class HtmxRequest(HttpRequest):
    """A request that `django_htmx.middleware.HtmxMiddleware` has seen."""

    htmx: HtmxDetails


def render_region(
    request: HttpRequest, template: str, region: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render `template`, or only its partial `region` when htmx asked with the element of that id as target."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by the middleware
    name = f"{template}#{region}" if htmx and not htmx.history_restore_request else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def instructor_required(view: View) -> View:
    """Let only instructors through: a visitor is asked to sign in, anybody else finds nothing there (404)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        may = request.user.has_perm(AUTHOR)
        if request.session.get(AUTHOR_KEY, False) != may:
            request.session[AUTHOR_KEY] = may
        if not may:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the sign-in page and back; htmx is told to leave the page, what is typed there stays."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by the middleware
    if not htmx:
        return redirect_to_login(request.get_full_path())
    return HttpResponse(status=401)
