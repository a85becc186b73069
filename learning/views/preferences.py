"""What a visitor prefers: the colour scheme. (The language is Django's own `set_language`.)"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from learning.context import SCHEME_COOKIE, SCHEMES


@require_POST
def scheme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colour scheme in a cookie and go back to where one was."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if safe else "learning:home")
    chosen = request.POST.get("scheme", "")
    if chosen in SCHEMES:
        response.set_cookie(
            SCHEME_COOKIE,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample data. Its address exists only with DEBUG on."""
    return render(request, "styleguide.html")
