"""QTI 1.2 as Canvas writes it, and what it has that is not taken over."""

import pytest

from tests.quizzes.interchange.foreign import read, said, zipped

SPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"


def label(key: str, words: str) -> str:
    material = f'<material><mattext texttype="text/plain">{words}</mattext></material>'
    return f'<response_label ident="{key}">{material}</response_label>'


def asks(*labels: str, many: str = "Single", name: str = "response1", above: str = "") -> str:
    choices = f"<render_choice>{''.join(labels)}</render_choice>"
    return f'<response_lid ident="{name}" rcardinality="{many}">{above}{choices}</response_lid>'


def item(
    asked: str, *conditions: str, kind: str = "multiple_choice_question", points: str = "1.0", after: str = ""
) -> str:
    fields = {"question_type": kind, "points_possible": points}
    told = "".join(
        f"<qtimetadatafield><fieldlabel>{key}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for key, value in fields.items()
    )
    words = (
        '<material><mattext texttype="text/html">&lt;p&gt;Which &lt;b&gt;one&lt;/b&gt;?&lt;/p&gt;</mattext></material>'
    )
    return (
        f'<item ident="i9" title="Question"><itemmetadata><qtimetadata>{told}</qtimetadata></itemmetadata>'
        f"<presentation>{words}{asked}</presentation><resprocessing>{''.join(conditions)}</resprocessing>{after}</item>"
    )


def earns(inner: str, score: str = "100") -> str:
    return (
        f'<respcondition><conditionvar>{inner}</conditionvar><setvar action="Set" varname="SCORE">{score}</setvar>'
        "</respcondition>"
    )


def equal(key: str, name: str = "response1") -> str:
    return f'<varequal respident="{name}">{key}</varequal>'


def quiz(*items: str) -> str:
    section = f"<section>{''.join(items)}</section>"
    return f'<questestinterop xmlns="{SPACE}"><assessment ident="a">{section}</assessment></questestinterop>'


TWO = label("1", "a &lt;i&gt;"), label("2", "b")


def test_it_works() -> None:
    feedback = (
        '<itemfeedback ident="2_fb"><flow_mat><material><mattext>no</mattext></material></flow_mat></itemfeedback>'
    )
    (found,) = read("qti", quiz(item(asks(*TWO), earns(equal("1")), points="2.0", after=feedback)))
    assert found.item
    assert [(o.text, o.rationale) for o in found.item.told()] == [("a \\<i>", ""), ("b", "no")]
    assert (found.item.stem, found.item.key(), found.item.settings.points) == ("Which **one**?", (0,), 2)
    assert said(found) == []


def test_several_right_ones_in_one_condition_or_added_up() -> None:
    three = (*TWO, label("3", "c"))
    together = earns(f"<and>{equal('1')}<not>{equal('2')}</not>{equal('3')}</and>")
    added = earns(equal("1"), "50"), earns(equal("3"), "50")
    for conditions in ((together,), added):
        (found,) = read("qti", quiz(item(asks(*three, many="Multiple"), *conditions)))
        assert found.item
        assert found.item.key() == (0, 2)


def test_part_marks_are_a_loss() -> None:
    (found,) = read("qti", quiz(item(asks(*TWO), earns(equal("1")), earns(equal("2"), "40"))))
    assert said(found) == ["Not taken over: marks of single options (fractions)."]


FRACTIONS = "Not taken over: marks of single options (fractions)."
FOUR = (*TWO, label("3", "c"), label("4", "d"))


@pytest.mark.parametrize(
    ("scores", "key", "lost"),
    [
        (("33.34", "33.33", "33.33"), (0, 1, 2), []),
        (("60", "40"), (0, 1), [FRACTIONS]),
        (("50", "50", "0", "-50"), (0, 1), [FRACTIONS]),
        (("100", "40"), (0,), [FRACTIONS]),
    ],
)
def test_shares_of_several_add_up_though_they_are_uneven(
    scores: tuple[str, ...], key: tuple[int, ...], lost: list[str]
) -> None:
    conditions = [earns(equal(str(n)), score) for n, score in enumerate(scores, start=1)]
    (found,) = read("qti", quiz(item(asks(*FOUR, many="Multiple"), *conditions)))
    assert found.item
    assert (found.item.key(), said(found)) == (key, lost)


def test_the_most_that_can_be_earned_is_what_the_file_says() -> None:
    most = '<outcomes><decvar varname="SCORE" maxvalue="4"/></outcomes>'
    text = item(asks(*FOUR, many="Multiple"), most, earns(equal("1"), "4"), earns(equal("2"), "1"))
    (found,) = read("qti", quiz(text))
    assert found.item
    assert (found.item.key(), said(found)) == ((0,), [FRACTIONS])


def test_what_is_subtracted_is_not_earned() -> None:
    costs = earns(equal("3"), "50").replace('"Set"', '"Subtract"')
    both = earns(equal("1"), "50"), earns(equal("2"), "50")
    (found,) = read("qti", quiz(item(asks(*FOUR, many="Multiple"), *both, costs)))
    assert found.item
    assert (found.item.key(), said(found)) == ((0, 1), [FRACTIONS])


def rows(*offered: tuple[str, ...]) -> str:
    told = (
        asks(*offer, name=f"r{n}", above=f"<material><mattext>row {n}</mattext></material>")
        for n, offer in enumerate(offered, start=1)
    )
    return "".join(told)


@pytest.mark.parametrize("kind", ["fill_in_multiple_blanks_question", "multiple_dropdowns_question"])
def test_blanks_of_canvas_are_no_matching(kind: str) -> None:
    keys = earns(equal("1", "r1"), "50"), earns(equal("2", "r2"), "50")
    (found,) = read("qti", quiz(item(rows(TWO, TWO), *keys, kind=kind)))
    assert found.item is None
    assert kind in said(found)[0]


def test_responses_of_an_unknown_kind_are_matching_only_when_they_are_alike() -> None:
    keys = earns(equal("1", "r1"), "50"), earns(equal("2", "r2"), "50")
    again = earns(equal("2", "r1"), "50")
    for asked, conditions in ((rows(TWO, FOUR), keys), (rows(TWO, TWO), (*keys, again)), (rows(TWO, TWO), keys[:1])):
        (found,) = read("qti", quiz(item(asked, *conditions, kind="strange")))
        assert found.item is None
        assert "Questions of the kind “strange” cannot be taken over" in said(found)[0]
    (found,) = read("qti", quiz(item(rows(TWO, FOUR), *keys, kind="matching_question")))
    assert found.item


def test_matching_is_a_row_a_response() -> None:
    asked = rows((*TWO, label("3", "c")), (*TWO, label("3", "c")))
    (found,) = read("qti", quiz(item(asked, earns(equal("2", "r1"), "50"), earns(equal("1", "r2"), "50"))))
    assert found.item
    assert found.item.body.lines()[2:] == ["| row 1 | b |", "| row 2 | a \\<i> |", "|  | c |"]


def test_other_kinds_are_named() -> None:
    text = item('<response_str ident="r"><render_fib/></response_str>', kind="essay_question")
    (found,) = read("qti", quiz(text))
    assert found.item is None
    assert "essay_question" in said(found)[0]
    (nothing,) = read("qti", quiz())
    assert "no question" in said(nothing)[0]


def test_a_key_that_is_missing_is_said() -> None:
    (found,) = read("qti", quiz(item(asks(*TWO))))
    assert found.item is None


def test_a_canvas_package_is_read() -> None:
    manifest = (
        '<manifest><resources><resource type="imsqti_xmlv1p2"><file href="a/a.xml"/></resource>'
        '<resource type="associatedcontent/imscc_xmlv1p1" href="a/meta.xml"/></resources></manifest>'
    )
    data = zipped(
        {"imsmanifest.xml": manifest, "a/a.xml": quiz(item(asks(*TWO), earns(equal("1")))), "a/meta.xml": "<x/>"}
    )
    assert [bool(found.item) for found in read("qti", data)] == [True]
