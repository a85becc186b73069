"""The lint of questions: each rule seen to be broken, on its own."""

import pytest

from learning.catalogue.errors import Problem
from quizzes.marking.bank import read
from quizzes.marking.item import Bank
from quizzes.marking.lint import lint

STATEMENTS = ("s-one", "s-two")
HEAD = "---\ntype: quiz\nid: t\nlang: {lang}\ntopic: t\n---\n\n"
ITEM = """\
### Which is it? ^t-001
- [x] This
  > Because. [[t#^s-one]]
- [ ] That
  > Because not. [[t#^s-two]]
"""


def bank(text: str = ITEM, lang: str = "ko") -> Bank:
    reading = read(HEAD.format(lang=lang) + text, f"t.{lang}.quiz.md")
    assert reading.problems == ()
    return reading.bank


def problems(ko: str = ITEM, en: str | None = None) -> list[Problem]:
    banks = [bank(ko), bank(ko if en is None else en, "en")]
    return lint(banks, statements=STATEMENTS, topics=["t"], languages=("ko", "en"))


def said(ko: str = ITEM, en: str | None = None) -> list[str]:
    return sorted({problem.text() for problem in problems(ko, en)})


def test_good_questions_have_no_problem() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  > Because. [[t#^s-one]]\n", "", "Option 1 of ^t-001 has no rationale (`  > why`)."),
        ("Because. [[t#^s-one]]", "[[t#^s-one]]", "Option 1 of ^t-001 has no rationale (`  > why`)."),
        (" [[t#^s-two]]", "", "The rationale of option 2 of ^t-001 cites no statement (`[[lesson#^statement]]`)."),
        ("^s-two", "^s-three", "The question ^t-001 cites ^s-three, which no lesson states."),
        ("- [x] This", "choose:: 2\n- [x] This", "^t-001 says `choose:: 2`, but 1 options are right."),
        ("That", "this", "^t-001 has the option “this” twice."),
        (
            "That",
            "All of the above",
            "“All of the above” in ^t-001 points at other options, but options are shuffled (`shuffle:: no`).",
        ),
        (
            "That",
            "위의 모두",
            "“위의 모두” in ^t-001 points at other options, but options are shuffled (`shuffle:: no`).",
        ),
    ],
)
def test_each_rule_can_be_broken(old: str, new: str, expected: str) -> None:
    assert expected in said(ITEM.replace(old, new, 1))


def test_options_may_point_at_others_when_their_order_stays() -> None:
    assert said(ITEM.replace("That", "All of the above") + "\nshuffle:: no\n") == []


@pytest.mark.parametrize("text", ["단위 모두", "Any of them would", "Both services"])
def test_plain_words_are_no_pointers(text: str) -> None:
    assert said(ITEM.replace("That", text)) == []


def test_beyond_the_notes_asks_for_an_aws_page() -> None:
    page = "[AWS](https://docs.aws.amazon.com/AmazonECS/x.html)"
    assert said(ITEM.replace("[[t#^s-two]]", page) + "\nbeyond:: 2026-11-22\n") == [
        "No question cites the statement ^s-two."
    ]
    other = ITEM.replace("[[t#^s-two]]", "[AWS](https://example.org/)") + "\nbeyond:: 2026-11-22\n"
    assert any("option 2 of ^t-001 cites no statement" in text for text in said(other))


@pytest.mark.parametrize(
    ("en", "what"),
    [
        (ITEM.replace("[x]", "[?]").replace("[ ]", "[x]").replace("[?]", "[ ]"), "key"),
        (ITEM + "- [ ] More\n  > No. [[t#^s-one]]\n", "number of options"),
        (ITEM.replace("- [x] This", "choose:: 1\n- [x] This"), "number to choose"),
        (ITEM.replace("s-one", "s-three").replace("s-two", "s-one").replace("s-three", "s-two"), "cited statements"),
        (ITEM + "\npoints:: 2\n", "settings"),
        ("### Order? ^t-001\n1. This\n  > A. [[t#^s-one]]\n2. That\n  > B. [[t#^s-two]]\n", "kind"),
    ],
)
def test_languages_must_agree(en: str, what: str) -> None:
    assert said(ITEM, en) == [f"The question ^t-001 differs from t.ko.quiz.md in its {what}."]


def test_a_language_must_not_be_missing() -> None:
    assert said(ITEM, "") == ["The question ^t-001 is missing in: en."]


def test_a_stem_stands_once() -> None:
    assert "^t-002 asks the same as ^t-001." in said(ITEM + "\n" + ITEM.replace("t-001", "t-002"))


def test_an_id_belongs_to_one_file() -> None:
    other = read(HEAD.format(lang="ko") + ITEM, "other.ko.quiz.md").bank
    found = lint([bank(), bank(lang="en"), other], statements=STATEMENTS, topics=["t"], languages=("ko", "en"))
    assert "The id ^t-001 stands in t.ko.quiz.md too; an id belongs to one question." in [p.text() for p in found]


def many(keys: str, texts: tuple[str, str, str, str] = ("aa", "bb", "cc", "dd")) -> str:
    """Return a question for each digit of `keys`: the place of its key."""
    return "\n".join(
        f"### Question {n}? ^t-{n:03}\n"
        + "".join(
            f"- [{'x' if i == int(key) else ' '}] {text}{n}\n  > Why. [[t#^s-{'one' if i else 'two'}]]\n"
            for i, text in enumerate(texts)
        )
        for n, key in enumerate(keys)
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("0132", ""),
        ("02222", "From ^t-001 on, 4 keys in a row stand in one place."),
        ("01230123", "From ^t-000 on, the places of the keys repeat every 4 questions."),
        ("0101", "From ^t-000 on, the places of the keys repeat every 2 questions."),
        ("000", ""),
    ],
)
def test_predictable_keys_are_a_warning(keys: str, expected: str) -> None:
    found = problems(many(keys))
    assert {problem.text() for problem in found} == ({expected} if expected else set())
    assert {problem.severity for problem in found} <= {"warning"}


def test_keys_that_are_the_longest_option_are_a_warning() -> None:
    texts = ("a much longer option", "bb", "cc", "dd")
    assert problems(many("0013", texts)) == []
    found = problems(many("0010", texts))
    expected = "The key is the longest option in 3 of 4 single-choice questions, first in ^t-000."
    assert [(p.text(), p.severity) for p in found] == [(expected, "warning")] * 2


def test_what_nobody_asks_is_named() -> None:
    found = lint(
        [bank(), bank(lang="en")], statements=[*STATEMENTS, "s-new"], topics=["t", "u"], languages=("ko", "en")
    )
    assert [(p.text(), p.severity) for p in found] == [
        ("The topic u has no question.", "warning"),
        ("No question cites the statement ^s-new.", "warning"),
    ]


def test_a_question_must_have_a_topic_of_the_course() -> None:
    found = lint([bank(), bank(lang="en")], statements=STATEMENTS, topics=["u"], languages=("ko", "en"))
    assert "The question ^t-001 belongs to no topic of the course; expected one of: u." in [p.text() for p in found]


CASE = """\
## Case: a shop ^case-a
A shop.

### First? ^t-002
- [x] This
  > Because. [[t#^s-one]]
- [ ] That
  > Because not. [[t#^s-two]]
"""


def test_a_case_has_an_id_and_one_topic() -> None:
    assert said(ITEM + "\n" + CASE) == []
    assert said(ITEM + "\n" + CASE.replace(" ^case-a", "")) == [
        "A case needs an id at the end of its line: `## … ^case-shop`."
    ]
    other = ITEM.replace("t-001", "t-003").replace("Which is it?", "And?") + "\ntopic:: u\n"
    assert "The questions of the case ^case-a belong to several topics." in said(f"{ITEM}\n{CASE}\n{other}")


def test_the_words_of_an_erratum_differ_by_language_and_its_day_does_not() -> None:
    ko, en = ITEM + "\nerratum:: 2026-11-22 정답이 틀렸어요.\n", ITEM + "\nerratum:: 2026-11-22 The key was wrong.\n"
    assert said(ko, en) == []
    assert said(ko, en.replace("11-22", "11-23")) == ["The question ^t-001 differs from t.ko.quiz.md in its settings."]
