"""Pages kept in the process: one rendering for all who would see the same page, filled in for each reader.

What differs from reader to reader (the CSRF token, the user's name) stands in the kept page as a mark. Must not know
what pages are about. docs/decisions/0006-kept-pages.md says why.
"""

from collections.abc import Callable, Hashable, Mapping
from hashlib import sha256
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape

from learning.http import AUTHOR_KEY

# Private-use characters around a name: no user name may hold them.
CSRF, USERNAME = "\ue000csrf\ue001", "\ue000username\ue001"


def mark(name: str) -> str:
    """Return the mark that `respond` fills with `marks[name]`."""
    return f"\ue000{name}\ue001"


def respond(
    request: HttpRequest,
    template: str,
    *,
    key: Hashable,
    context: Callable[[], Mapping[str, Any]],
    marks: Mapping[str, str],
) -> HttpResponse:
    """Answer with `template`, kept under `key` and the address; `marks` are safe HTML by name.

    They go in in their order, so that what stands in one is never taken for a later mark: put content last.
    `context` is called only when the page is not kept yet. A page that shows messages is neither kept nor taken.
    """
    if len(get_messages(request)):
        return HttpResponse(_filled(request, _rendered(request, template, context()), marks))
    shell = (request.COOKIES.get("scheme"), request.session.get(AUTHOR_KEY, False))
    whole = repr((template, request.build_absolute_uri(), shell, key))
    digest = sha256(whole.encode()).hexdigest()
    page = caches["pages"].get(digest)
    if page is None:
        page = _rendered(request, template, context())
        caches["pages"].set(digest, page, None)
    return HttpResponse(_filled(request, page, marks))


def _rendered(request: HttpRequest, template: str, context: Mapping[str, Any]) -> str:
    return render_to_string(template, {**context, "csrf_token": CSRF, "username": USERNAME}, request)


def _filled(request: HttpRequest, page: str, marks: Mapping[str, str]) -> str:
    page = page.replace(CSRF, get_token(request)).replace(USERNAME, escape(request.user.get_username()))
    for name, text in marks.items():
        page = page.replace(mark(name), text)
    return page
