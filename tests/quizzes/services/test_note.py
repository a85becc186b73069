"""Noting on an item: flag, strike-outs, confidence, time. The last one sent wins, and nothing of it touches a mark."""

from datetime import datetime, timedelta

import pytest

from learning.models import Learner
from quizzes.models import Attempt, AttemptItem, Grade
from quizzes.services import ClosedError, Note, UnfitError, finish_attempt, note_item
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import place, save

LATER = NOW + timedelta(minutes=5)


def note(item: AttemptItem, now: datetime = LATER, **said: object) -> AttemptItem:
    note_item(learner=item.attempt.learner, place=place(item), note=Note(**said), now=now)  # type: ignore[arg-type]
    item.refresh_from_db()
    return item


def test_it_works(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    note(item, flagged=True, struck=[item.tokens[2], item.tokens[0]], confidence="maybe", seconds=12)
    assert (item.flagged, item.struck, item.confidence, item.seconds) == (True, [0, 2], "maybe", 12)


def test_what_is_not_said_stays_and_the_last_wins(sitting: Attempt) -> None:
    item = note(items_of(sitting)[0], flagged=True, confidence="sure", struck=[items_of(sitting)[0].tokens[1]])
    note(item, flagged=False)
    assert (item.flagged, item.confidence, item.struck) == (False, "sure", [1])
    note(item, confidence="", struck=[])
    assert (item.confidence, item.struck) == ("", [])


def test_the_same_note_twice_changes_nothing_more(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    for _ in range(3):
        note(item, flagged=True, seconds=30)
    assert (item.flagged, item.seconds) == (True, 30)


@pytest.mark.parametrize(("said", "kept"), [(30, 30), (10, 20), (301, 300), (10**12, 300), (-5, 20)])
def test_time_only_grows_and_never_past_the_clock(sitting: Attempt, said: int, kept: int) -> None:
    item = note(items_of(sitting)[0], seconds=20)
    assert note(item, seconds=said).seconds == kept


@pytest.mark.parametrize("said", [{"confidence": "certain"}, {"struck": ["nonsense"]}, {"struck": ["\x00"]}])
def test_what_does_not_fit_is_refused(sitting: Attempt, said: dict[str, object]) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(UnfitError):
        note(item, flagged=True, **said)
    item.refresh_from_db()
    assert item.flagged is False


def test_it_hides_other_peoples_items(bob: Learner, sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(AttemptItem.DoesNotExist):
        note_item(learner=bob, place=place(item), note=Note(flagged=True), now=LATER)


def test_nothing_is_noted_once_it_is_over(sitting: Attempt) -> None:
    item = items_of(sitting)[0]
    with pytest.raises(ClosedError):
        note(item, NOW + timedelta(hours=2), flagged=True)
    finish_attempt(attempt=sitting, now=NOW)
    with pytest.raises(ClosedError):
        note(item, flagged=True)


@pytest.mark.parametrize("confidence", ["guess", "sure", ""])
def test_confidence_is_never_in_the_mark(sitting: Attempt, confidence: str) -> None:
    for item in items_of(sitting):
        note(item, confidence=confidence, flagged=True, struck=item.tokens)
    save(items_of(sitting)[0], LATER)
    finish_attempt(attempt=sitting, now=LATER)
    assert Grade.objects.get().scaled == 145
