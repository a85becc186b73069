"""QTI 1.2 as Canvas writes it, and what it has that is not taken over."""

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


def test_matching_is_a_row_a_response() -> None:
    rows = [
        asks(*TWO, label("3", "c"), name=f"r{n}", above=f"<material><mattext>row {n}</mattext></material>")
        for n in (1, 2)
    ]
    (found,) = read("qti", quiz(item("".join(rows), earns(equal("2", "r1"), "50"), earns(equal("1", "r2"), "50"))))
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
