"""`*.quiz.md`: reading, writing, and that neither loses anything."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking.bank import read, read_file, write
from quizzes.marking.item import Bank, Beyond, Body, Case, Correction, Item, Option, Section, Settings, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "content").glob("*/questions/*.quiz.md"))
TEXT = """\
---
type: quiz
id: launch-types
lang: en
topic: launch-types
difficulty: 2
---

## Case: the shop moves ^case-shop
A shared text for the questions below it.

It takes two paragraphs.

### Which launch type lets the team patch no server? ^lt-001
- [x] Fargate
  > AWS provisions the compute. [[launch-types#^fargate-no-servers]]
- [ ] EC2
  > Patching is the team's own work. [[launch-types#^ec2-your-servers]]

difficulty:: 1

> [!explain]
> "No servers to patch" in a stem points at Fargate.

### Name the two launch types. ^lt-002
The notes compare two.

choose:: 2
- [x] EC2
- [x] Fargate
- [ ] Lambda

> [!hint]
> Both begin with a noun.

## Case: alone

### Put the EC2 launch in order. ^lt-003
1. Provision instances
  > First. [[launch-types#^ec2-provision-instances]]
2. The agent registers

partial:: yes
points:: 3
beyond:: https://docs.aws.amazon.com/x 2026-11-22

### Match each role to who uses it. ^iam-004
| role | used by |
|---|---|
| instance profile | ECS agent |
| task role | containers |
|  | load balancer |
"""


def test_it_reads_every_part() -> None:
    reading = read(TEXT, "x.en.quiz.md")
    assert reading.problems == ()
    bank = reading.bank
    assert [(item.id, item.body.kind) for item in bank.items()] == [
        ("lt-001", "choice"),
        ("lt-002", "choice"),
        ("lt-003", "ordering"),
        ("iam-004", "matching"),
    ]
    first, second, third, _ = bank.items()
    assert bank.cases()["lt-002"].text == "A shared text for the questions below it.\n\nIt takes two paragraphs."
    assert bank.cases()["lt-003"].id == ""
    assert (bank.difficulty_of(first), bank.difficulty_of(second), bank.topic_of(first)) == (1, 2, "launch-types")
    assert first.explain.startswith('"No servers')
    assert (second.text, second.hint, second.key()) == ("The notes compare two.", "Both begin with a noun.", (0, 1))
    assert first.told()[0].cites == ("fargate-no-servers",)
    assert third.settings.beyond == Beyond("2026-11-22", "https://docs.aws.amazon.com/x")


def test_reading_then_writing_gives_the_same_text() -> None:
    assert write(read(TEXT).bank) == TEXT


def test_a_layout_of_its_own_is_kept() -> None:
    text = TEXT.replace("- [x] Fargate\n  > AWS", "points:: 1\ndifficulty:: 1\n\n- [x] Fargate\n  > AWS")
    text = text.replace("\n\ndifficulty:: 1\n\n> [!explain]", "\n\n> [!explain]")
    assert write(read(text).bank) == text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_written_as_it_was(path: Path) -> None:
    reading = read_file(path)
    assert reading.problems == ()
    assert write(reading.bank) == path.read_text()


def test_there_are_shipped_files() -> None:
    assert sum(len(read_file(path).bank.items()) for path in SHIPPED) >= 24


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("- [x]", "* [X]"),
        TEXT.replace("\n- [ ] EC2", "\n\n- [ ] EC2"),
        TEXT.rstrip("\n"),
        TEXT.replace("```", "```"),
    ],
    ids=["crlf", "cr", "bom", "nfd", "star", "loose", "no last newline", "same"],
)
def test_it_tolerates(changed: str) -> None:
    reading = read(changed)
    assert reading.problems == ()
    assert write(reading.bank) == TEXT


def test_korean_typed_in_pieces_is_composed() -> None:
    text = TEXT.replace("Lambda", "람다")
    assert read(unicodedata.normalize("NFD", text)).bank == read(text).bank


def test_headings_and_lists_in_code_are_text() -> None:
    text = TEXT.replace("The notes compare two.", "```\n### no question\n- [x] no option\n```")
    reading = read(text)
    assert (reading.problems, len(reading.bank.items())) == ((), 4)
    assert write(reading.bank) == text


BAD = [
    ("lang: en", "lang: english", 4, "`lang: ko`"),
    ("type: quiz", "type: note", 2, "`type: quiz`"),
    ("difficulty: 2", "difficulty: 9", 6, "from 1 to 5"),
    ("difficulty: 2", "colour: 9", 6, "Unknown property `colour`"),
    ("id: launch-types\n", "", 1, "after `id`"),
    ("patch no server? ^lt-001", "patch no server?", 14, "`### Which …? ^lt-001`"),
    ("### Name the two launch types. ^lt-002", "### ^lt-002", 25, "`### Which …? ^lt-001`"),
    ("^lt-002", "^lt-001", 25, "stands twice"),
    ("choose:: 2", "choose:: two", 28, "from 1 to 9"),
    ("choose:: 2", "chose:: 2", 28, "Unknown `chose::`"),
    ("choose:: 2", "choose:: 2\nchoose:: 2", 29, "twice"),
    ("partial:: yes", "partial:: maybe", 43, "`yes` or `no`"),
    ("partial:: yes", "shuffle:: no", 43, "options only"),
    ("partial:: yes", "scenario:: a-shop", 43, "options only"),
    ("partial:: yes", "erratum:: 2026-02-31 The key.", 43, "a day and what was wrong"),
    ("partial:: yes", "erratum:: 2026-11-22", 43, "a day and what was wrong"),
    ("https://docs.aws.amazon.com/x 2026-11-22", "2026-02-31", 45, "the day an AWS page was read"),
    ("> [!explain]", "> [!explian]", 22, "`> [!explain]` or `> [!hint]`"),
    ("> [!hint]\n> Both begin with a noun.", "> [!hint]", 33, "below `[!hint]`"),
    ("- [ ] Lambda", "- Lambda", 31, "Expected an option"),
    ("  > AWS provisions", "> AWS provisions", 16, "two spaces before"),
    ("## Case: the shop", "Hello.\n\n## Case: the shop", 9, "Expected a question"),
    ("Fargate\n  >", "Far\x00gate\n  >", 15, "may not be there"),
]


@pytest.mark.parametrize(("old", "new", "line", "expected"), BAD, ids=[f"{bad[1][:20]!r}" for bad in BAD])
def test_it_names_the_line_and_what_was_expected(old: str, new: str, line: int, expected: str) -> None:
    assert old in TEXT
    problems = read(TEXT.replace(old, new, 1), "x.en.quiz.md").problems
    assert [(p.path, p.line, expected in p.text()) for p in problems] == [("x.en.quiz.md", line, True)], problems


def test_good_questions_of_a_file_with_bad_ones_are_kept() -> None:
    reading = read(
        TEXT.replace("choose:: 2", "choose:: two").replace("- [x] Fargate\n  > AWS", "- [ ] Fargate\n  > AWS")
    )
    assert [item.id for item in reading.bank.items()] == ["lt-003", "iam-004"]
    assert [problem.line for problem in reading.problems] == [15, 28]


def test_a_question_without_a_body_says_so() -> None:
    problems = read(TEXT + "\n### And now? ^lt-009\nNothing.\n").problems
    assert [(p.line, "Expected options" in p.text()) for p in problems] == [(54, True)]


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"---\ntype: \xb0\xa1", b"\x00" * 9], ids=["utf-16", "cp949", "nul"])
def test_a_file_that_is_no_text_is_reported(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.ko.quiz.md"
    path.write_bytes(raw)
    assert read_file(path).problems


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    read(text)
    read(TEXT.replace("Fargate", text))


words = st.text(st.sampled_from("abc가나 .,*`[]()#|>:^\\-0123"), min_size=1, max_size=30).map(
    lambda text: " ".join(f"w{text}w".split())
)
slugs = st.from_regex(r"[a-z][a-z0-9]{0,5}-[0-9]{3}", fullmatch=True)
lines = st.lists(words, max_size=3).map("\n".join)
steps = st.builds(Step, words, lines)
designs = st.sampled_from(["", "storage=efs azs=2", "launch=ec2 profile=agent ; role=own grants=s3,sqs"])
options = st.lists(st.builds(Option, words, lines, right=st.booleans(), design=designs), min_size=2, max_size=9).filter(
    lambda found: any(option.right for option in found)
)
cells = st.tuples(words, words)
bodies: st.SearchStrategy[Body] = st.one_of(
    st.builds(Choice, options.map(tuple), st.none() | st.integers(1, 9)),
    st.builds(Ordering, st.lists(steps, min_size=2, max_size=6).map(tuple)),
    st.builds(Matching, cells, st.lists(cells, min_size=2, max_size=5).map(lambda pairs: (*pairs, ("", "spare")))),
)
settings = st.builds(
    Settings,
    difficulty=st.none() | st.integers(1, 5),
    topic=st.none() | st.just("efs"),
    partial=st.none() | st.booleans(),
    points=st.none() | st.integers(1, 10),
    pilot=st.none() | st.booleans(),
    beyond=st.none() | st.builds(Beyond, st.just("2026-11-22"), st.sampled_from(["", "https://aws.amazon.com/x"])),
    erratum=st.none() | st.builds(Correction, st.just("2026-11-22"), words),
)
items = st.builds(Item, slugs, words, bodies, text=lines, settings=settings, explain=lines, hint=lines)
cases = st.builds(Case, words, st.sampled_from(["", "case-a"]), lines)
runs = st.lists(items, max_size=3).map(tuple)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    sections = [Section(draw(runs)), *(Section(draw(runs), draw(cases)) for _ in range(draw(st.integers(0, 2))))]
    seen: set[str] = set()
    kept = []
    for section in sections:
        own = tuple(item for item in section.items if item.id not in seen and not seen.add(item.id))  # type: ignore[func-returns-value]
        if own or section.case:
            kept.append(Section(own, section.case))
    return Bank("x", "ko", draw(st.sampled_from(["", "efs"])), draw(st.none() | st.integers(1, 5)), tuple(kept))


@given(banks())
def test_writing_then_reading_gives_the_same_bank(bank: Bank) -> None:
    text = write(bank)
    reading = read(text)
    assert (reading.problems, reading.bank) == ((), bank)
    assert write(reading.bank) == text
