"""An instructor puts a quiz together from questions chosen one by one, saves it, publishes it, and it is taken."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from learning.models import Course, Learner
from quizzes.models import Attempt, AuditEntry, Origin, Question, Quiz
from tests.quizzes.conftest import items_of

NEW = "/en/author/quizzes/new/"
HTMX = {"HX-Request": "true"}


def sent(**more: Any) -> dict[str, Any]:
    """Return what the form sends for an exam of two questions."""
    form = {
        "title_ko": "쪽지 시험",
        "title_en": "Short test",
        "mode": "exam",
        "what": "items",
        "minutes": "10",
        "answers_shown": "submit",
        "item": ["lt-001", "lt-002"],
        "act": "save",
    }
    return {**form, **more}


def made(client: Client, **more: Any) -> Quiz:
    """Return the quiz that the form makes."""
    response = client.post(NEW, sent(**more))
    assert response.status_code == 302, response.content.decode()
    return Quiz.objects.get(origin=Origin.SITE)


def published(client: Client, **more: Any) -> Quiz:
    quiz = made(client, **more)
    client.post(f"/en/author/quizzes/{quiz.pk}/act/", {"act": "publish"})
    quiz.refresh_from_db()
    return quiz


def test_it_works(as_ines: Client, ines: Learner, as_alice: Client, course: Course) -> None:
    quiz = published(as_ines, item=["iam-004", "lt-001"], listed="on")
    assert (quiz.draft, quiz.owner, quiz.items, quiz.count) == (False, ines.user, ["iam-004", "lt-001"], 2)
    as_alice.post(quiz.get_absolute_url())
    attempt = Attempt.objects.get(quiz=quiz)
    assert [item.revision.question.slug for item in items_of(attempt)] == ["iam-004", "lt-001"]
    assert attempt.deadline_at == attempt.started_at + timedelta(minutes=10)


def test_the_trail_names_each_act(as_ines: Client, course: Course) -> None:
    quiz = published(as_ines)
    for act in ("unpublish", "retire", "restore"):
        as_ines.post(f"/en/author/quizzes/{quiz.pk}/act/", {"act": act})
    trail = AuditEntry.objects.filter(subject=f"quiz:{quiz.slug}").order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["make", "publish", "unpublish", "retire", "restore"]


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/act/", "{pk}/copy/"])
def test_others_find_nothing(as_ines: Client, as_alice: Client, client: Client, course: Course, path: str) -> None:
    quiz = made(as_ines)
    address = f"/en/author/quizzes/{path.format(pk=quiz.pk)}"
    ask = "post" if path.endswith(("act/", "copy/")) else "get"
    assert getattr(as_alice, ask)(address).status_code == 404
    assert "/accounts/login/" in getattr(client, ask)(address)["Location"]


def test_another_instructors_quiz_is_theirs_unless_shared(as_ines: Client, as_ivan: Client, course: Course) -> None:
    quiz = made(as_ines)
    address = f"/en/author/quizzes/{quiz.pk}/"
    assert as_ivan.get(address).status_code == 404
    assert as_ivan.post(address, sent(title_en="Mine")).status_code == 404
    assert as_ivan.post(f"{address}copy/").status_code == 404
    assert as_ivan.post(f"{address}act/", {"act": "publish"}).status_code == 404
    as_ines.post(address, sent(shared="on"))
    assert as_ivan.get(address).status_code == 200
    assert "Short test" in as_ivan.get("/en/author/quizzes/").content.decode()


def test_a_file_is_copied_not_changed(as_ines: Client, course: Course) -> None:
    exam = Quiz.objects.get(slug="exam")
    assert as_ines.get(f"/en/author/quizzes/{exam.pk}/").status_code == 404
    as_ines.post(f"/en/author/quizzes/{exam.pk}/copy/")
    copy = Quiz.objects.get(origin=Origin.SITE)
    assert (copy.draft, copy.listed, copy.minutes) == (True, False, exam.minutes)
    assert sum(row["count"] for row in copy.blueprint) == exam.count


def test_buttons_put_it_together_and_store_nothing(as_ines: Client, course: Course) -> None:
    form = sent(act="add:lt-003")
    page = as_ines.post(NEW, form, headers=HTMX).content.decode()
    assert page.index('value="lt-001"') < page.index('value="lt-002"') < page.index('value="lt-003"')
    assert "Chosen: 3 questions" in page
    page = as_ines.post(NEW, sent(act="up:lt-002"), headers=HTMX).content.decode()
    assert page.index('value="lt-002"') < page.index('value="lt-001"')
    assert "Chosen: 1 question" in as_ines.post(NEW, sent(act="remove:lt-002"), headers=HTMX).content.decode()
    assert Quiz.objects.filter(origin=Origin.SITE).count() == 0


def test_without_javascript_the_whole_page_keeps_what_was_typed(as_ines: Client, course: Course) -> None:
    page = as_ines.post(NEW, sent(act="add:lt-003", title_en="Typed <here>")).content.decode()
    assert "Typed &lt;here&gt;" in page
    assert "Chosen: 3 questions" in page


def test_search_finds_what_one_may_see_and_leaves_out_the_chosen(as_ines: Client, course: Course) -> None:
    page = as_ines.post(NEW, sent(act="find", q="lt-00", topic="launch-types"), headers=HTMX).content.decode()
    assert "add:lt-003" in page
    assert "add:lt-001" not in page
    assert "add:iam-" not in page


def test_coverage_follows_the_choice(as_ines: Client, course: Course) -> None:
    def covered(items: list[str]) -> int:
        context = as_ines.post(NEW, sent(act="find", item=items), headers=HTMX).context
        return int(context["covered"])

    slugs = list(Question.objects.filter(course=course).values_list("slug", flat=True)[:30])
    assert covered([]) == 0
    assert 0 < covered(slugs[:1]) < covered(slugs)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title_ko": "", "title_en": ""}, "Give the quiz a title."),
        ({"minutes": ""}, "An exam needs its minutes."),
        ({"minutes": "9" * 5000}, "minutes"),
        ({"minutes": "٣٣٣٣"}, "300"),
        ({"opens_at": "2026-12-01T09:00", "closes_at": "2026-12-01T09:00"}, "It has to close after it opens."),
        ({"opens_at": "0001-01-01T00:00"}, "between the years"),
        ({"opens_at": "tomorrow"}, "Enter a day and a time"),
        ({"answers_shown": "sometimes"}, "sometimes"),
        ({"title_en": "a\0b"}, "Null characters"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(
    as_ines: Client, course: Course, more: dict[str, str], said: str
) -> None:
    response = as_ines.post(NEW, sent(summary_en="Kept words", **more))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept words" in page
    assert Quiz.objects.filter(origin=Origin.SITE).count() == 0


@pytest.mark.parametrize("act", ["", "add:", "add:\0", "add:" + "x" * 5000, "up:nothing", "drop:99", "drop:x", "row"])
def test_odd_buttons_do_nothing(as_ines: Client, course: Course, act: str) -> None:
    response = as_ines.post(NEW, sent(act=act, q="\0", topic="\u3164 nothing", level="9"), headers=HTMX)
    assert response.status_code == 200


def test_odd_items_are_never_asked(as_ines: Client, course: Course) -> None:
    quiz = published(as_ines, item=["lt-001", "nothing", "\0", "x" * 300])
    assert quiz.draft
    page = as_ines.get(f"/en/author/quizzes/{quiz.pk}/").content.decode()
    assert "These questions are not published any more: nothing" in page


def test_a_published_quiz_cannot_be_saved_unfit(as_ines: Client, course: Course) -> None:
    quiz = published(as_ines)
    response = as_ines.post(f"/en/author/quizzes/{quiz.pk}/", sent(item=[]))
    assert response.status_code == 422
    quiz.refresh_from_db()
    assert quiz.items == ["lt-001", "lt-002"]


def test_times_are_typed_in_the_sites_zone(as_ines: Client, course: Course) -> None:
    quiz = made(as_ines, opens_at="2026-12-01T09:00", closes_at="2026-12-02T18:30")
    assert quiz.opens_at == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    page = as_ines.get(f"/en/author/quizzes/{quiz.pk}/").content.decode()
    assert 'value="2026-12-01T09:00"' in page
    assert "Asia/Seoul" in page


def test_a_topic_with_too_few_questions_is_called_by_its_title(as_ines: Client, course: Course) -> None:
    row = {"row-topic": "efs", "row-difficulty": "", "row-count": "60"}
    quiz = made(as_ines, what="quotas", item=[], **row)
    page = as_ines.get(f"/en/author/quizzes/{quiz.pk}/").content.decode()
    assert f"{course.topics.get(slug='efs').title['en']}: 60 wanted" in page


def test_the_page_begins_at_what_is_wrong(as_ines: Client, course: Course) -> None:
    page = as_ines.post(NEW, sent(minutes="")).content.decode()
    assert page.count(" autofocus") == 1
    assert " autofocus" in page[page.index('name="minutes"') :].split(">")[0]


@pytest.mark.parametrize("act", ["drop:9", "drop:x", "drop:" + "9" * 5000, "drop:²", "drop:"])
def test_dropping_a_row_there_is_not_drops_none(as_ines: Client, course: Course, act: str) -> None:
    rows = {"row-topic": ["efs", "efs"], "row-difficulty": ["", ""], "row-count": ["1", "2"]}
    page = as_ines.post(NEW, sent(what="quotas", item=[], act=act, **rows), headers=HTMX).content.decode()
    assert page.count('name="row-topic"') == 2
