"""Progress: what is known of a learner, each number with its range and its method."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.activities import ExamLine, Spent, activities, exams_of, find_offer
from learning.charts import Interval
from learning.http import language
from learning.mastery import gains
from learning.models import Course, Learner, Reading
from learning.outline import outline, statements_of
from learning.services.measures import Measures
from learning.views import charted
from learning.views.pages import next_lesson, own_measures, readings_of
from learning.views.told import STATES, readiness_told

DAYS = 14  # that the time spent looks back
MOST_DRAWN = 100  # learners whose drawings a process keeps
SLIPS = 6  # that are shown of those still open, and of those mended


@require_safe
@never_cache
def progress(request: HttpRequest) -> HttpResponse:
    """Show where this learner stands in a course: the first, or the one `?course=` names."""
    courses = list(Course.objects.filter(retired_at=None).order_by("position", "slug"))
    if not courses:
        return render(request, "learning/empty.html")
    wanted = request.GET.get("course") or courses[0].slug
    course = next((one for one in courses if one.slug == wanted), None)
    if course is None:
        raise Http404
    learner, now = Learner.objects.of(request), timezone.now()
    contents, readings = outline(course), readings_of(learner, course)
    exams = exams_of(learner, course)  # first: an exam that ran out of time is ended and becomes evidence
    found = own_measures(learner, course, now)
    context = {
        "course": course,
        "courses": [(one, outline(one).title) for one in courses] if len(courses) > 1 else [],
        "outline": contents,
        "next": next_lesson(contents, readings),
        "lessons": [{"line": line, "reading": readings.get(line.slug)} for line in contents.lessons],
        "readings": readings,
        "states": STATES.items(),
    }
    if learner and found and (found.rows or found.left_out):
        context |= measured(found, course, readings) | done(learner, course, exams, now)
    return render(request, "learning/progress.html", context)


def measured(found: Measures, course: Course, readings: Mapping[str, Reading]) -> dict[str, Any]:
    """Return what the evidence says, as the page draws it."""
    by_slug = {line.slug: line for line in statements_of(course)}
    slips = [slip for slip in found.calibration.slips if by_slug.keys() & slip.statements]
    still = [slip for slip in slips if not slip.mended][:SLIPS]
    mended = [slip for slip in slips if slip.mended][:SLIPS]
    offers = {slip.subject: find_offer(course, slip.subject) for slip in (*still, *mended)}
    return {
        "found": found,
        "ready": readiness_told(found.readiness),
        "drawn": drawn(found, course, readings),
        "own_brier": charted.scored(found.calibration.brier),
        "slips": charted.slips_told(still, by_slug, offers),
        "mended": charted.slips_told(mended, by_slug, offers),
    }


def done(learner: Learner, course: Course, exams: Sequence[ExamLine], now: datetime) -> dict[str, Any]:
    """Return what the activities have stored of work done and to come, as the page draws it."""
    due = next((due for activity in activities() if (due := activity.due(learner, course, now))), None)
    days = last_days(now)
    start = datetime.combine(days[0], datetime.min.time(), timezone.get_default_timezone())
    return {
        "exams": charted.exams_told(exams, course.pass_mark),
        "due": due,
        "forecast": charted.forecast(due.days) if due else None,
        "time": charted.time_told(spent(learner, course, start), days),
    }


def last_days(now: datetime) -> list[date]:
    """Return the DAYS days up to today, in the site's time zone."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]


def spent(learner: Learner, course: Course, since: datetime) -> list[Spent]:
    """Return the time spent on all activities."""
    return [one for activity in activities() for one in activity.time_spent(learner, course, since)]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of measures alone: kept, for it is most of the page and changes only with them."""

    found: Measures
    map: str
    expected: Sequence[Interval]
    confidence: Sequence[Interval]
    topics: Sequence[tuple[str, Sequence[Interval]]]
    gains: Sequence[charted.GainTold]


type Key = tuple[int, str, tuple[tuple[str, int], ...]]

_drawn: OrderedDict[Key, Drawn] = OrderedDict()


def drawn(found: Measures, course: Course, readings: Mapping[str, Reading]) -> Drawn:
    """Return what is drawn of `found`, which this process keeps as long as nothing is added to it."""
    read = {slug: int(one.finished_at.timestamp()) for slug, one in readings.items() if one.finished_at}
    key = id(found), language(), tuple(sorted(read.items()))
    if key not in _drawn:  # an entry holds its measures: no others can have their id meanwhile
        _drawn[key] = _draw(found, course, read)
        while len(_drawn) > MOST_DRAWN:
            _drawn.popitem(last=False)
    return _drawn[key]


def _draw(found: Measures, course: Course, read: Mapping[str, int]) -> Drawn:
    contents, lines = outline(course), statements_of(course)
    by_topic = found.calibration.topics
    gained = gains(found.rows, {line.slug: line.lesson for line in lines}, read)
    return Drawn(
        found=found,
        map=render_to_string("learning/_map.html", {"map": charted.mastery_map(contents, lines, found)}),
        expected=charted.expected(found.readiness),
        confidence=charted.confidence_rows(found.calibration.whole),
        topics=[
            (one.title, charted.confidence_rows(by_topic[one.slug])) for one in contents.topics if one.slug in by_topic
        ],
        gains=charted.gains_told(contents, gained),
    )
