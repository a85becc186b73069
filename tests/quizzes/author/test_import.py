"""Importing questions: the dry run, taking in all or the good ones, again without doubles, and what is refused."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learning.models import Course, Learner
from quizzes.models import AuditEntry, Question, QuestionDraft, Upload
from quizzes.services.authoring import publish
from quizzes.services.curating import copy_question
from tests.quizzes.author.importing import ENGLISH_MD, GIFT, KOREAN_MD, URL, file, said, send
from tests.quizzes.author.make import NOW, make_question

BROKEN = GIFT + "\nNo right one {~a ~b}\n"


def own() -> list[Question]:
    return list(Question.objects.filter(origin="site").select_related("draft", "current", "topic"))


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    page = as_ines.get(url).content.decode()
    assert "2 new questions" in page
    assert not own()
    done = as_ines.post(url, {"act": "all"}, follow=True)
    assert "2 new questions" in done.content.decode()
    first, second = own()
    assert first.owner == ines.user
    assert first.current is None
    assert "- [x] Fargate\n  > AWS manages the compute." in first.draft.texts["en"]
    assert "- [x] True\n- [ ] False" in second.draft.texts["en"]
    assert first.titles == {"en": "Which launch type lets the team patch no server?"}
    assert not Upload.objects.exists()
    entry = AuditEntry.objects.get(action="import")
    assert (entry.detail["new"], entry.detail["left"]) == (2, 0)


@pytest.mark.parametrize("path", ["", "11111111-1111-4111-8111-111111111111/", "done/1/"])
def test_others_stay_outside(client: Client, as_alice: Client, course: Course, path: str) -> None:
    assert client.get(URL + path).status_code == 302
    assert as_alice.get(URL + path).status_code == 404
    assert as_alice.post(URL + path).status_code in (404, 405)


def test_another_instructors_files_answer_like_missing_ones(as_ines: Client, as_ivan: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    assert as_ivan.get(url).status_code == 404
    assert as_ivan.post(url, {"act": "again"}).status_code == 404
    as_ivan.post(url, {"act": "discard"})
    as_ivan.post(url, {"act": "all"})
    assert Upload.objects.count() == 1
    assert not own()
    done = as_ines.post(url, {"act": "all"})["Location"]
    assert as_ines.get(done).status_code == 200
    assert as_ivan.get(done).status_code == 404


def test_an_error_refuses_the_whole_file(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(BROKEN))
    page = as_ines.get(url)
    assert "1 cannot be taken in" in page.content.decode()
    assert 'value="all"' not in page.content.decode()
    refused = as_ines.post(url, {"act": "all"})
    assert refused.status_code == 422
    assert not own()
    assert Upload.objects.count() == 1


def test_the_good_ones_come_in_when_that_is_chosen(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(BROKEN))
    as_ines.post(url, {"act": "good"})
    assert len(own()) == 2
    assert AuditEntry.objects.get(action="import").detail["left"] == 1


def test_the_same_file_again_changes_nothing(as_ines: Client, course: Course) -> None:
    as_ines.post(send(as_ines, course, file(GIFT)), {"act": "all"})
    url = send(as_ines, course, file(GIFT))
    assert "2 are there already" in as_ines.get(url).content.decode()
    as_ines.post(url, {"act": "all"})
    assert len(own()) == 2
    assert {question.draft.version for question in own()} == {1}


def test_a_changed_file_changes_ones_own_question(as_ines: Client, course: Course) -> None:
    as_ines.post(send(as_ines, course, file(GIFT)), {"act": "all"})
    url = send(as_ines, course, file(GIFT.replace("AWS manages the compute.", "No servers are left.")))
    assert "1 question of yours would change" in as_ines.get(url).content.decode()
    as_ines.post(url, {"act": "all"})
    assert len(own()) == 2
    assert "No servers are left." in own()[0].draft.texts["en"]
    assert own()[0].draft.version == 2


def test_two_languages_become_one_question_published_at_once(as_ines: Client, course: Course) -> None:
    files = [file(KOREAN_MD, "own.ko.quiz.md"), file(ENGLISH_MD, "own.en.quiz.md")]
    url = send(as_ines, course, *files)
    assert "1 new question" in as_ines.get(url).content.decode()
    as_ines.post(url, {"act": "all", "publish": "on"})
    (question,) = own()
    assert question.slug == "own-1"
    assert question.current is not None
    assert set(question.current.public) == {"ko", "en"}
    assert question.current.difficulty == 2
    assert not QuestionDraft.objects.exists()


def test_publishing_at_once_leaves_what_publishing_one_by_one_does(
    as_ines: Client, ines: Learner, course: Course
) -> None:
    files = (file(KOREAN_MD, "own.ko.quiz.md"), file(ENGLISH_MD, "own.en.quiz.md"))
    as_ines.post(send(as_ines, course, *files), {"act": "all", "publish": "on"})
    (question,) = own()
    assert question.current
    assert (question.errors, question.topic.slug, question.retired_at) == (0, "launch-types", None)
    entry = AuditEntry.objects.get(action="publish")
    assert (entry.subject, entry.actor, entry.detail) == (
        "question:own-1",
        ines.user,
        {"revision": 1, "corrects": False},
    )
    again = copy_question(question=question, owner=ines.user, now=NOW)
    publish(question=again, actor=ines.user, now=NOW)
    other = Question.objects.get(pk=again.pk).current
    assert other
    for name in ("number", "kind", "difficulty", "made_by", "made_by_name"):
        assert getattr(question.current, name) == getattr(other, name)
    assert question.current.secret["key"] == other.secret["key"]
    assert question.current.secret["source"]["en"] == other.secret["source"]["en"].replace(again.slug, "own-1")


def test_many_are_published_at_once_with_few_queries(as_ines: Client, course: Course) -> None:
    counts = []
    for many in (2, 40):
        text = "".join(f"Which is {n} of {many}? {{=One {n} ~Two}}\n\n" for n in range(many))
        url = send(as_ines, course, file(text))
        with CaptureQueriesContext(connection) as asked:
            as_ines.post(url, {"act": "all", "publish": "on"})
        counts.append(len(asked))
        assert Question.objects.filter(origin="site").exclude(current=None).count() == (2 if many == 2 else 42)
    assert counts[0] == counts[1]


def test_importing_what_is_published_makes_a_draft_upon_it(as_ines: Client, course: Course) -> None:
    files = (file(KOREAN_MD, "own.ko.quiz.md"), file(ENGLISH_MD, "own.en.quiz.md"))
    as_ines.post(send(as_ines, course, *files), {"act": "all", "publish": "on"})
    url = send(as_ines, course, file(ENGLISH_MD, "own.en.quiz.md"))
    assert "1 is there already" in as_ines.get(url).content.decode()
    as_ines.post(send(as_ines, course, file(ENGLISH_MD.replace("manages", "runs"), "own.en.quiz.md")), {"act": "all"})
    (question,) = own()
    assert question.current is not None
    assert question.current.number == 1
    assert "AWS runs the compute." in question.draft.texts["en"]
    assert "AWS가" in question.draft.texts["ko"]


def test_the_courses_own_ids_are_refused(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(ENGLISH_MD.replace("own-1", "lt-001"), "x.quiz.md"))
    assert "belongs to the course" in as_ines.get(url).content.decode()
    assert as_ines.post(url, {"act": "all"}).status_code == 422


def test_another_instructors_question_is_not_touched(as_ivan: Client, ines: Learner, course: Course) -> None:
    hers = make_question(course, ines)
    url = send(as_ivan, course, file(ENGLISH_MD.replace("own-1", hers.slug), "x.quiz.md"))
    page = as_ivan.get(url).content.decode()
    assert "is taken by another question" in page
    as_ivan.post(url, {"act": "good"})
    assert Question.objects.filter(origin="site").count() == 1
    assert Question.objects.get(pk=hers.pk).owner == ines.user


def test_two_instructors_bring_the_same_file(as_ines: Client, as_ivan: Client, course: Course) -> None:
    for client in (as_ines, as_ivan):
        client.post(send(client, course, file(GIFT)), {"act": "all"})
    assert len(own()) == 4


def test_questions_with_the_same_words_stay_apart(as_ines: Client, course: Course) -> None:
    twice = "Which? {=a ~b}\n\nWhich? {=c ~d}\n"
    for _ in range(2):
        as_ines.post(send(as_ines, course, file(twice)), {"act": "all"})
    assert len(own()) == 2


def test_an_id_that_stands_twice_is_refused_with_both_lines(as_ines: Client, course: Course) -> None:
    twice = ENGLISH_MD + ENGLISH_MD.split("---\n\n")[1].replace("own-1", "own-2")
    url = send(as_ines, course, file(twice, "a.quiz.md"), file(ENGLISH_MD, "b.quiz.md"))
    page = as_ines.get(url).content.decode()
    assert "stands twice: also in a.quiz.md, line 9" in page


def test_topics_are_known_by_their_names(as_ines: Client, course: Course) -> None:
    text = "$CATEGORY: top/Default/efs\n\nWhich? {=a ~b}\n\n$CATEGORY: zoo\n\nWhat? {=a ~b}\n"
    url = send(as_ines, course, file(text))
    assert "no topic “zoo”" in as_ines.get(url).content.decode()
    as_ines.post(url, {"act": "all"})
    assert [question.topic.slug for question in own()] == ["efs", "launch-types"]


def test_a_draft_whose_topic_was_retired_since_comes_to_the_one_chosen(as_ines: Client, course: Course) -> None:
    efs = course.topics.get(slug="efs")
    as_ines.post(send(as_ines, course, file(GIFT), topic=efs.pk), {"act": "all"})
    course.topics.filter(pk=efs.pk).update(retired_at=NOW)
    url = send(as_ines, course, file(GIFT.replace("manages", "runs")))
    assert "2 questions of yours would change" in as_ines.get(url).content.decode()
    assert as_ines.post(url, {"act": "all"}).status_code == 302
    assert {(one.topic.slug, one.draft.topic) for one in own()} == {("launch-types", "launch-types")}


def test_a_course_without_a_topic_takes_nothing_in(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    course.topics.update(retired_at=NOW)
    assert as_ines.get(url).status_code == 404
    assert as_ines.post(url, {"act": "all"}).status_code == 302
    assert not own()


def test_pasted_text_is_read_like_a_file(as_ines: Client, course: Course) -> None:
    response = as_ines.post(URL, said(course, text=GIFT))
    assert "pasted text" in as_ines.get(response["Location"]).content.decode()


def test_cp949_is_found_and_said_and_can_be_changed(as_ines: Client, course: Course) -> None:
    text = "문항,선택지 A,선택지 B,정답\n서버를 패치하지 않는 시작 유형은?,Fargate,EC2,A\n".encode("cp949")
    url = send(as_ines, course, file(text, "한글.csv"), language="ko")
    page = as_ines.get(url).content.decode()
    assert "CP949" in page
    assert "Nothing in the file says its encoding" in page
    assert "서버를 패치하지 않는 시작 유형은?" in page
    topic = course.topics.get(slug="efs").pk
    again = {"act": "again", "0-format": "csv", "0-language": "ko", "0-topic": topic, "0-encoding": "utf-16-le"}
    as_ines.post(url, again)
    assert "서버를" not in as_ines.get(url).content.decode()
    as_ines.post(url, {**again, "0-encoding": "cp949"})
    as_ines.post(url, {"act": "all"})
    assert [question.topic.slug for question in own()] == ["efs"]


def test_nothing_is_thrown_away_before_it_is_said(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    assert "questions.gift" in as_ines.get(URL).content.decode()
    as_ines.post(url, {"act": "discard"})
    assert as_ines.get(url).status_code == 404
    assert not own()


def test_a_second_press_leads_to_what_the_first_one_did(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    first = as_ines.post(url, {"act": "all"})
    assert as_ines.post(url, {"act": "all"})["Location"] == first["Location"]
    assert len(own()) == 2


def test_what_was_thrown_away_cannot_be_taken_in(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    as_ines.post(url, {"act": "discard"})
    again = as_ines.post(url, {"act": "all"}, follow=True)
    assert "no longer here" in again.content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file"),
        ({"file": []}, "Choose a file"),
        ({"file": "no file", "text": "  \n "}, "Choose a file"),
        ({"text": "x", "topic": "9999999"}, "not one of the available choices"),
        ({"text": "x", "topic": "x\0y"}, "not one of the available choices"),
        ({"text": "x", "format": "docx"}, "not one of the available choices"),
        ({"text": "x", "language": "fr"}, "not one of the available choices"),
    ],
)
def test_a_form_in_bad_order_is_told_what_to_do(
    as_ines: Client, course: Course, sent: dict[str, object], words: str
) -> None:
    response = as_ines.post(URL, said(course, **sent))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Upload.objects.exists()


def test_an_empty_file_is_named(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file("", "empty.gift"), file(GIFT))
    page = as_ines.get(url).content.decode()
    assert "The file is empty." in page.split("empty.gift:")[1]
    assert 'value="all"' not in page


def test_too_many_files_and_too_large_ones_are_refused(as_ines: Client, course: Course) -> None:
    many = as_ines.post(URL, said(course, file=[file(GIFT, f"{n}.gift") for n in range(21)]))
    assert (many.status_code, "At most 20 files" in many.content.decode()) == (422, True)
    large = as_ines.post(URL, said(course, file=[file(b"x" * (10 * 1024 * 1024 + 1))]))
    assert (large.status_code, "larger than 10 MB" in large.content.decode()) == (422, True)
    for sent in ({"file": [file(GIFT) for _ in range(101)]}, {"text": "x" * 3_000_000}):
        response = as_ines.post(URL, said(course, **sent))
        assert (response.status_code, "More was sent" in response.content.decode()) == (400, True)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 250 + ".gift", "\u202egift.exe", "con", "이름.gift", "-x"])
def test_names_of_files_do_no_harm(as_ines: Client, course: Course, name: str) -> None:
    url = send(as_ines, course, file(GIFT, name), file(GIFT, name))
    assert as_ines.get(url).status_code == 200
    assert len({upload.name for upload in Upload.objects.all()}) == 2


def test_an_unknown_act_is_refused(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(GIFT))
    assert as_ines.post(url, {"act": "eat"}).status_code == 404
    assert as_ines.post(url).status_code == 404
    assert as_ines.post(url, {"act": "again"}).status_code == 422
    assert as_ines.get(f"{url}?page=x").status_code == 200
