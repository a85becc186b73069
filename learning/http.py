"""One template, two faces: the whole page, or the one region of it that htmx asked for. Knows no models."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails


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
