"""Plain functions that make what instructors write."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from learning.models import Course, Learner
from quizzes.marking.editing import Writing
from quizzes.models import Question
from quizzes.services.authoring import create_question, publish

NOW = datetime(2026, 11, 22, 3, 31, tzinfo=UTC)

ENGLISH = """### Which launch type lets the team patch no server?
- [x] Fargate
  > AWS manages the compute. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > The instances are yours to patch. [[launch-types#^ec2-your-servers]]"""
KOREAN = """### 팀이 서버를 패치하지 않아도 되는 시작 유형은 무엇인가요?
- [x] Fargate
  > AWS가 컴퓨팅을 관리해요. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > 인스턴스는 직접 패치해야 해요. [[launch-types#^ec2-your-servers]]"""
BOTH = {"en": ENGLISH, "ko": KOREAN}


def writing(texts: Mapping[str, str] | None = None, topic: str = "launch-types", difficulty: int = 2) -> Writing:
    """Return what an instructor types."""
    return Writing(BOTH if texts is None else texts, topic, difficulty)


def make_question(
    course: Course, owner: Learner, texts: Mapping[str, str] | None = None, tags: Sequence[str] = ()
) -> Question:
    """Return a new draft of `owner`."""
    assert owner.user
    made = create_question(course=course, owner=owner.user, writing=writing(texts), now=NOW, tags=tags)
    return Question.objects.get(pk=made.pk)


def make_published(course: Course, owner: Learner, texts: Mapping[str, str] | None = None) -> Question:
    """Return a new published question of `owner`."""
    question = make_question(course, owner, texts)
    assert owner.user
    publish(question=question, actor=owner.user, now=NOW)
    return Question.objects.get(pk=question.pk)
