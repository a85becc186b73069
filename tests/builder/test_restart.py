"""Starting over."""

from django.test import Client

from builder.models import Draft, Submission
from learning.models import Course, Learner
from tests.builder.people import CLASSIC, PAGE, posted

RESTART = f"{PAGE}restart/"


def test_it_works(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}check/", posted(CLASSIC))
    assert as_alice.post(RESTART)["Location"] == PAGE
    assert "아직 고른 것이 없어요" in as_alice.get(PAGE).content.decode()


def test_it_leaves_other_peoples_drafts_alone(course: Course, as_alice: Client, as_bob: Client, alice: Learner) -> None:
    for person in (as_alice, as_bob):
        person.post(f"{PAGE}check/", posted(CLASSIC))
    as_bob.post(RESTART)
    assert [draft.learner for draft in Draft.objects.all()] == [alice]


def test_it_leaves_what_was_handed_in(course: Course, as_alice: Client) -> None:
    as_alice.post(f"{PAGE}submit/", posted(CLASSIC))
    as_alice.post(RESTART)
    assert Submission.objects.count() == 1


def test_with_nothing_to_drop_it_makes_no_learner(course: Course, client: Client) -> None:
    assert client.post(RESTART).status_code == 302
    assert not Learner.objects.exists()


def test_it_needs_the_token(course: Course) -> None:
    assert Client(enforce_csrf_checks=True).post(RESTART).status_code == 403
