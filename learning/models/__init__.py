"""What is stored of the course, of learning it, and of classes. Course rows index the files; learners' are the truth.

Must not know requests beyond "whose row is it", nor quizzes and designs.
"""

from learning.models.classes import Assignment, ClassMessage, Classroom, Extension, Membership
from learning.models.courses import Course, Lesson, LessonText, SearchEntry, Statement, Topic, said
from learning.models.learners import GUEST_KEY, Evidence, Learner, Reading
from learning.models.presses import Press

__all__ = [
    "GUEST_KEY",
    "Assignment",
    "ClassMessage",
    "Classroom",
    "Course",
    "Evidence",
    "Extension",
    "Learner",
    "Lesson",
    "LessonText",
    "Membership",
    "Press",
    "Reading",
    "SearchEntry",
    "Statement",
    "Topic",
    "said",
]
