"""Days begin at midnight of a zone, also where clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizzes.scheduling.days import beginning_of, day_of, following

SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")


def test_it_works() -> None:
    assert day_of(datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC), SEOUL) == date(2026, 11, 22)
    assert day_of(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), SEOUL) == date(2026, 11, 23)
    assert beginning_of(date(2026, 11, 23), SEOUL) == datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 7, 4), 24)])
def test_a_day_on_which_clocks_are_changed_is_one_day(day: date, hours: int) -> None:
    start, end = beginning_of(day, NEW_YORK), beginning_of(following(day), NEW_YORK)
    assert end - start == timedelta(hours=hours)
    assert day_of(start, NEW_YORK) == day_of(end - timedelta(microseconds=1), NEW_YORK) == day
    assert day_of(start - timedelta(microseconds=1), NEW_YORK) == following(day, -1)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("zone", [SEOUL, NEW_YORK, UTC])
def test_the_ends_of_the_calendar_hold(day: date, zone: ZoneInfo) -> None:
    assert beginning_of(day, zone).tzinfo == UTC


def test_nothing_follows_the_last_day() -> None:
    assert following(date.max, 14) <= date.max
    assert following(date(2026, 12, 31)) == date(2027, 1, 1)
