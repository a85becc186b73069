"""Before a question is marked, nothing of its key, reasons or weight reaches the browser, by any page."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from learning.models import Course, Learner
from quizzes.models import Attempt, Quiz
from quizzes.services import forget_stock, start_attempt
from tests.conftest import ROOT
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import address, form, wrong_tokens

CANARY = "canary"


@pytest.fixture
def marked_course(db: None, tmp_path: Path, settings: Settings) -> Course:
    """The shipped course with a canary in every reason, explanation and secret setting."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    for path in (tmp_path / "content" / "ecs" / "questions").glob("*.md"):
        text = re.sub(r"^(  > |> (?!\[!))(?=\S)", rf"\1{CANARY} ", path.read_text(), flags=re.MULTILINE)
        hints = re.sub(r"(> \[!hint\]\n)((?:> .*\n)+)", lambda m: m[1] + m[2].replace(f"{CANARY} ", ""), text)
        path.write_text(hints)
    settings.CONTENT_DIR = tmp_path / "content"
    call_command("sync_content", verbosity=0)
    return Course.objects.get(slug="ecs")


def pages(client: Client, attempt: Attempt) -> dict[str, str]:
    """Return what a learner with an open attempt can fetch, by address."""
    addresses = [
        "/ko/",
        "/ko/quizzes/",
        "/ko/quizzes/practice/",
        "/ko/courses/ecs/",
        "/ko/progress/",
        "/ko/search/?q=canary",
    ]
    addresses += [f"/ko/courses/ecs/lessons/{slug}/" for slug in attempt.quiz.topics] if attempt.quiz else []
    addresses += [f"/ko/quizzes/check/ecs/{row.revision.question.slug}/" for row in items_of(attempt)]
    for row in items_of(attempt):
        addresses += [address(row), address(row, language="en")]
    addresses += [
        f"/ko/attempts/{attempt.pk}/{what}" for what in ("", "check/", "pulse/", "result/", "review/", "notes/")
    ]
    addresses += [
        "/ko/quizzes/exam/",
        "/ko/quizzes/practice/?which=missed",
        "/ko/quizzes/practice/?which=unseen&topics=efs",
    ]
    return {one: client.get(one).content.decode() for one in addresses}


def begun(learner: Learner, quiz: str) -> Attempt:
    """Return an attempt of `quiz` begun now: an exam's clock runs."""
    return start_attempt(learner=learner, quiz=Quiz.objects.get(slug=quiz), now=timezone.now(), seed="x")


def replies(client: Client, attempt: Attempt) -> list[str]:
    """Return what saving tells a script, a stale one and a form; what a note tells, and asking an exam for marks."""
    told = []
    for row in items_of(attempt):
        for headers, revision in (({"Accept": "application/json"}, 0), ({"Accept": "application/json"}, 9), ({}, 9)):
            tokens = row.tokens[:1] if revision == 0 else row.tokens[1:2]
            told.append(client.post(address(row, "answer"), form(tokens, revision), headers=headers))
        told.append(client.post(address(row, "note"), {"confidence": "sure", "flagged": "1"}))
        if attempt.is_exam:
            told.append(client.post(address(row, "mark"), form(row.tokens[:1], 1)))
            slug = row.revision.question.slug
            told.append(client.post(f"/ko/quizzes/check/ecs/{slug}/", form([])))
    return [reply.content.decode() for reply in told]


@pytest.mark.parametrize("quiz", ["practice", "exam"])
def test_no_reason_is_in_any_page(marked_course: Course, alice: Learner, as_alice: Client, quiz: str) -> None:
    attempt = begun(alice, quiz)
    assert all(CANARY in str(row.revision.secret) for row in items_of(attempt))
    assert [reply for reply in replies(as_alice, attempt) if CANARY in reply] == []
    shown = pages(as_alice, attempt)
    assert len(shown) > 40
    # The search page says what was searched for; everything else must not know the word at all.
    assert [
        one for one, said in shown.items() if CANARY in said.replace('value="canary"', "") and "search" not in one
    ] == []


def test_the_canary_sings_once_a_question_is_marked(marked_course: Course, alice: Learner, as_alice: Client) -> None:
    """The control: the same page after marking holds it."""
    attempt = start_attempt(learner=alice, quiz=Quiz.objects.get(slug="practice"), now=NOW, seed="x")
    row = items_of(attempt)[0]
    as_alice.post(address(row, "mark"), form(wrong_tokens(row)))
    assert CANARY in as_alice.get(address(row)).content.decode()


def masked(said: str) -> str:
    """Return a page without what differs from request to request: csrf tokens, acts, times."""
    said = said.replace('\\"', '"')  # a fragment inside JSON
    said = re.sub(r'name="(csrfmiddlewaretoken|operation)" value="[^"]*"', "", said)
    said = re.sub(r'"csrf": "[^"]*"|\b\d{13}\b|\d\d:\d\d(:\d\d)?', "", said)
    said = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", said)
    return re.sub(r"저장됨 \d\d:\d\d|Saved \d\d:\d\d|nonce=\"[^\"]*\"", "", said)


@pytest.mark.parametrize("quiz", ["practice", "exam"])
def test_pages_do_not_differ_with_the_key(
    alice: Learner, as_alice: Client, tmp_path: Path, settings: Settings, quiz: str
) -> None:
    """Two courses that differ only in which option is right give the same bytes."""
    seen = []
    for turned in (False, True):
        folder = tmp_path / str(turned)
        shutil.copytree(ROOT / "content", folder)
        for path in (folder / "ecs" / "questions").glob("*.md") if turned else ():
            path.write_text(_turned(path.read_text()))
        settings.CONTENT_DIR = folder
        call_command("sync_content", verbosity=0)
        forget_stock()
        attempt = begun(alice, quiz)
        assert any(row.revision.number == (2 if turned else 1) for row in items_of(attempt))
        seen.append([masked(said) for said in (*replies(as_alice, attempt), *pages(as_alice, attempt).values())])
        attempt.delete()
    assert seen[0] == seen[1]


def _turned(text: str) -> str:
    """Return a bank in which another option is right wherever one is to be chosen."""
    blocks = re.split(r"(?=^### )", text, flags=re.MULTILINE)
    # A key that follows from a design cannot be turned: the check would refuse the file.
    free = [block.count("- [x]") == 1 and "scenario::" not in block for block in blocks]
    return "".join(_turn(block) if turns else block for block, turns in zip(blocks, free, strict=True))


def _turn(block: str) -> str:
    return block.replace("- [x]", "- [?]").replace("- [ ]", "- [x]", 1).replace("- [?]", "- [ ]")
