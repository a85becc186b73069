"""An honest answer when the database is busy. Knows nothing of what was asked."""

from collections.abc import Callable

from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

type GetResponse = Callable[[HttpRequest], HttpResponse]

RETRY_AFTER = 3  # seconds


class BusyDatabaseMiddleware:
    """Turn "the database is busy" into 503 with Retry-After: nothing was saved, and the page says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for an OperationalError that escaped a view; other errors go on."""
        if not isinstance(exception, OperationalError):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
