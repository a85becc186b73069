"""What a learner's numbers are measured by, to be told with them. Must not know whose numbers they are."""

from typing import Any

from learning.models import Course


def syllabus() -> list[dict[str, Any]]:
    """Return of each course its exam, what its topics weigh, and in which lesson each statement stands, as plain data.

    Two queries a course.
    """
    return [_told(course) for course in Course.objects.filter(retired_at=None).order_by("position", "slug")]


def _told(course: Course) -> dict[str, Any]:
    lessons = course.statements.filter(retired_at=None).order_by("slug").values_list("slug", "lesson__slug")
    return {
        "course": course.slug,
        "pass_mark": course.pass_mark,
        "exam": course.exam,
        "topics": dict(course.topics.filter(retired_at=None).values_list("slug", "weight")),
        "statements": dict(lessons),
    }
