"""The one thing to do next: the first rule that fits, with its reason. Nothing here asks the database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from learning.activities import Due, Offer, Standing
from learning.mastery import UNKNOWN, Calibration, Mastery, Readiness, Seen
from learning.models import Assignment, Reading
from learning.outline import LessonLine, Outline, TopicLine
from learning.services.measures import Measures
from learning.views.given import Given
from learning.views.next_step import Agenda, Step, next_step

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # already the 23rd in Seoul
EXAM = Offer("The exam", "/exam/", 20, "exam")
PRACTICE = Offer("Practice", "/practice/", 12)
CHECK = Offer("Level check", "/level/", 12)
SEEN = Seen(1, "a/1", "s", "roles", "practice", "item:x", "1", False, "", True, None, 0)


def lesson(number: int, topic: str) -> LessonLine:
    return LessonLine(topic, number, f"Lesson {topic}", "", 5, topic, f"/lessons/{topic}/")


OUTLINE = Outline(
    "ecs",
    "ECS",
    "",
    720,
    (TopicLine("types", "Types", 50), TopicLine("roles", "Roles", 50)),
    (lesson(1, "types"), lesson(2, "roles")),
)


def known(probability: float = 0.5, enough: bool = True, **topics: float) -> Measures:
    """Return what would be known with these means by topic."""
    ready = Readiness(probability, 0.3, 0.9, 400, 600, 800, 20, enough)
    found = {slug: Mastery(mean, mean - 0.1, mean + 0.1, 9, 9, True, None) for slug, mean in topics.items()}
    return Measures({}, found, ready, Calibration((), {}, {}, (), 0, None), (SEEN,))


def read(*slugs: str, percent: int = 100) -> dict[str, Reading]:
    return {slug: Reading(percent=percent, finished_at=NOW if percent == 100 else None) for slug in slugs}


def given(closes: timedelta | None, state: str = "open") -> Given:
    until = NOW + closes if closes else None
    return Given("Class work", "/given/", "Harbour", None, until, state, Standing(), Assignment())


NEW = Agenda(NOW, OUTLINE, {}, [PRACTICE, EXAM], [], [], None, CHECK, None)
# Everything at once: what comes first wins.
ALL = replace(
    NEW,
    readings=read("types", percent=40),
    open_work=[Offer("Go on with practice", "/open/", 1), Offer("Go on with the exam", "/open-exam/", 1, "exam")],
    given=[given(timedelta(hours=5))],
    due=Due(7, 7, date(2026, 11, 25), "/review/"),
    measures=known(0.9, types=0.8, roles=0.4),
)
DONE = replace(ALL, open_work=[], given=[], due=None, readings=read("types", "roles"))


@pytest.mark.parametrize(
    ("agenda", "url", "reason"),
    [
        (ALL, "/open-exam/", "clock runs"),
        (replace(ALL, open_work=[]), "/given/", "Given in Harbour"),
        (replace(ALL, open_work=[], given=[]), "/review/", "about 7 minutes"),
        (replace(ALL, open_work=[], given=[], due=None), "/lessons/roles/", "weakest topic so far (30–50%)"),
        (replace(DONE, readings=read("types", percent=40), measures=None), "/lessons/types/", "read 40% of it"),
        (replace(DONE, readings=read("types"), measures=None), "/lessons/roles/", "next lesson"),
        (NEW, "/lessons/types/", "level check tells"),
        (replace(NEW, level_check=None), "/lessons/types/", "builds on the one before"),
        (DONE, "/exam/", "about 90 of 100"),
        (replace(DONE, measures=known(0.5)), "/practice/", "narrows the ranges"),
    ],
)  # fmt: skip
def test_it_works(agenda: Agenda, url: str, reason: str) -> None:
    with translation.override("en"):
        step = next_step(agenda)
    assert step
    assert step.url == url
    assert reason in step.reason


def steps(agendas: Sequence[Agenda]) -> list[str]:
    found: list[Step | None] = [next_step(agenda) for agenda in agendas]
    return [step.url for step in found if step]


def test_class_work_waits_its_turn_unless_it_closes_soon() -> None:
    calm = replace(DONE, due=Due(1, 1, None, "/review/"))
    far = [given(None), given(timedelta(days=4)), given(timedelta(hours=1), "done"), given(timedelta(hours=1), "early")]
    assert steps([replace(calm, given=[one]) for one in far]) == ["/review/"] * 4
    assert steps([replace(calm, given=[given(timedelta(days=3))])]) == ["/given/"]
    assert steps([replace(calm, given=[given(timedelta(hours=1), "working")])]) == ["/given/"]


def test_closing_times_are_told_in_the_sites_time() -> None:
    with translation.override("en"):
        step = next_step(replace(DONE, given=[given(timedelta(hours=1))]))
    assert step
    assert "23 Nov 2026, 01:30" in step.reason


def test_the_weakest_topic_counts_only_when_enough_is_known() -> None:
    unread = replace(DONE, readings=read("types"))
    few = replace(unread, measures=replace(known(), topics={"roles": replace(UNKNOWN, answers=1)}))
    good = replace(unread, measures=known(types=0.8, roles=0.75))
    with translation.override("en"):
        reasons = [step.reason for one in (few, good) if (step := next_step(one))]
    assert reasons == ["The next lesson you have not read."] * 2


def test_nothing_due_is_nothing_to_do() -> None:
    assert steps([replace(DONE, due=Due(0, 0, date(2026, 11, 25), "/review/"))]) == ["/exam/"]


def test_an_exam_is_not_advised_on_too_little() -> None:
    assert steps([replace(DONE, measures=known(0.95, enough=False))]) == ["/practice/"]


def test_an_open_practice_goes_before_a_new_one() -> None:
    going = replace(DONE, measures=known(0.5), open_work=[Offer("Go on", "/open/", 1)])
    assert steps([going]) == ["/open/"]


def test_a_course_with_nothing_has_no_next_step() -> None:
    assert next_step(replace(NEW, outline=replace(OUTLINE, lessons=()), offers=[], level_check=None)) is None
