"""Lets an instructor write, import, correct and mark: what the pictures of instructors' pages show.

By the site's own services, after scripts/demo.py has made the people; knows nothing of what learners did.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from learning.models import Course
from quizzes.marking.editing import Writing
from quizzes.marking.quotas import Quota
from quizzes.models import Question
from quizzes.services.authoring import create_question, publish, save_draft, written
from quizzes.services.quizmaking import Plan, make_quiz, publish_quiz
from quizzes.services.uploads import Sent, Wish, keep

KOREAN = """### 팀이 서버를 패치하지 않아도 되는 시작 유형은 무엇인가요?
- [x] Fargate
  > AWS가 컴퓨팅을 관리해요. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > 인스턴스는 직접 패치해야 해요. [[launch-types#^ec2-your-servers]]"""
ENGLISH = """### Which launch type lets the team patch no server?
- [x] Fargate
  > AWS manages the compute. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > The instances are yours to patch. [[launch-types#^ec2-your-servers]]"""
AGAIN = (
    ("컴퓨팅을 관리해요", "컴퓨팅을 맡아서 관리해요"),
    ("직접 패치해야", "여러분이 패치해야"),
    ("팀이 서버를", "우리 팀이 서버를"),
)
GIFT = """// pasted
::Cost:: What does Fargate bill? { =vCPU and memory a second #Yes. ~Instances an hour #No. }

::Torn:: Which one? { =This one ~That one

::Fits:: Where does EFS mount? { =In many zones ~In one zone only }
"""


def revised(course: Course, ines: User, now: datetime) -> Question:
    """Return a question published four times, with a draft on top that has an error."""
    texts = {"ko": KOREAN, "en": ENGLISH}
    made = create_question(course=course, owner=ines, writing=Writing(texts, "launch-types", 2), now=now, tags=["비용"])
    publish(question=made, actor=ines, now=now)
    for day, (old, new) in enumerate(AGAIN, 1):
        texts = {**texts, "ko": texts["ko"].replace(old, new)}
        write_on(made, ines, texts, now + timedelta(days=day))
        wrong = {"ko": "설명이 모호했어요."} if day == len(AGAIN) else {}
        publish(question=made, actor=ines, now=now + timedelta(days=day), wrong=wrong)
    write_on(made, ines, {**texts, "en": ENGLISH + "\nodd"}, now + timedelta(days=9))
    return made


def write_on(question: Question, ines: User, texts: dict[str, str], now: datetime) -> None:
    """Save a draft of the question."""
    base = written(Question.objects.get(pk=question.pk)).version
    save_draft(question=question, writing=Writing(texts, "launch-types", 2), base=base, actor=ines, now=now)


def quizzes(course: Course, ines: User, now: datetime) -> dict[str, int]:
    """Make a published quiz of chosen questions and a draft that draws too many; return their keys."""
    words = {"ko": "목요일 쪽지 시험", "en": "Thursday quiz"}, {"ko": "EFS를 짧게", "en": "EFS, shortly"}
    items = tuple(Question.objects.filter(course=course, topic__slug="efs").values_list("slug", flat=True)[:6])
    chosen = make_quiz(owner=ines, course=course, plan=Plan(*words, "practice", items=items), now=now)
    publish_quiz(quiz=chosen, actor=ines, now=now)
    rows = Quota("launch-types", None, 4), Quota("efs", 2, 60)
    plan = Plan({"ko": "모의시험 2", "en": ""}, {"ko": "", "en": ""}, "exam", quotas=rows, minutes=40)
    drawn = make_quiz(owner=ines, course=course, plan=plan, now=now)
    return {"own_quiz": chosen.pk, "draft_quiz": drawn.pk}


def teach(course: Course, ines: User, now: datetime) -> dict[str, object]:
    """Do all of it; return what stands in the addresses of its pages."""
    topic = course.topics.get(slug="launch-types")
    draft = create_question(course=course, owner=ines, writing=Writing({"ko": KOREAN}, "launch-types", 1), now=now)
    wish = Wish("", "", "en", topic.pk)
    batch = keep(owner=ines, files=[Sent("pasted.gift", GIFT.encode())], wish=wish, now=datetime.now(now.tzinfo))
    written_by = {"own": revised(course, ines, now).pk, "draft": draft.pk, "batch": str(batch)}
    return {**written_by, **quizzes(course, ines, now)}
