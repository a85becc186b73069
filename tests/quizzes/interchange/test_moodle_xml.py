"""Moodle XML both ways."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
from hypothesis import given, settings

from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Sheet
from quizzes.interchange.words import from_plain, to_plain
from quizzes.marking.item import Case, Item, Option, Settings, Step, unlinked
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from tests.quizzes.interchange import foreign
from tests.quizzes.interchange.foreign import EN, losses, read, read_back, refused, said

HEAD = "<name><text>Where it runs</text></name><questiontext format='html'><text>{}</text></questiontext>"
ANSWER = "<answer fraction='{}' format='html'><text>{}</text><feedback><text>{}</text></feedback></answer>"


def question(kind: str, *parts: str, text: str = "Where it runs", extra: str = "") -> str:
    return f"<question type='{kind}'>{HEAD.format(text)}{extra}{''.join(parts)}</question>"


def quiz(*questions: str) -> str:
    return f"<?xml version='1.0'?>\n<quiz>\n{chr(10).join(questions)}\n</quiz>"


def choice(*answers: tuple[object, str, str], single: str = "true", **more: str) -> str:
    told = [ANSWER.format(*answer) for answer in answers]
    shuffle = "<shuffleanswers>1</shuffleanswers>"
    return question("multichoice", f"<single>{single}</single>{shuffle}", *told, **more)


GOOD = (100, "EC2", "Yes"), (0, "S3", "No")


def test_it_works() -> None:
    (found,) = read("moodle_xml", quiz(choice(*GOOD, extra="<idnumber>lt-9</idnumber>")))
    body = Choice((Option("EC2", "Yes", right=True), Option("S3", "No")))
    assert found.item == Item("lt-9", "Where it runs", body)
    assert (found.line, found.label, said(found)) == (3, "Where it runs", [])


@settings(max_examples=60)
@given(foreign.sheets)
def test_what_goes_out_comes_back(sheet: Sheet) -> None:
    found = read_back("moodle_xml", sheet)
    body, partial = sheet.item.body, sheet.item.settings.partial
    if isinstance(body, Choice):
        wrong = [option for option in body.options if not option.right]
        partial = partial if len(sheet.item.key()) > 1 and wrong else None
    elif isinstance(body, Matching):
        partial = True  # which is what Moodle does
        body = replace(body, pairs=tuple((left, plain_of(right)) for left, right in body.pairs))
    assert found.item == replace(foreign.carried(sheet, partial=partial), body=body)
    assert (found.topic, found.tags, found.difficulty) == (sheet.topic, sheet.tags, sheet.difficulty)
    assert (found.case and (found.case.id, found.case.title, found.case.text)) == (
        sheet.case and (sheet.case.id, plain_of(sheet.case.title), sheet.case.text)
    )


def plain_of(words: str) -> str:
    """Return what Moodle keeps where it has no markup: plain words."""
    return from_plain(to_plain(words))


def test_every_kind_and_what_goes_with_it() -> None:
    file = quiz(
        "<question type='category'><category><text>$course$/top/Course/EFS</text></category></question>",
        question("truefalse", ANSWER.format(0, "true", "No"), ANSWER.format(100, "false", "Yes")),
        question(
            "matching",
            "<subquestion format='html'><text>cat</text><answer><text>mat</text></answer></subquestion>",
            "<subquestion format='html'><text>dog</text><answer><text>log *</text></answer></subquestion>",
            "<subquestion format='html'><text></text><answer><text>sea</text></answer></subquestion>",
        ),
        question(
            "ordering",
            "<selecttype>ALL</selecttype><gradingtype>ALL_OR_NOTHING</gradingtype>",
            *(f"<answer fraction='{n}'><text>{n}</text></answer>" for n in (1, 2, 3)),
        ),
        question("multichoiceset", ANSWER.format(100, "a", ""), ANSWER.format(100, "b", ""), ANSWER.format(0, "c", "")),
    )
    truth, matching, ordering, several = read("moodle_xml", file)
    assert [found.topic for found in (truth, several)] == ["Course/EFS", "Course/EFS"]
    assert truth.item
    assert truth.item.body == Choice((Option("True", "No"), Option("False", "Yes", right=True)))
    assert truth.item.settings.shuffle is False
    pairs = (("cat", "mat"), ("dog", "log \\*"), ("", "sea"))
    assert matching.item
    assert matching.item.body == Matching(("Item", "Match"), pairs)
    assert ordering.item
    assert ordering.item.body == Ordering((Step("1"), Step("2"), Step("3")))
    assert several.item
    assert several.item.key() == (0, 1)


SHOP = question("description", text="<p>A shop.</p>", extra="<idnumber>case-shop</idnumber>")
CATEGORY = "<question type='category'><category><text>other</text></category></question>"


def tagged(text: str, *tags: str) -> str:
    told = "".join(f"<tag><text>{tag}</text></tag>" for tag in tags)
    return text.replace("</question>", f"<tags>{told}</tags></question>")


def test_a_description_is_the_case_of_what_follows() -> None:
    first = question("truefalse", ANSWER.format(0, "true", ""), ANSWER.format(100, "false", ""))
    before, after, other, lone = read("moodle_xml", quiz(first, SHOP, choice(*GOOD), CATEGORY, choice(*GOOD), SHOP))
    assert after.case == Case("Where it runs", "case-shop", "A shop.")
    assert before.case is other.case is None
    assert lone.item is None
    assert "stands before no question" in said(lone)[0]


def test_a_description_in_a_file_sorted_by_kind_is_the_case_of_nothing() -> None:
    described, first, second = read("moodle_xml", quiz(CATEGORY, SHOP, choice(*GOOD), choice(*GOOD)))
    assert "Questions of the kind “description” cannot be taken over" in said(described)[0]
    assert (described.topic, first.case, second.case) == ("other", None, None)


def test_a_tag_says_whose_case_a_description_is() -> None:
    shop, bank = (tagged(SHOP.replace("shop", name), f"case:case-{name}") for name in ("shop", "bank"))
    of_bank, free = (tagged(choice(*GOOD), "easy", tag) for tag in ("case:case-bank", "case:mine"))
    first, second, third, lone = read("moodle_xml", quiz(bank, shop, of_bank, free, of_bank))
    assert [one.case and one.case.id for one in (first, second, third)] == ["case-bank", None, "case-bank"]
    assert (first.tags, second.tags) == (("easy",), ("easy", "case:mine"))
    assert "stands before no question" in said(lone)[0]


def test_the_tag_of_a_case_counts_in_its_category() -> None:
    words = (tagged(SHOP.replace("A shop", name), "case:x") for name in ("One", "Two"))
    asks = tagged(choice(*GOOD), "case:x")
    one, other = read("moodle_xml", quiz(next(words), asks, CATEGORY, asks, next(words)))
    assert [found.case and found.case.text for found in (one, other)] == ["One.", "Two."]


def test_what_moodle_sorts_by_kind_keeps_its_cases() -> None:
    one, two = (Case(name, f"case-{name}", name) for name in ("one", "two"))
    body = Choice((Option("a", right=True), Option("b")))
    sheets = [Sheet(Item("x-1", "Q", body), one), Sheet(Item("x-2", "Q", body), two), Sheet(Item("x-3", "Q", body))]
    root = ElementTree.fromstring(FORMATS["moodle_xml"].write(sheets, EN).data)  # noqa: S314  # our own
    root[1:] = sorted(root[1:], key=lambda node: node.attrib["type"])
    found = {one.item.id: one.case for one in read("moodle_xml", ElementTree.tostring(root)) if one.item}
    assert found == {"x-1": one, "x-2": two, "x-3": None}


def test_a_legacy_answer_outside_of_text_is_read() -> None:
    (found,) = read("moodle_xml", quiz(choice(*GOOD).replace("<text>EC2</text>", "EC2")))
    assert found.item
    assert found.item.told()[0].text == "EC2"


FRACTIONS = [
    ((50, 50, -100), "false", (0, 1), None, []),
    ((50, 50, -50), "false", (0, 1), True, []),
    ((33.33333, 33.33333, 33.33333, -33.33333), "false", (0, 1, 2), True, []),
    ((100, -100), "false", (0,), None, []),
    ((50, 50), "false", (0, 1), None, []),
    ((50, 50, 0, 0), "false", (0, 1), True, ["Not taken over: marks of single options (fractions)."]),
    ((50, 50, -100, -50), "false", (0, 1), True, ["Not taken over: marks of single options (fractions)."]),
    ((70, 30, 0), "false", (0, 1), True, ["Not taken over: marks of single options (fractions)."]),
    ((70, 30, -100), "false", (0, 1), None, ["Not taken over: marks of single options (fractions)."]),
    ((100, 0), "false", (0,), None, []),
    ((100, 50, 0), "true", (0,), None, ["Not taken over: marks of single options (fractions)."]),
    ((100, -25), "true", (0,), None, ["Not taken over: marks of single options (fractions)."]),
]


@pytest.mark.parametrize(("fractions", "single", "right", "partial", "lost"), FRACTIONS)
def test_fractions_become_a_key(
    fractions: tuple[float, ...], single: str, right: tuple[int, ...], partial: bool | None, lost: list[str]
) -> None:
    answers = [(value, f"o{n}", "") for n, value in enumerate(fractions)]
    (found,) = read("moodle_xml", quiz(choice(*answers, single=single)))
    assert found.item
    assert (found.item.key(), found.item.settings.partial, said(found)) == (right, partial, lost)


BAD = [
    (choice((100, "a", ""), (100, "b", "")), "Several options earn everything"),
    (choice((0, "a", ""), (0, "b", "")), "No option is right"),
    (choice((1e9, "a", ""), (0, "b", "")), "Expected a fraction from -100 to 100, found “1000000000.0”."),
    (choice(("NaN", "a", ""), (0, "b", "")), "Expected a fraction"),
    (choice(("1e-999999999", "a", ""), (0, "b", "")), "No option is right"),
    (choice((100, "", ""), (0, "b", "")), "Expected the text of the option"),
    (choice((100, "a", "")), "Expected at least two options."),
    (choice((100, "a", ""), *((0, str(n), "") for n in range(9))), "Expected at most 9 options."),
    (question("matching"), "Expected at least two rows"),
    (question("ordering"), "Expected options (`- [x] …`), steps (`1. …`)"),
    (question("truefalse", ANSWER.format(100, "true", "")), "Expected “true” and “false”"),
    (question("shortanswer"), "Questions of the kind “short answer” cannot be taken over"),
    (question("cloze"), "cloze (embedded answers)"),
    (question("ddwtos"), "drag and drop into text"),
    (question("coderunner"), "Questions of the kind “coderunner” cannot be taken over"),
    (question(""), "cannot be taken over"),
    ("<answer/>", "Expected <question>, found <answer>."),
]


@pytest.mark.parametrize(("bad", "why"), BAD, ids=[why[:30] for _, why in BAD])
def test_what_cannot_be_a_question_is_named_with_its_line(bad: str, why: str) -> None:
    good, found = read("moodle_xml", quiz(choice(*GOOD), bad))
    assert good.item
    assert found.item is None
    assert found.line == 4
    assert why in " ".join(said(found))


LOST = [
    ("<file name='a.png' encoding='base64'>" + "A" * 1000 + "</file>", "a file (a.png)"),
    ("<file name='a.png' encoding='base64'>%%%</file>", "a file (a.png)"),
]


@pytest.mark.parametrize(("file", "lost"), LOST)
def test_files_are_named_and_not_kept(file: str, lost: str) -> None:
    text = choice(*GOOD).replace("</questiontext>", f"{file}</questiontext>")
    (found,) = read("moodle_xml", quiz(text))
    assert found.item
    assert said(found) == [f"Not taken over: {lost}."]


def test_settings_without_a_place_are_named() -> None:
    extra = (
        "<penalty>0.5</penalty><hidden>1</hidden><defaultgrade>2.5</defaultgrade><mystery>1</mystery>"
        "<correctfeedback><text>Well done!</text></correctfeedback>"
        "<hint><text>Think</text><clearwrong/></hint><hint><text>again</text></hint>"
    )
    (found,) = read("moodle_xml", quiz(choice(*GOOD, extra=extra)))
    assert found.item
    assert found.item.hint == "Think\n\nagain"
    assert set(said(found)) == {
        "Not taken over: a setting (mystery).",
        "Not taken over: words for right, partly right and wrong answers.",
        "Not taken over: settings of hints.",
        "Not taken over: the penalty for further tries (0.5).",
        "Not taken over: that it is hidden.",
        "Not taken over: points (2.5).",
    }


def test_html_in_titles_and_texts_is_words() -> None:
    text = "<![CDATA[<p>Is <b>this</b> <script>alert(1)</script>it?</p><img src=x onerror=y>]]>"
    (found,) = read("moodle_xml", quiz(choice(*GOOD, text=text)))
    assert found.item
    assert found.item.stem == "Is **this** it?"
    assert "Not taken over: picture." in said(found)


def test_a_text_twice_is_said() -> None:
    text = choice(*GOOD).replace("<text>EC2</text>", "<text>EC2</text><text>ECS</text>")
    (found,) = read("moodle_xml", quiz(text))
    assert found.item
    assert found.item.told()[0].text == "EC2"
    assert said(found) == ["<text> stands twice; only the first is read."]


def test_lists_and_tables_in_a_question_are_no_answers() -> None:
    text = "<![CDATA[<p>Look:</p><ol><li>one</li><li>two</li></ol><p>Key:: value</p>]]>"
    (found,) = read("moodle_xml", quiz(choice(*GOOD, text=text)))
    assert found.item
    assert found.item.stem == "Look:"
    assert "one" in found.item.text
    assert isinstance(found.item.body, Choice)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("<html/>", "1: Expected <quiz> as the first element"),
        ("<quiz xmlns='urn:x'/>", "1: Expected <quiz>"),
        ("<quiz/>", "1: There is no question in this file."),
        ("", "1: This is no well-formed XML"),
    ],
)
def test_another_file_is_refused(data: str, why: str) -> None:
    assert refused("moodle_xml", data).startswith(why)


def test_what_stays_behind_is_named() -> None:
    several = Choice((Option("a", right=True), Option("b", right=True), Option("c")))
    table = Matching(("left", "right"), (("a", "**b**"), ("c", "d")))
    cited = Item("x-1", "Q", several, explain="See [[efs#^efs-multi-az]].", settings=Settings(pilot=True))
    written = FORMATS["moodle_xml"].write(
        [Sheet(cited), Sheet(Item("x-2", "Q", table)), Sheet(Item("x-3", "Q", Ordering((Step("a"), Step("b")))))], EN
    )
    assert losses(written) == {
        "links to statements",
        "pilot",
        "all-or-nothing marking: Moodle gives part marks here",
        "heads of the columns",
        "bold, code and the like in what is matched",
        "ordering, in a Moodle without that kind (core since 4.4, a plugin before)",
    }


def test_one_right_of_several_boxes_stays_boxes() -> None:
    item = Item("x-1", "Q", Choice((Option("a", right=True), Option("b")), choose=1))
    assert read_back("moodle_xml", Sheet(item)).item == item


def test_code_and_lists_keep_their_indentation() -> None:
    linked = "- one\n  - two  [[efs#^x]] here\n\n```\nif a:\n    b  = 1  # [[efs#^x|c]]\n```\n\nSee [[efs#^x]]."
    assert unlinked(linked) == "- one\n  - two here\n\n```\nif a:\n    b  = 1  # c\n```\n\nSee ."
    assert unlinked("[[efs#^efs-multi-az]]") == unlinked(" \n  [[efs#^x]] \n") == ""
    found = read_back("moodle_xml", Sheet(Item("x-1", "Q", Choice((Option("a", right=True), Option("b"))), linked)))
    assert found.item
    assert "    b  = 1" in found.item.text


def test_korean_words_are_those_of_the_language() -> None:
    file = quiz(question("truefalse", ANSWER.format(0, "true", ""), ANSWER.format(100, "false", "")))
    (found,) = FORMATS["moodle_xml"].read(file.encode(), Options("ko")).questions
    assert found.item
    assert [step.text for step in found.item.told()] == ["참", "거짓"]


def test_markdown_of_moodle_stays_markdown() -> None:
    text = "<text>## A head\n\n- one\n- two</text>"
    describe = question("description").replace(
        "<questiontext format='html'><text>Where it runs</text>", f"<questiontext format='markdown'>{text}"
    )
    describe = tagged(describe, "case:x")
    (found,) = read("moodle_xml", quiz(describe, tagged(choice(*GOOD), "case:x")))
    assert found.case
    assert found.case.text == " ## A head\n\n- one\n- two"
    assert found.item
