"""What quizzes and the builder write as evidence: which rows, with what on them."""

from datetime import timedelta

import pytest
from django.test import Client

from builder.models import Scenario
from builder.services.submissions import submit_design
from learning.models import Evidence, Learner
from quizzes.models import Attempt, AttemptItem
from quizzes.services import ClosedError, Note, check_item, finish_attempt, note_item
from tests.builder.people import START
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import act, address, answer_all, form, place, right_tokens, save


def note(item: AttemptItem, confidence: str) -> None:
    note_item(learner=item.attempt.learner, place=place(item), note=Note(confidence=confidence), now=NOW)


def test_it_works(alice: Learner, attempt: Attempt) -> None:
    item = items_of(attempt)[0]
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    rows = Evidence.objects.of(alice, attempt.course)
    assert {row.statement.slug for row in rows} == set(item.revision.secret["proves"])
    for row in rows:
        assert (row.act, row.source) == (f"{attempt.pk}/1", "practice")
        assert (row.subject, row.version) == (f"item:{item.revision.question.slug}", str(item.revision.number))
        assert (row.topic, row.correct, row.first) == (item.revision.question.topic, True, True)
        assert row.seen_at == NOW


def test_confidence_is_that_of_the_moment_it_was_marked(alice: Learner, attempt: Attempt) -> None:
    item = items_of(attempt)[0]
    note(item, "sure")
    note(item, "guess")
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    with pytest.raises(ClosedError):
        note(item, "sure")
    assert set(Evidence.objects.values_list("confidence", flat=True)) == {"guess"}


def test_an_exam_gives_a_row_for_what_was_answered_with_the_last_confidence(alice: Learner, sitting: Attempt) -> None:
    items = items_of(sitting)
    for item in items[:3]:
        save(item, NOW)
    note(items[0], "sure")
    note(items[3], "maybe")  # not answered: no evidence
    finish_attempt(attempt=sitting, now=NOW + timedelta(minutes=5))
    rows = Evidence.objects.of(alice, sitting.course)
    assert {row.act for row in rows} == {f"{sitting.pk}/{number}" for number in (1, 2, 3)}
    assert {row.confidence for row in rows if row.act == f"{sitting.pk}/1"} == {"sure"}
    assert {row.source for row in rows} == {"exam"}


def test_first_sight_is_first_once(alice: Learner, sitting: Attempt) -> None:
    answer_all(sitting, NOW, right=20)
    finish_attempt(attempt=sitting, now=NOW)
    assert set(Evidence.objects.values_list("first", flat=True)) == {True}
    again = Attempt.objects.create(learner=alice, course=sitting.course, mode="practice", started_at=NOW)
    one = items_of(sitting)[0]
    item = AttemptItem.objects.create(
        attempt=again, number=1, revision=one.revision, order=one.order, tokens=one.tokens
    )
    check_item(learner=alice, place=place(item), tokens=right_tokens(item), act=act(NOW))
    assert set(Evidence.objects.filter(act=f"{again.pk}/1").values_list("first", flat=True)) == {False}


def test_findings_name_their_rule_and_their_lessons_topic(alice: Learner, course: object) -> None:
    scenario = Scenario.objects.filter(retired_at=None).order_by("pk")[0]
    submission = submit_design(learner=alice, scenario=scenario, design=START, now=NOW)
    rows = list(Evidence.objects.select_related("statement__lesson"))
    rules = {finding["rule"] for finding in submission.report["findings"] if finding["kind"] != "fact"}
    assert rows
    for row in rows:
        assert (row.source, row.subject) == ("builder", f"scenario:{scenario.slug}")
        assert row.version in rules
        assert row.act == f"{submission.pk}/{row.version}"
        assert row.topic_id == row.statement.lesson.topic_id
        assert (row.first, row.confidence) == (True, "")
    assert len({row.statement_id for row in rows}) == len(rows)  # one verdict a statement
    submit_design(learner=alice, scenario=scenario, design=START, now=NOW + timedelta(minutes=1))
    assert set(Evidence.objects.filter(pk__gt=rows[-1].pk).values_list("first", flat=True)) == {False}


def test_practice_asks_how_sure_and_keeps_it(as_alice: Client, attempt: Attempt) -> None:
    item = items_of(attempt)[0]
    assert 'name="confidence"' in as_alice.get(address(item)).content.decode()
    as_alice.post(address(item, "mark"), {**form(right_tokens(item)), "confidence": "sure"})
    assert set(Evidence.objects.values_list("confidence", flat=True)) == {"sure"}
