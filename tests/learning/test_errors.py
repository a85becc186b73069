"""Error pages: in the reader's language, with a way on and without a trace."""

import pytest
from django.db.utils import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from learning.middleware import BusyDatabaseMiddleware
from learning.models import Course
from learning.views import errors


@pytest.mark.parametrize(("language", "words"), [("ko", "여기에는 페이지가 없어요."), ("en", "There is no page here.")])
def test_not_found(client: Client, course: Course, language: str, words: str) -> None:
    response = client.get(f"/{language}/nowhere/")
    assert response.status_code == 404
    assert words in response.content.decode()


def test_an_old_form_is_explained(course: Course) -> None:
    response = Client(enforce_csrf_checks=True).post("/en/accounts/scheme/", {"scheme": "dark"})
    assert response.status_code == 403
    assert "too old" in response.content.decode()


def test_a_server_error_carries_a_number_of_the_log(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    page = errors.server_error(rf.get("/ko/")).content.decode()
    number = caplog.records[-1].getMessage().split()[1]
    assert number in page
    assert "Traceback" not in page


def test_a_busy_database_is_said_not_hidden(rf: RequestFactory) -> None:
    middleware = BusyDatabaseMiddleware(lambda request: errors.server_error(request))
    response = middleware.process_exception(rf.get("/ko/"), OperationalError("database is locked"))
    assert response is not None
    assert response.status_code == 503
    assert response["Retry-After"] == "3"


def test_other_errors_are_not_called_busy(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/ko/")
    assert BusyDatabaseMiddleware(lambda r: errors.server_error(r)).process_exception(request, ValueError()) is None


def test_health_is_for_machines(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
