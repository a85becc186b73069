"""Damaged and hostile files: a few hundred through the readers, some through the pages, and what a file may cost."""

from random import Random

import pytest
from django.test import Client

from learning.models import Course
from quizzes.interchange import limits
from quizzes.interchange.child import found
from quizzes.interchange.formats import Options, detect
from quizzes.models import Question, QuestionDraft, Upload
from quizzes.services.reading_child import TOO_MUCH, content, read_in_child
from tests.quizzes.author.damage import SEEDS, damaged
from tests.quizzes.author.importing import GIFT, file, send

EN = Options("en")
XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "`<b>`<iframe src=//x>",
    "<p style=x:expression(1)>",
    "--><script>alert(1)</script>",
    '"><script>alert(1)</script>',
]
CARRIERS = {
    "gift": "::{0}::[html]Which {0}?{{\n=one {0}#why {0}\n~two {0}\n####all {0}\n}}\n",
    "aiken": "Which {0}?\nA. one {0}\nB. two {0}\nANSWER: A\n",
    "csv": "question\toption A\toption B\tanswer\treason A\tcategory\nWhich {0}?\tone {0}\ttwo\tA\twhy {0}\t{0}\n",
    "quizmd": "### Which {0}? ^xss-1\n- [x] one {0}\n  > why {0}\n- [ ] two {0}\n\n> [!explain]\n> all {0}\n",
}


def rows() -> tuple[int, int]:
    return Question.objects.count(), QuestionDraft.objects.count()


@pytest.mark.parametrize("form", list(SEEDS))
def test_it_works(form: str) -> None:
    random = Random(form)  # noqa: S311 - repeatable choices of a test, no secret
    for _ in range(40):
        _, data = damaged(random, form)
        answer = found(detect("x", data) or form, data, EN)
        lines = data.count(b"\n") + data.count(b"\r") + 1
        for row in answer["rows"]:
            assert row["text"] or row["problems"]
            assert row["line"] <= lines


def test_damaged_files_through_the_pages(as_ines: Client, course: Course) -> None:
    random = Random(5)  # noqa: S311 - repeatable choices of a test, no secret
    before, files = rows(), []
    for n in range(8):
        form, data = damaged(random)
        files.append(file(data, f"{n}{SEEDS[form][0]}"))
    url = send(as_ines, course, *files)
    assert as_ines.get(url).status_code == 200
    assert as_ines.post(url, {"act": "all"}).status_code == 422
    assert rows() == before
    assert Upload.objects.count() == 8


@pytest.mark.parametrize("form", list(CARRIERS))
def test_no_script_comes_in_by_any_format(as_ines: Client, course: Course, form: str) -> None:
    data = "\n".join(CARRIERS[form].replace("xss-1", f"xss-{n}").format(bad) for n, bad in enumerate(XSS))
    url = send(as_ines, course, file(data, f"<script>alert(1)</script>{SEEDS[form][0]}"), format=form)
    for page in (as_ines.get(url), as_ines.post(url, {"act": "good", "publish": "on"}, follow=True)):
        _harmless(page.content.decode())
    made = Question.objects.filter(origin="site")
    assert made
    _harmless(as_ines.get("/en/author/?whose=mine").content.decode())
    for question in made[:3]:
        _harmless(as_ines.get(f"/en/author/questions/{question.pk}/").content.decode())


def _harmless(page: str) -> None:
    low = page.lower()
    for bad in (
        "<script>alert",
        "<img src=x",
        "<svg onload",
        'href="javascript',
        "href='javascript",
        "<iframe",
        "<p style",
    ):
        assert bad not in low, bad


def test_a_file_that_takes_too_long_is_an_answer_not_a_wait() -> None:
    found_in = content(read_in_child("gift", GIFT.encode(), EN, seconds=0.001), "x.gift")
    assert [problem.message for problem in found_in.problems] == [TOO_MUCH]
    assert not found_in.rows


def test_a_file_that_needs_too_much_is_an_answer_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizzes.services.reading_child.MODULE", "tests.quizzes.author.greedy")
    for wish in ("memory", "time"):
        assert content(read_in_child(wish, b"x", EN), "").problems[0].message == TOO_MUCH


def test_a_file_of_too_many_questions_is_told(as_ines: Client, course: Course) -> None:
    many = "\n\n".join(f"Question {n}?{{=a ~b}}" for n in range(limits.MAX_QUESTIONS + 1))
    answer = found("aiken", many.encode(), EN)
    assert len(answer["rows"]) == 1
    answer = found("gift", many.encode(), EN)
    assert len(answer["rows"]) == limits.MAX_QUESTIONS
    assert "more than" in answer["problems"][0]["message"]


def test_a_question_without_end_is_refused() -> None:
    answer = found("gift", f"What?{{=a#{'x' * 30_000} ~b}}".encode(), EN)
    assert answer["rows"][0]["text"] == ""
    assert "longer than" in answer["rows"][0]["problems"][0]["message"]
