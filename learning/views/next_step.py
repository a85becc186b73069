"""The one thing to do next, with its reason. Must not query: what there is to choose from is handed in.

The rule, the first that fits (docs/own-data.md tells learners the same):

1. an exam that is open: its clock runs;
2. work given in a class that closes within SOON;
3. reviews due today;
4. the lesson of the weakest topic, when what is known of the topic is below what the exam asks for and the lesson is
   not read;
5. going on with reading what has been begun, or the next lesson;
6. for who has done nothing yet: the first lesson (home shows the level check beside it);
7. the exam, once the chance to pass it is READY;
8. what is begun and not ended, or practice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.activities import Due, Offer
from learning.charts import percent
from learning.mastery.rules import HIGHEST, LOWEST
from learning.models import Reading
from learning.outline import LessonLine, Outline
from learning.services.measures import Measures
from learning.views.given import Given

SOON = timedelta(days=3)
READY = 0.8  # of the chance to pass


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, where, and why."""

    label: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to choose from; `measures` None for somebody nothing is known of."""

    now: datetime
    outline: Outline
    readings: dict[str, Reading]
    offers: Sequence[Offer]
    open_work: Sequence[Offer]
    given: Sequence[Given]
    due: Due | None
    level_check: Offer | None
    measures: Measures | None

    @property
    def unread(self) -> list[LessonLine]:
        """The lessons not read to their end, in order."""
        lines = self.outline.lessons
        return [line for line in lines if not (r := self.readings.get(line.slug)) or not r.finished_at]

    @property
    def begun(self) -> bool:
        """Whether anything is known of the learner, by reading or by answers."""
        return bool(self.readings) or bool(self.measures and (self.measures.rows or self.measures.left_out))


def next_step(agenda: Agenda) -> Step | None:
    """Return the one thing to do next; None in a course that has nothing at all."""
    return next((step for rule in RULES if (step := rule(agenda))), None)


def _open_exam(agenda: Agenda) -> Step | None:
    exam = next((offer for offer in agenda.open_work if offer.kind == "exam"), None)
    return Step(exam.label, exam.url, _("The exam is open and its clock runs.")) if exam else None


def _class_work(agenda: Agenda) -> Step | None:
    for given in agenda.given:
        if given.state in ("open", "working") and given.closes_at and given.closes_at - agenda.now <= SOON:
            until = date_format(timezone.localtime(given.closes_at), "SHORT_DATETIME_FORMAT")
            words = {"class": given.classroom, "time": until}
            return Step(given.label, given.url, _("Given in %(class)s; closes %(time)s.") % words)
    return None


def _due(agenda: Agenda) -> Step | None:
    due = agenda.due
    if due is None or not due.count:
        return None
    label = ngettext("Review %(n)s question", "Review %(n)s questions", due.count) % {"n": due.count}
    reason = ngettext(
        "Due today, just before they fade: about %(n)s minute.",
        "Due today, just before they fade: about %(n)s minutes.",
        due.minutes,
    )
    return Step(label, due.url, reason % {"n": due.minutes})


def _weakest(agenda: Agenda) -> Step | None:
    if agenda.measures is None:
        return None
    lessons = {line.topic: line for line in reversed(agenda.unread)}
    known = [(agenda.measures.topic(topic.slug), topic) for topic in agenda.outline.topics]
    weakest = min((pair for pair in known if pair[0].enough), key=lambda pair: pair[0].mean, default=None)
    if weakest is None or weakest[1].slug not in lessons or weakest[0].mean >= asked_for(agenda.outline):
        return None
    mastery, topic = weakest
    words = {"topic": topic.title, "low": percent(mastery.low), "high": percent(mastery.high)}
    reason = _("%(topic)s is your weakest topic so far (%(low)s–%(high)s%%), and its lesson is unread.") % words
    return Step(_("Read: %(title)s") % {"title": lessons[topic.slug].title}, lessons[topic.slug].url, reason)


def _reading(agenda: Agenda) -> Step | None:
    if not agenda.begun or not agenda.unread:
        return None
    started = [line for line in agenda.unread if line.slug in agenda.readings]
    line = started[0] if started else agenda.unread[0]
    reason = _("The next lesson you have not read.")
    if started:
        reason = _("You have read %(percent)s%% of it.") % {"percent": agenda.readings[line.slug].percent}
    return Step(_("Go on: %(title)s") % {"title": line.title}, line.url, reason)


def _first_lesson(agenda: Agenda) -> Step | None:
    if agenda.begun or not agenda.unread:
        return None
    reason = _("Each lesson builds on the one before.")
    if agenda.level_check:
        reason = _("Each lesson builds on the one before. The level check tells whether you may begin further on.")
    return Step(_("Start with lesson 1"), agenda.unread[0].url, reason)


def _exam(agenda: Agenda) -> Step | None:
    exam = next((offer for offer in agenda.offers if offer.kind == "exam"), None)
    if agenda.measures is None or exam is None:
        return None
    ready = agenda.measures.readiness
    if not ready.enough or ready.probability < READY:
        return None
    reason = _("By what you have answered so far, about %(n)s of 100 such exams would be passed.")
    return Step(exam.label, exam.url, reason % {"n": percent(ready.probability)})


def _practise(agenda: Agenda) -> Step | None:
    going = next(iter(agenda.open_work), None)
    if going:
        return Step(going.label, going.url, _("All lessons are read; this is begun and not ended."))
    offer = next((offer for offer in agenda.offers if offer.kind != "exam"), None)
    return Step(offer.label, offer.url, _("All lessons are read; each answer narrows the ranges.")) if offer else None


RULES: tuple[Callable[[Agenda], Step | None], ...] = (
    _open_exam,
    _class_work,
    _due,
    _weakest,
    _reading,
    _first_lesson,
    _exam,
    _practise,
)


def asked_for(outline: Outline) -> float:
    """Return the share of answers the exam wants right, between 0 and 1."""
    return (outline.pass_mark - LOWEST) / (HIGHEST - LOWEST)
