"""A guest's attempts come along when they sign in; nothing is lost or doubled."""

from datetime import timedelta

from learning.models import Learner
from quizzes.activities import activity
from quizzes.models import Attempt, Quiz
from quizzes.services import adopt, start_attempt
from tests.quizzes.conftest import NOW

LATER = NOW + timedelta(hours=1)


def test_it_works(alice: Learner, practice: Quiz) -> None:
    guest = Learner.objects.create()
    begun = start_attempt(learner=guest, quiz=practice, now=NOW, seed="g")
    activity.adopt(guest, alice)
    assert Attempt.objects.of(alice).get() == begun
    assert not Attempt.objects.of(guest).exists()


def test_of_two_open_attempts_the_later_stays_open(alice: Learner, practice: Quiz) -> None:
    guest = Learner.objects.create()
    own = start_attempt(learner=alice, quiz=practice, now=NOW, seed="a")
    begun = start_attempt(learner=guest, quiz=practice, now=LATER, seed="g")
    adopt(guest=guest, learner=alice, now=LATER)
    assert Attempt.objects.of(alice).open().get() == begun
    own.refresh_from_db()
    assert own.finished_at == LATER


def test_the_learners_own_stays_open_when_it_is_the_later(alice: Learner, practice: Quiz) -> None:
    guest = Learner.objects.create()
    begun = start_attempt(learner=guest, quiz=practice, now=NOW, seed="g")
    own = start_attempt(learner=alice, quiz=practice, now=LATER, seed="a")
    adopt(guest=guest, learner=alice, now=LATER)
    assert Attempt.objects.of(alice).open().get() == own
    assert Attempt.objects.of(alice).count() == 2
    begun.refresh_from_db()
    assert begun.finished_at == LATER


def test_progress_counts_questions_once(alice: Learner, practice: Quiz) -> None:
    line = activity.progress(alice, practice.course)[0]
    assert line.done == 0
    assert line.of >= 12
