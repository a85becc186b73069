"""What is stored of questions and of taking quizzes. Question rows are an index of the files; attempts are the truth.

A revision never changes, an attempt points at the revisions it showed, answers and grades are appended, never
overwritten: so a past attempt shows for ever what it showed then. Must not know pages.
"""

from quizzes.models.attempts import GRACE, Answer, Attempt, AttemptItem, Confidence
from quizzes.models.grades import Accommodation, ExtraTime, Grade, ProblemReport
from quizzes.models.questions import Erratum, Question, QuestionRevision, Quiz

__all__ = [
    "GRACE",
    "Accommodation",
    "Answer",
    "Attempt",
    "AttemptItem",
    "Confidence",
    "Erratum",
    "ExtraTime",
    "Grade",
    "ProblemReport",
    "Question",
    "QuestionRevision",
    "Quiz",
]
