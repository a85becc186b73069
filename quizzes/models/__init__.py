"""What is stored of questions and of taking quizzes. Questions are files' or written here; attempts are the truth.

A revision never changes, an attempt points at the revisions it showed, answers and grades are appended, never
overwritten: so a past attempt shows for ever what it showed then. Must not know pages.
"""

from quizzes.models.attempts import GRACE, Answer, Attempt, AttemptItem, Confidence
from quizzes.models.grades import Accommodation, ExtraTime, Grade, Prediction, ProblemReport
from quizzes.models.questions import Erratum, Origin, Question, QuestionDraft, QuestionRevision, Quiz
from quizzes.models.records import AuditEntry, Upload
from quizzes.models.reviews import Plan, ReviewCard

__all__ = [
    "GRACE",
    "Accommodation",
    "Answer",
    "Attempt",
    "AttemptItem",
    "AuditEntry",
    "Confidence",
    "Erratum",
    "ExtraTime",
    "Grade",
    "Origin",
    "Plan",
    "Prediction",
    "ProblemReport",
    "Question",
    "QuestionDraft",
    "QuestionRevision",
    "Quiz",
    "ReviewCard",
    "Upload",
]
