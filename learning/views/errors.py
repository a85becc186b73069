"""Error pages in the reader's language: what happened and what to do."""

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: more, or something else, than a form of the site sends. Asks the database nothing: it may come early."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also for what belongs to somebody else."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a number that stands in the log too."""
    error_id = uuid.uuid4().hex[:12]
    logger.error("error %s at %s %s", error_id, request.method, request.path)
    return render(request, "500.html", {"error_id": error_id}, status=500)
