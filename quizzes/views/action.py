"""After an attempt, one thing to do next and why: the most useful first, never a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import Topic, said
from quizzes.marking.grade import Part
from quizzes.models import Attempt, AttemptItem, Confidence, Quiz
from quizzes.services import stock_of


@dataclass(frozen=True, slots=True)
class Action:
    """What to do, where, and why."""

    label: str
    url: str
    reason: str


def next_action(attempt: Attempt, items: Sequence[AttemptItem], topics: Sequence[Part]) -> Action:
    """Return it: mistakes made in certainty first, then the weakest topic, then more questions."""
    sure = sum(item.confidence == Confidence.SURE and item.right is False for item in items)
    if sure:
        return _review_sure(attempt, sure)
    weakest = min((one for one in topics if one.items), key=lambda one: (one.percent, -one.items), default=None)
    if weakest and weakest.percent < 100:
        return _practise(attempt, items, weakest)
    reason = _("Nothing was answered wrongly here: questions you have not seen yet will say more.")
    if any(item.veiled for item in items):  # whether nothing was, is not told
        reason = _("Questions you have not seen yet will say more.")
    return Action(_("Take other questions"), reverse("quizzes:list"), reason)


def _review_sure(attempt: Attempt, count: int) -> Action:
    reason = ngettext(
        "You were sure of %(count)s answer that was not right. Such mistakes stay unless you look at them.",
        "You were sure of %(count)s answers that were not right. Such mistakes stay unless you look at them.",
        count,
    )
    url = reverse("quizzes:review", args=[attempt.pk])
    return Action(_("See where you were sure and wrong"), f"{url}?show=sure-wrong", reason % {"count": count})


def _practise(attempt: Attempt, items: Sequence[AttemptItem], weakest: Part) -> Action:
    topic = next(one for item in items if (one := item.revision.question.topic).slug == weakest.topic)
    title = said(topic.title)
    reason = _("%(topic)s went worst: %(right)s of %(items)s right.") % {
        "topic": title,
        "right": weakest.right,
        "items": weakest.items,
    }
    if not weakest.enough:
        reason = f"{reason} {_('That is little to go by, but the best place to begin.')}"
    return Action(_("Practise: %(topic)s") % {"topic": title}, _where(attempt, topic), reason)


def _where(attempt: Attempt, topic: Topic) -> str:
    """Return the practice of this topic that asks what was missed."""
    quizzes = [quiz for quiz in stock_of(attempt.course).quizzes if quiz.mode == Quiz.Mode.PRACTICE]
    asking = [quiz for quiz in quizzes if topic.slug in quiz.topics]
    if not asking:
        return reverse("quizzes:list")
    quiz = max(asking, key=lambda one: len(one.topics))
    return f"{quiz.get_absolute_url()}?topics={topic.slug}&which=missed"
