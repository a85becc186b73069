"""The style guide renders, and its address exists only with DEBUG on."""

from django.test import Client, RequestFactory

from learning.models import Course
from learning.views.preferences import styleguide


def test_it_works(rf: RequestFactory, course: Course) -> None:
    request = rf.get("/en/styleguide/")
    request.session = {}  # type: ignore[assignment]
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    assert b"Style guide" in styleguide(request).content


def test_it_is_closed_to_visitors(client: Client, course: Course) -> None:
    assert client.get("/en/styleguide/").status_code == 404
