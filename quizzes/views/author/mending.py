"""From a learner's report to the correction: the report stays in hand from the editor to publishing.

The editor is opened with `?erratum=<report>`; the session keeps which one until the question is published.
"""

from django.http import HttpRequest

from learning.http import language
from quizzes.models import ProblemReport, Question
from quizzes.services.reports import reports_for
from quizzes.views.author.access import author_of

IN_HAND = "erratum"  # session key: [question, report]
MOST = 300  # characters of what was wrong


def report_in_hand(request: HttpRequest, question: Question) -> ProblemReport | None:
    """Return the report for which `question` is being corrected; None for most visits, without a query."""
    asked = request.GET.get("erratum", "")
    kept = request.session.get(IN_HAND, [0, 0])
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    pk = pk or (kept[1] if kept[0] == question.pk else 0)
    if not pk:
        return None
    rows = reports_for(author_of(request)).filter(item__revision__question=question)
    found = rows.filter(pk=pk).first()
    if found and kept != [question.pk, pk]:
        request.session[IN_HAND] = [question.pk, pk]
    return found


def what_was_wrong(request: HttpRequest, question: Question) -> dict[str, str]:
    """Return what to begin the correction with: the answer given to the report, or else its words."""
    found = report_in_hand(request, question)
    words = " ".join((found.reply or found.text).split())[:MOST] if found else ""
    return {f"wrong_{language()}": words} if words else {}


def put_down(request: HttpRequest) -> None:
    """Be done with the report in hand."""
    request.session.pop(IN_HAND, None)
