"""GIFT: every form Moodle documents, what Naru has no place for by name, and that what is written is read back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Found, Sheet
from quizzes.marking.item import Case, Item, Option, Settings
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from tests.quizzes.interchange.sheets import MARKDOWN, PLAIN, bare, choices, items, matchings, orderings, sheets

GIFT = FORMATS["gift"]


def read(text: str, language: str = "en") -> list[Found]:
    return list(GIFT.read(text.encode(), Options(language)).questions)


def only(text: str, language: str = "en") -> Item:
    (found,) = read(text, language)
    assert found.item, found.problems
    return found.item


def options(item: Item) -> list[tuple[str, bool, str]]:
    assert isinstance(item.body, Choice)
    return [(option.text, option.right, option.rationale) for option in item.body.options]


def said(found: Found) -> list[str]:
    return [problem.text() for problem in (*found.problems, *found.losses)]


def test_it_works() -> None:
    item = only(
        "::Capital::Where is the harbour?{\n=Busan#It is.\n~Seoul#No sea.\n~Daegu\n####A port lies at the sea.}"
    )
    assert item.stem == "Where is the harbour?"
    assert options(item) == [("Busan", True, "It is."), ("Seoul", False, "No sea."), ("Daegu", False, "")]
    assert item.explain == "A port lies at the sea."


def test_a_missing_word_leaves_a_blank() -> None:
    item = only("The boat is {~sunk =moored ~lost} at the quay.")
    assert item.stem == r"The boat is \_\_\_\_\_ at the quay."


@pytest.mark.parametrize(
    ("answer", "language", "right"),
    [("T", "en", "True"), ("FALSE", "en", "False"), ("true", "ko", "참"), ("F", "ko", "거짓")],
)
def test_true_or_false_is_a_single_choice(answer: str, language: str, right: str) -> None:
    item = only(f"Boats float.{{{answer}#it is not#it is}}", language)
    assert [(text, reason) for text, is_right, reason in options(item) if is_right] == [(right, "it is")]
    assert [reason for _, is_right, reason in options(item) if not is_right] == ["it is not"]


@pytest.mark.parametrize(
    ("answers", "partial", "lost"),
    [
        ("~%50%a ~%50%b ~%-50%c", True, False),
        ("~%50%a ~%50%b ~%-100%c", None, False),
        ("~%50%a ~%50%b ~c", True, True),
        ("~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d", True, False),
        ("~%70%a ~%30%b ~%-50%c", True, True),
    ],
)
def test_weights_become_marking(answers: str, partial: bool | None, lost: bool) -> None:
    (found,) = read(f"Which two?{{{answers}}}")
    assert found.item
    assert found.item.settings.partial is partial
    assert bool(found.losses) is lost


def test_part_of_a_single_choice_is_named_as_lost() -> None:
    (found,) = read("Which?{=whole ~%50%half ~none}")
    assert said(found) == ["Not taken over: weights of the options."]
    assert found.item
    assert found.item.key() == (0,)


def test_several_right_ones_of_a_single_choice() -> None:
    (found,) = read("Which?{=this =that ~other}")
    assert found.item
    assert found.item.key() == (0, 1)
    assert said(found) == ["Not taken over: that one of several right options is enough."]


def test_one_right_box_to_tick_stays_a_box_to_tick() -> None:
    item = only("Which?{~%100%this ~%-100%that}")
    assert isinstance(item.body, Choice)
    assert (item.body.choose, item.body.multiple) == (1, True)


def test_matching_with_a_distractor() -> None:
    item = only("Match.{\n=[html]the <b>bow</b> -> front\n=stern -> back\n= -> mast\n}")
    assert item.body == Matching(("Item", "Match"), (("the **bow**", "front"), ("stern", "back"), ("", "mast")))
    assert item.settings.partial is True


def test_moodles_ordering() -> None:
    item = only("In which order?{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\nmoor\nunload\nload\n}")
    assert isinstance(item.body, Ordering)
    assert [step.text for step in item.body.steps] == ["moor", "unload", "load"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who?{=one =two}", "short answer"),
        ("When?{#1822:5}", "number"),
        ("When?{#\n=1822:0\n=%50%1822:2\n}", "number"),
        ("When?{#1e999}", "number"),
        ("Why?{}", "essay"),
    ],
)
def test_kinds_that_naru_has_not_are_named(text: str, kind: str) -> None:
    (found,) = read(text)
    assert found.item is None
    assert f"“{kind}”" in said(found)[0]


def test_categories_names_tags_and_ids() -> None:
    text = "$CATEGORY: harbour/boats\n// [id:lt-7] [tag:exam]\n::A name::Which?{=a ~b}\n"
    (found,) = read(text)
    assert (found.topic, found.label, found.tags) == ("harbour/boats", "A name", ("exam",))
    assert found.item
    assert found.item.id == "lt-7"


def test_escapes_mean_themselves() -> None:
    item = only(r"Is 1 \= 1\: \{yes\}?\nSay.{=\~ \# \\ ~a \= b}")
    assert (item.stem, item.text) == (r"Is 1 = 1: {yes}?", "Say.")
    assert [text for text, _, _ in options(item)] == [r"~ # \\", "a = b"]  # an escaped backslash is one in Markdown too


@pytest.mark.parametrize(
    ("form", "words", "shown"),
    [
        ("html", "A <b>bold</b> <i>move</i>&nbsp;&amp; more", "A **bold** *move* & more"),
        ("plain", "2 * 3 * 4 <b>", r"2 \* 3 \* 4 \<b>"),
        ("markdown", "A **bold** `move`", "A **bold** `move`"),
        ("moodle", "A <b>bold</b> move", "A **bold** move"),
    ],
)
def test_formats_of_words(form: str, words: str, shown: str) -> None:
    assert only(f"[{form}]{words}{{=a ~b}}").stem == shown


def test_what_html_loses_is_named() -> None:
    (found,) = read('[html]<p>Look: <img src\\="x.png" alt\\="a boat"><script>x()</script></p>{\\=a =b ~c}')
    assert "Not taken over: picture." in said(found)
    assert "Not taken over: script or style sheet." in said(found)
    assert found.item is None or "x()" not in found.item.stem


def test_lines_broken_for_the_eye_are_one_and_lists_stay() -> None:
    item = only("Which of these boats\nsails best?\n- the red one\n- the blue one\n{=red ~blue}")
    assert item.stem == "Which of these boats sails best?"
    assert item.text == "\\- the red one\n\\- the blue one"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One?{=a ~b}\n// no blank line\nTwo?{=c ~d}\n", 3, "blank line"),
        ("One?{=a ~b}\nTwo?{=c ~d}\n", 2, "blank line"),
        ("\n\nTorn?{\n=a\n\n~b}\n", 5, "ends a question at a blank line"),
        ("Open?{=a ~b\n\nNext?{=a ~b}\n", 1, "never closed"),
        ("Closed }\n", 1, "without a {"),
        ("Nested?{=a {b} ~c}\n", 1, "inside the answers"),
        ("A text that\n\nwas torn?{=a ~b}\n", 1, "no answers in braces"),
        ("None?{~a ~b}", 1, "Expected a right answer"),
        ("Much?{~%200%a ~b}", 1, "from -100 to 100"),
        ("NaN?{\n~%NaN%a\n~b}", 2, "from -100 to 100"),
        ("{=a ~b}", 1, "before its answers"),
        ("Pair?{=a -> b =c}", 1, "left -> right"),
        ("Empty?{=a ~ ~b}", 1, "words of this answer"),
        ("Ten?{=a " + "~b" * 12 + "}", 1, "at most 9"),
    ],
)
def test_faults_are_reported_with_their_line(text: str, line: int, words: str) -> None:
    problems = [problem for found in read(text) for problem in found.problems]
    assert any(words in problem.text() and problem.line == line for problem in problems), problems


def test_other_questions_of_the_file_stay_good() -> None:
    assert [found.item is not None for found in read("One?{=a ~b}\n\nTwo?{~a}\n\nThree?{=a ~b}")] == [True, False, True]


@pytest.mark.parametrize("data", [b"", b"// only a comment\n", b"$CATEGORY: x\n"])
def test_a_file_without_questions_says_so(data: bytes) -> None:
    reading = GIFT.read(data)
    assert not reading.questions
    assert reading.problems[0].text() == "No question was found in this file."


def test_a_case_goes_along() -> None:
    case = Case("The harbour", "case-harbour", "A harbour has two quays.\n\n- north\n- south")
    asked = [
        Sheet(Item(f"q-{n}", f"Question {n}?", Choice((Option("a", right=True), Option("b")))), case) for n in (1, 2)
    ]
    found = read(GIFT.write(asked).data.decode())
    assert [(one.item and one.item.id, one.case) for one in found] == [("q-1", case), ("q-2", case)]


def test_what_it_cannot_carry_is_named() -> None:
    item = Item(
        "q-1",
        "Which?",
        Choice((Option("a", right=True), Option("b")), 2),
        "",
        Settings(points=3),
        "",
        "Think. [[x#^y]]",
    )
    written = GIFT.write([Sheet(item, difficulty=5)])
    lost = [str(loss.params["what"]) for loss in written.losses]
    assert {"points", "difficulty", "hint", "links to statements"} <= set(lost)
    assert {loss.params["id"] for loss in written.losses} == {"q-1"}


def partial(item: Item) -> Item:
    """Return `item` as Moodle marks it: a matching has no other way than by its pairs."""
    return replace(item, settings=Settings(partial=True)) if isinstance(item.body, Matching) else item


REASON = st.one_of(st.just(""), MARKDOWN)
BODIES = st.one_of(
    choices(MARKDOWN, REASON, multiple=True),
    orderings(MARKDOWN),
    matchings(MARKDOWN.filter(lambda text: "->" not in text), PLAIN, ("Item", "Match")),
)
MORE = st.one_of(st.just(""), MARKDOWN, st.just("First.\n\nSecond, `code`."))


@given(sheets(items(BODIES, MARKDOWN, MORE).map(partial), st.sampled_from(["efs", "boats and quays"])))
def test_what_is_written_is_read_back(made: list[Sheet]) -> None:
    written = GIFT.write(made)
    assert b"\n\n\n" not in written.data
    found = read(written.data.decode())
    assert [one.problems for one in found] == [()] * len(made)
    assert [(bare(one.item), one.topic) for one in found if one.item] == [(bare(s.item), s.topic) for s in made]


@given(st.text("{}=~#:\\n%$/->[]ab \n", max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    for found in read(text):
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.item or found.problems
