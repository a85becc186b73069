"""Taking questions away: who may, which ones, what stays behind; files that the course reads back unchanged."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from learning.models import Course, Learner
from quizzes.interchange.formats import FORMATS, Options
from quizzes.marking.files import read_files
from quizzes.models import Origin, Question, Quiz
from quizzes.services import sync_files
from quizzes.services.exports import Wish, choose, export
from tests.conftest import ROOT, person, signed_in
from tests.quizzes import course as own
from tests.quizzes.author.make import BOTH, make_published, make_question
from tests.quizzes.conftest import NOW

FILES_OWN = re.compile(r"^difficulty: \d\n", re.MULTILINE)
PAGE, FILE = "/ko/author/export/", "/ko/author/export/file/"
SHIPPED = ROOT / "content" / "ecs" / "questions"
QUESTION = (
    "### 질문? ^own-9\n- [x] =1+1\n  > 네. [[efs#^efs-multi-az]]\n- [ ] @SUM(A1)\n  > 아니요. [[efs#^efs-multi-az]]"
)


@pytest.fixture
def as_ines(ines: Learner) -> Client:
    return signed_in(ines)


def ask(**changes: object) -> dict[str, object]:
    course = Course.objects.get(slug="ecs")
    return {"course": course.pk, "format": "quizmd", "language": "both"} | changes


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_works(course: Course, as_ines: Client) -> None:
    page = as_ines.get(PAGE, ask())
    assert page.context["export"].count == Question.objects.count()
    sent = as_ines.get(FILE, ask())
    assert sent["Content-Type"] == "application/zip"
    assert sent["Content-Disposition"] == 'attachment; filename="ecs.zip"'
    assert set(members(sent.content)) == {path.name for path in SHIPPED.iterdir()}


def test_only_instructors_may(course: Course, client: Client, as_alice: Client) -> None:
    for address in (PAGE, FILE):
        assert client.get(address).status_code == 302
        assert as_alice.get(address).status_code == 404
        assert as_alice.post(address).status_code in (404, 405)


def test_the_region_alone_is_for_htmx(course: Course, as_ines: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "export-result"}
    region = as_ines.get(PAGE, ask(), headers=headers).content.decode()
    assert region.strip().startswith('<section id="export-result"')


@pytest.mark.parametrize("name", list(FORMATS))
def test_each_format_goes_out_and_comes_back(course: Course, as_ines: Client, name: str) -> None:
    asked = ask(format=name, language="both")
    count = as_ines.get(PAGE, asked).context["export"].count
    files = members(as_ines.get(FILE, asked).content).values()
    read = [FORMATS[name].read(data, Options("en")) for data in files]
    assert count > 0
    assert sum(bool(found.item) for one in read for found in one.questions) == count * 2


def test_one_language_of_another_format_is_one_file(course: Course, as_ines: Client) -> None:
    sent = as_ines.get(FILE, ask(format="moodle_xml", language="en"))
    assert sent["Content-Disposition"] == 'attachment; filename="ecs.en.xml"'
    assert sent["Content-Type"] == "application/xml"
    assert sent.content.startswith(b"<?xml")


def test_it_says_what_a_format_leaves_behind(course: Course, as_ines: Client) -> None:
    body = as_ines.get("/en/author/export/", ask(format="moodle_xml", language="en")).content.decode()
    assert "links to statements" in body
    assert "<code>efs-001</code>" in body
    assert as_ines.get(PAGE, ask()).context["export"].losses == ()


def test_topic_tag_quiz_and_ticks_choose(course: Course, ines: Learner, as_ines: Client) -> None:
    mine = make_question(course, ines, tags=["mine"])
    topic = course.topics.get(slug="efs")
    quiz = Quiz.objects.get(slug="practice")
    quiz.items = ["lt-001", "lt-002"]
    quiz.save()
    of_topic = set(course.questions.filter(topic=topic).values_list("slug", flat=True))
    assert chosen(as_ines, topic=topic.pk) == of_topic
    assert chosen(as_ines, tag="mine") == {mine.slug}
    assert chosen(as_ines, quiz=quiz.pk) == {"lt-001", "lt-002"}
    assert chosen(
        as_ines, question=[mine.pk, *course.questions.filter(slug="efs-001").values_list("pk", flat=True)]
    ) == {
        mine.slug,
        "efs-001",
    }


def chosen(client: Client, **wish: object) -> set[str]:
    """Return the ids in the files of an export."""
    files = client.get(PAGE, ask(**wish)).context["export"].files.values()
    return {found.item.id for data in files for found in FORMATS["quizmd"].read(data).questions if found.item}


def test_it_hides_other_instructors_drafts(course: Course, ines: Learner, as_ines: Client) -> None:
    other = person("other")
    other.user.groups.set(ines.user.groups.all())  # type: ignore[union-attr]
    theirs = make_question(course, other, tags=["theirs"])
    assert theirs.slug not in chosen(as_ines)
    page = as_ines.get(PAGE, ask(question=theirs.pk))
    assert page.context["export"].count == 0
    assert "theirs" not in page.content.decode()
    assert as_ines.get(FILE, ask(question=theirs.pk)).status_code == 302
    Question.objects.filter(pk=theirs.pk).update(shared=True)
    assert theirs.slug in chosen(as_ines)


def test_drafts_with_errors_are_named(course: Course, ines: Learner, as_ines: Client) -> None:
    bad = make_question(course, ines, {"ko": "### 아직 ^own-8\n- [ ] 하나", "en": ""})
    export = as_ines.get(PAGE, ask(question=bad.pk)).context["export"]
    assert (export.count, export.unreadable) == (0, (bad.slug,))


def test_the_bank_posts_what_is_ticked(course: Course, as_ines: Client) -> None:
    sent = as_ines.post(PAGE, {"question": ["1", "2", "x", "9" * 5000], "tag": "no"})
    assert sent["Location"] == f"{PAGE}?question=1&question=2"


WRONG: list[dict[str, str]] = [
    {"course": "9" * 5000},
    {"course": "x"},
    {"format": "../../etc"},
    {"language": "\x00"},
    {"topic": "٣"},
    {"tag": "\x00"},
    {"quiz": "-1"},
    {"question": "1e9"},
]


def test_nonsense_is_no_crash(course: Course, as_ines: Client) -> None:
    for wrong in WRONG:
        small = {"topic": course.topics.get(slug="efs").pk} | wrong
        assert as_ines.get(PAGE, ask(**small)).status_code == 200
        assert as_ines.get(FILE, ask(**small)).status_code in (200, 302)


def test_names_of_files_are_safe(course: Course, ines: Learner, as_ines: Client) -> None:
    make_question(course, ines, tags=['../x"\u202e한글;\\'])
    sent = as_ines.get(FILE, ask(tag='../x"\u202e한글;\\', format="gift", language="ko"))
    assert sent["Content-Disposition"] == (
        "attachment; filename*=utf-8''ecs_..x%ED%95%9C%EA%B8%80.ko.gift"
    )  # letters only, nothing that leads anywhere


def test_no_cell_is_a_formula(course: Course, ines: Learner, as_ines: Client) -> None:
    question = make_question(course, ines, {"ko": QUESTION, "en": QUESTION})
    sent = as_ines.get(FILE, ask(question=question.pk, format="csv", language="ko"))
    cells = sent.content.decode("utf-8-sig").replace("\r\n", ",").split(",")
    assert [cell for cell in cells if cell.lstrip('"')[:1] in ("=", "+", "@", "\t")] == []


# --- our own files


def test_shipped_files_come_out_as_they_are(course: Course, ines: Learner) -> None:
    """But for the difficulty of a file in which every question says its own: no row can know it."""
    files = {name: data.decode() for name, data in files_of(course, ines).items()}
    shipped = {path.name: path.read_text() for path in SHIPPED.iterdir()}
    assert {name: FILES_OWN.sub("", text, count=1) for name, text in files.items()} == {
        name: FILES_OWN.sub("", text, count=1) for name, text in shipped.items()
    }


def files_of(course: Course, learner: Learner, **wish: object) -> dict[str, bytes]:
    assert learner.user
    questions = choose(user=learner.user, wish=Wish(course, **wish))  # type: ignore[arg-type]
    made = export(
        questions=questions, course=course, form=FORMATS["quizmd"], languages=("en", "ko"), name="x",
        now=timezone.now(),
    )  # fmt: skip
    return dict(made.files)


def test_rows_become_files_that_are_read_back_unchanged(course: Course, ines: Learner, tmp_path: Path) -> None:
    one = make_published(course, ines)
    two = make_published(course, ines, {lang: f"{text}\n\ndifficulty:: 5" for lang, text in BOTH.items()})
    folder = own.copy(tmp_path)
    own.sync(course, folder)
    before = {q.slug: (q.current.content_hash, q.revisions.count()) for q in Question.objects.all() if q.current}  # type: ignore[union-attr]
    files = files_of(course, ines)
    assert "launch-types-site.ko.quiz.md" in files
    for path in (folder / "questions").iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / "questions" / name).write_bytes(data)
    read = read_files(folder)
    assert read.problems == ()
    sync_files(course=course, files=read, now=NOW)
    after = {q.slug: (q.current.content_hash, q.revisions.count()) for q in Question.objects.all() if q.current}  # type: ignore[union-attr]
    assert {slug: after[slug] for slug in (one.slug, two.slug)} == {slug: before[slug] for slug in (one.slug, two.slug)}
    live = set(Question.objects.filter(retired_at=None).values_list("slug", flat=True))
    assert {slug: after[slug] for slug in live} == {slug: before[slug] for slug in live}
    assert Question.objects.get(slug=one.slug).origin == Origin.FILE
    again = files_of(course, ines)  # now all of them stand in files of the course
    assert b"".join(again.values()).count(b"### ") == b"".join(files.values()).count(b"### ")


def test_a_part_never_takes_the_name_of_the_whole(course: Course, ines: Learner) -> None:
    assert ines.user
    some = tuple(course.questions.filter(topic__slug="efs").values_list("pk", flat=True)[:2])
    assert set(files_of(course, ines, questions=some)) == {"efs-part.ko.quiz.md", "efs-part.en.quiz.md"}
