"""Results to take along: CSV and Excel, never a formula, names only in one's own classes, late ones marked."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from learning.models import Assignment, Classroom, Course, Learner
from quizzes.models import Quiz
from quizzes.services import LateError, start_attempt
from quizzes.views.author.downloads import DANGEROUS, answer_heads, as_csv, as_xlsx, attempt_heads, design_heads
from tests.conftest import ROOT
from tests.quizzes.author.crowd import a_class, crowd, given, member, sit, six
from tests.quizzes.author.test_item_card import ABLE
from tests.quizzes.conftest import NOW, items_of
from tests.quizzes.make import save

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def classroom(course: Course, tmp_path: Path, ines: Learner, alice: Learner, bob: Learner) -> Classroom:
    six(course, tmp_path)
    return a_class(ines, course, alice, bob)


@pytest.fixture
def exam_given(classroom: Classroom) -> Assignment:
    return given(classroom)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def sheet(content: bytes) -> list[ElementTree.Element]:
    """Return the cells of a workbook, and make sure that no cell is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own file
    assert not list(root.iter(f"{SPREADSHEET}f"))
    return list(root.iter(f"{SPREADSHEET}c"))


def test_it_works(as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner) -> None:
    sit(alice, right=5, given=exam_given)
    (row,) = rows(as_ines, f"/en/author/results/classes/{classroom.pk}/results.csv")
    assert (row["Class"], row["Learner"], row["Attempt"]) == ("Monday", "ALICE", "1")
    assert (row["Score"], row["Pass mark"], row["Passed (1 or 0)"]) == ("850", "720", "1")
    assert (row["Right answers"], row["Questions"], row["Minutes"]) == ("5", "6", "10.0")
    assert row["Begun at"] == "2026-11-22 12:31:00"  # Seoul


def test_every_answer(as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner) -> None:
    sit(alice, right=5, given=exam_given)
    found = rows(as_ines, f"/en/author/results/classes/{classroom.pk}/results.csv?rows=answers")
    assert [row["No."] for row in found] == ["1", "2", "3", "4", "5", "6"]
    assert [row["Points"] for row in found] == ["1.0"] * 5 + ["0.0"]
    assert [row["Answer"] for row in found] == ["A"] * 5 + ["B"]
    assert {row["Right answer"] for row in found} == {"A"}
    assert {row["What became of it"] for row in found} == {"saved"}
    assert {row["Learner"] for row in found} == {"ALICE"}


def test_one_learner(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner, bob: Learner
) -> None:
    for learner in (alice, bob):
        sit(learner, right=5, given=exam_given)
    base = f"/en/author/results/classes/{classroom.pk}/{member(classroom, bob).pk}/results"
    assert {row["Learner"] for row in rows(as_ines, f"{base}.csv")} == {"BOB"}
    assert as_ines.get(f"{base}.xlsx").status_code == 200


def test_of_a_quiz_only_ones_own_learners_have_names(
    as_ines: Client, as_ivan: Client, classroom: Classroom, exam_given: Assignment, alice: Learner, bob: Learner
) -> None:
    sit(alice, right=5, given=exam_given)
    sit(bob, right=1, now=NOW + timedelta(hours=1))
    address = f"/en/author/results/quizzes/{Quiz.objects.get(slug='exam').pk}/results.csv"
    assert [(row["Class"], row["Learner"]) for row in rows(as_ines, address)] == [
        ("Monday", "ALICE"),
        ("", "learner 2"),
    ]
    assert [(row["Class"], row["Learner"]) for row in rows(as_ivan, address)] == [("", "learner 1"), ("", "learner 2")]


def test_what_ran_out_of_time_has_its_score_though_nobody_came_back(
    as_ines: Client, classroom: Classroom, alice: Learner
) -> None:
    quiz = Quiz.objects.get(slug="exam")
    start_attempt(learner=alice, quiz=quiz, now=timezone.now() - timedelta(days=1), seed="s")
    (row,) = rows(as_ines, f"/en/author/results/quizzes/{quiz.pk}/results.csv")
    assert row["Score"] == "100"


def test_others_get_nothing(
    client: Client, as_alice: Client, as_ivan: Client, classroom: Classroom, alice: Learner
) -> None:
    base = f"/en/author/results/classes/{classroom.pk}/"
    for more in ("results.csv", "results.xlsx", f"{member(classroom, alice).pk}/results.csv"):
        assert client.get(base + more).status_code == 302
        assert as_alice.get(base + more).status_code == 404
        assert as_ivan.get(base + more).status_code == 404
    quiz = Quiz.objects.get(slug="exam")
    assert as_alice.get(f"/en/author/results/quizzes/{quiz.pk}/results.csv").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "csv.exe", "CSV", "x" * 500])
def test_an_unknown_kind_is_not_there(as_ines: Client, classroom: Classroom, kind: str) -> None:
    assert as_ines.get(f"/en/author/results/classes/{classroom.pk}/results.{kind}").status_code == 404


def test_late_answers_are_marked(as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner) -> None:
    quiz = Quiz.objects.get(slug="exam")
    attempt = start_attempt(learner=alice, quiz=quiz, now=NOW, seed="s", assignment=exam_given)
    first = items_of(attempt)[0]
    with pytest.raises(LateError):
        save(first, NOW + timedelta(days=1))
    found = rows(as_ines, f"/en/author/results/classes/{classroom.pk}/results.csv?rows=answers")
    assert [row["What became of it"] for row in found] == ["blank", "late", *["blank"] * 5]
    assert (found[1]["Answer"], found[1]["Points"]) == ("A", "")
    (row,) = rows(as_ines, f"/en/author/results/classes/{classroom.pk}/results.csv")
    assert (row["Late answers"], row["Stale answers"], row["Score"]) == ("1", "0", "100")


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_cell_is_a_formula(
    as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner, start: str
) -> None:
    classroom.memberships.filter(learner=alice).update(name=f"{start}cmd|'/c calc'!A1")
    sit(alice, right=5, given=exam_given)
    base = f"/en/author/results/classes/{classroom.pk}/results"
    for query in ("", "?rows=answers"):
        for row in rows(as_ines, f"{base}.csv{query}"):
            assert row["Learner"].startswith(f"'{start}")
        cells = sheet(as_ines.get(f"{base}.xlsx{query}").content)
        assert all(cell.get("t") in ("inlineStr", "s", None) for cell in cells)


def test_texts_stay_texts_in_excel() -> None:
    cells = sheet(as_xlsx(["=1+1"], iter([("=1+1", 3, None, "https://example.org", "x" * 40_000), ("007",)])))
    assert [cell.get("t") for cell in cells] == ["inlineStr", "inlineStr", None, "inlineStr", "inlineStr", "inlineStr"]


def test_korean_is_read_by_excel(as_ines: Client, classroom: Classroom, exam_given: Assignment, alice: Learner) -> None:
    classroom.memberships.filter(learner=alice).update(name="김하늘")
    sit(alice, right=5, given=exam_given)
    response = as_ines.get(f"/ko/author/results/classes/{classroom.pk}/results.csv")
    assert response.content.startswith("\ufeff".encode())
    assert "김하늘" in response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")
    assert as_csv(["a"], iter([("한",)])) == "\ufeffa\r\n한\r\n".encode()


def test_queries_do_not_grow(
    as_ines: Client, classroom: Classroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/en/author/results/quizzes/{Quiz.objects.get(slug='exam').pk}/results.csv"
    as_ines.get(address)
    for _ in range(2):
        crowd(ABLE)
        with django_assert_num_queries(9):
            rows(as_ines, address)
        with django_assert_num_queries(11):
            rows(as_ines, f"{address}?rows=answers")


def test_every_column_is_explained() -> None:
    text = (ROOT / "docs" / "results.md").read_text()
    with override("en"):
        heads = [*attempt_heads(), *answer_heads(), *design_heads()]
    assert [head for head in heads if f"\n| {head} |" not in text] == []
