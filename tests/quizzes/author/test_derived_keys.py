"""Options that are designs, written on the site: the builder's engine derives the key wherever it is looked at."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from learning.catalogue.errors import Problem
from learning.models import Course, Learner
from quizzes.models import Question
from quizzes.services.authoring import UnfitDraftError, publish, read_draft, written
from quizzes.services.curating import review_written
from quizzes.services.revising import ground_of
from tests.quizzes.author.importing import ENGLISH_MD, file, send
from tests.quizzes.author.make import NOW, make_published, make_question

TEXT = """\
### Which design keeps the journal?
scenario:: journal-worker

- [ ] Fargate, storage in the container
  design:: launch=fargate
  > No. [[efs#^containers-ephemeral]]
- [x] Fargate with EFS
  design:: storage=efs
  > Yes. [[efs#^efs-fargate-serverless]]"""
TURNED = TEXT.replace("[ ] Fargate,", "[x] Fargate,").replace("[x] Fargate with", "[ ] Fargate with")
WRONG = [
    ("[x] Fargate with", "[ ] Fargate with", 8, "its design earns full marks in journal-worker. Mark it `[x]`"),
    ("[ ] Fargate,", "[x] Fargate,", 5, "its design is not right for journal-worker. Mark it `[ ]`"),
    ("journal-worker", "no-such", 2, "names the scenario no-such, which there is not. Write the id"),
    (
        "storage=efs",
        "storage=s3",
        8,
        "`storage=s3` cannot be in a design for journal-worker: expected one of container",
    ),
    ("storage=efs", "azs=" + "9" * 5000, 8, "`azs=9999"),
    ("storage=efs", "storage=efs ; storage=efs", 8, "asks for this many services: 1. The design has 2."),
]


def changed(old: str, new: str) -> dict[str, str]:
    """A text with one thing wrong; some other option stays right, so that it can be read."""
    more = "\n- [x] EFS again\n  design:: storage=efs azs=1\n  > Yes. [[efs#^efs-fargate-serverless]]"
    return {"en": (TEXT + more).replace(old, new, 1)}


def errors(question: Question) -> list[Problem]:
    return list(read_draft(question, written(question).writing).errors)


def test_it_works(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_published(course, ines, {"en": TEXT})
    assert question.current
    assert (question.errors, question.current.secret["scenario"]) == (0, "journal-worker")


@pytest.mark.parametrize(("old", "new", "line", "said"), WRONG)
def test_the_editor_says_at_which_line_a_key_does_not_follow(
    as_ines: Client, ines: Learner, course: Course, old: str, new: str, line: int, said: str
) -> None:
    question = make_question(course, ines, changed(old, new))
    (problem,) = errors(question)
    assert (problem.path, problem.line) == ("en", line)
    assert said in problem.text()
    assert question.errors == 1
    page = as_ines.get(f"/en/author/questions/{question.pk}/").content.decode()
    assert "1 error stops publishing" in page
    assert f'data-line="{line}"' in page


def test_both_languages_are_judged(ines: Learner, course: Course) -> None:
    question = make_question(course, ines, {"en": TURNED, "ko": TURNED})
    assert sorted((one.path, one.line) for one in errors(question)) == [("en", 5), ("en", 8), ("ko", 5), ("ko", 8)]


def test_a_key_that_does_not_follow_cannot_be_published(as_ines: Client, ines: Learner, course: Course) -> None:
    question = make_question(course, ines, {"en": TURNED})
    assert ines.user
    with pytest.raises(UnfitDraftError):
        publish(question=question, actor=ines.user, now=NOW)
    url = f"/en/author/questions/{question.pk}/publish/"
    refused = as_ines.post(url, {"base": 1})
    assert refused.status_code == 422
    assert "is marked right, but its design is not right for journal-worker" in refused.content.decode()
    question.refresh_from_db()
    assert question.current is None


def test_the_bank_lists_it_among_those_with_errors(as_ines: Client, ines: Learner, course: Course) -> None:
    wrong, right = (make_question(course, ines, {"en": text}) for text in (TURNED, TEXT))
    page = as_ines.get("/en/author/", {"lint": "errors", "origin": "site"}).content.decode()
    assert f"/questions/{wrong.pk}/" in page
    assert f"/questions/{right.pk}/" not in page


def imported(text: str) -> str:
    """A file that holds `text` as its only question."""
    front = ENGLISH_MD.split("###")[0].replace("topic: launch-types", "topic: efs")
    return front + text.replace("journal?", "journal? ^own-9") + "\n"


@pytest.mark.parametrize(("old", "new", "said"), [(old, new, said) for old, new, _, said in WRONG])
def test_the_dry_run_of_an_import_says_it_at_the_question(
    as_ines: Client, course: Course, old: str, new: str, said: str
) -> None:
    url = send(as_ines, course, file(imported(changed(old, new)["en"]), "own.en.quiz.md"))
    page = as_ines.get(url).content.decode()
    assert "1 new question" in page
    assert said[:40] in page
    as_ines.post(url, {"act": "all", "publish": "on"})
    question = Question.objects.get(slug="own-9")
    assert (question.current, question.errors) == (None, 1)


def test_the_dry_run_says_whatever_stops_publishing(as_ines: Client, course: Course) -> None:
    text = ENGLISH_MD.replace("^ec2-your-servers", "^no-such-statement")
    page = as_ines.get(send(as_ines, course, file(text, "own.en.quiz.md"))).content.decode()
    assert "cites ^no-such-statement, which no lesson states" in page


def test_a_key_that_follows_is_imported_and_published_at_once(as_ines: Client, course: Course) -> None:
    url = send(as_ines, course, file(imported(TEXT), "own.en.quiz.md"))
    assert 'class="tag wrong">Error' not in as_ines.get(url).content.decode()
    as_ines.post(url, {"act": "all", "publish": "on"})
    assert Question.objects.get(slug="own-9").current


def test_a_sync_looks_at_it_again(ines: Learner, course: Course, settings: Settings, tmp_path: Path) -> None:
    question, before = make_published(course, ines, {"en": TEXT}), settings.CONTENT_DIR
    for folder, wrong in ((tmp_path, 1), (before, 0)):  # the scenario goes, and comes back
        settings.CONTENT_DIR = folder
        review_written(course, ground_of(course))
        question.refresh_from_db()
        assert question.errors == wrong
    assert question.current is not None
