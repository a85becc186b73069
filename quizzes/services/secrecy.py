"""Leaving out how sealed questions went: the one filter of every page and number that a learner sees of themselves.

Which questions are sealed is said in `quizzes.services.draws`. What instructors see goes past here. Knows no requests.
"""

from collections.abc import Collection, Iterable

from quizzes.models import AttemptItem


def veiled(items: Iterable[AttemptItem], sealed: Collection[int]) -> list[AttemptItem]:
    """Return `items` (with their revisions), those whose questions are `sealed` as if they had not been marked.

    To be shown, never to be stored: the points of those are gone.
    """
    shown = list(items)
    for item in shown:
        if item.revision.question_id in sealed and item.points is not None:
            item.points = item.of = None
            item.veiled = True
    return shown
