"""QTI 2.1 both ways: items, packages, and what is no such thing."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings

from quizzes.interchange.formats import FORMATS
from quizzes.interchange.found import Sheet
from quizzes.interchange.qti_out import SPACE
from quizzes.interchange.xml_tree import parse
from quizzes.marking.item import Item, Option, Step
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from tests.quizzes.interchange import foreign
from tests.quizzes.interchange.foreign import EN, losses, read, read_back, refused, said, zipped

RULE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"
MATCH, MAP = "match_correct", "map_response"


def item(
    interaction: str,
    right: tuple[str, ...] = ("A",),
    *,
    cardinality: str = "single",
    mapping: str = "",
    template: str = MATCH,
    body: str = "",
    after: str = "",
) -> str:
    values = "".join(f"<value>{value}</value>" for value in right)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="{SPACE}" identifier="q-1" title="Trees" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">
<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>
<itemBody>{body}{interaction}</itemBody>
<responseProcessing template="{RULE.format(template)}"/>{after}</assessmentItem>"""


def choices(*told: str, most: int = 1, prompt: str = "Which is a tree?", tag: str = "choiceInteraction") -> str:
    inner = "".join(f'<simpleChoice identifier="{letter}">{words}</simpleChoice>'
                    for letter, words in zip("ABCDEFGHIJ", told, strict=False))  # fmt: skip
    limit = f' maxChoices="{most}"' if tag == "choiceInteraction" else ""
    return f'<{tag} responseIdentifier="RESPONSE" shuffle="true"{limit}><prompt>{prompt}</prompt>{inner}</{tag}>'


def test_it_works() -> None:
    (found,) = read("qti", item(choices("Oak", "Rose"), body="<p>Look <b>well</b>.</p>"))
    assert found.item
    assert found.item.body == Choice((Option("Oak", right=True), Option("Rose")))
    assert (found.item.id, found.item.stem, found.item.text) == ("q-1", "Look **well**.", "Which is a tree?")
    assert (found.label, said(found)) == ("Trees", [])


@settings(max_examples=60)
@given(foreign.sheets)
def test_what_goes_out_comes_back(sheet: Sheet) -> None:
    found = read_back("qti", sheet)
    body, partial = sheet.item.body, sheet.item.settings.partial
    if isinstance(body, Ordering) or (
        isinstance(body, Choice) and (not body.multiple or all(option.right for option in body.options))
    ):
        partial = None
    assert found.item == replace(foreign.carried(sheet, partial=partial), body=body, hint="")
    assert (found.topic, found.tags, found.difficulty) == (sheet.topic, sheet.tags, sheet.difficulty)
    assert found.language == "en"
    assert (found.case and (found.case.id, found.case.title, found.case.text)) == (
        sheet.case and (sheet.case.id, sheet.case.title, sheet.case.text)
    )


def test_several_right_ones_and_their_reasons() -> None:
    told = (
        "Oak<feedbackInline outcomeIdentifier='F' identifier='A' showHide='show'>Hard</feedbackInline>",
        "Fir",
        "Rose",
    )
    modal = '<modalFeedback outcomeIdentifier="F" identifier="C" showHide="show"><p>A shrub</p></modalFeedback>'
    (found,) = read("qti", item(choices(*told, most=0), ("A", "B"), cardinality="multiple", after=modal))
    assert found.item
    assert found.item.body == Choice(
        (Option("Oak", "Hard", right=True), Option("Fir", right=True), Option("Rose", "A shrub"))
    )


MAPPINGS = [
    ('defaultValue="-1"', (("A", 1), ("B", 1)), True, []),
    ('defaultValue="0"', (("A", 1), ("B", 1)), None, ["marks of single options (fractions)"]),
    ('defaultValue="-2"', (("A", 1), ("B", 1), ("C", -1)), None, ["marks of single options (fractions)"]),
]


@pytest.mark.parametrize(("default", "entries", "partial", "lost"), MAPPINGS)
def test_a_mapping_is_marks_in_parts_or_a_loss(
    default: str, entries: tuple[tuple[str, int], ...], partial: bool | None, lost: list[str]
) -> None:
    mapped = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in entries)
    mapping = f'<mapping lowerBound="0" {default}>{mapped}</mapping>'
    told = choices("Oak", "Fir", "Rose", "Ivy", most=0)
    (found,) = read("qti", item(told, ("A", "B"), cardinality="multiple", mapping=mapping, template=MAP))
    assert found.item
    assert found.item.settings.partial is partial
    assert [problem.params["what"] for problem in found.losses] == lost


def test_order_and_match() -> None:
    order = choices("one", "two", "three", tag="orderInteraction", prompt="Count")
    sets = (
        '<simpleMatchSet><simpleAssociableChoice identifier="r1" matchMax="1">cat</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="r2" matchMax="1">dog</simpleAssociableChoice></simpleMatchSet>'
        '<simpleMatchSet><simpleAssociableChoice identifier="c1" matchMax="0">mat</simpleAssociableChoice>'
        '<simpleAssociableChoice identifier="c2" matchMax="0">sea</simpleAssociableChoice></simpleMatchSet>'
    )
    match = f'<matchInteraction responseIdentifier="RESPONSE"><prompt>Where</prompt>{sets}</matchInteraction>'
    (ordered,) = read("qti", item(order, ("B", "A", "C"), cardinality="ordered"))
    (matched,) = read("qti", item(match, ("r1 c1", "r2 c1"), cardinality="multiple"))
    assert ordered.item
    assert ordered.item.body == Ordering((Step("two"), Step("one"), Step("three")))
    assert matched.item
    assert matched.item.body == Matching(("Item", "Match"), (("cat", "mat"), ("dog", "mat"), ("", "sea")))


BAD = [
    (item('<textEntryInteraction responseIdentifier="RESPONSE"/>'), "textEntryInteraction"),
    (item('<hotspotInteraction responseIdentifier="RESPONSE"/>'), "hotspotInteraction"),
    (item(""), "cannot be taken over"),
    (item(choices("a", "b") * 2), "Several interactions"),
    (item(choices("a", "b"), ("Z",)), "What is right names “Z”"),
    (item(choices("a", "b"), ()), "does not say what is right"),
    (item(choices("a", "b"), ("A", "B")), "Several options are right"),
    (item(choices("a")), "Expected at least two options"),
    (item(choices("a", "b", tag="orderInteraction"), ("A",)), "does not name each step once"),
    (item(choices("a", "b")).replace(SPACE, "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"), "QTI 3"),
    (item(choices("a", "b")).replace(SPACE, "urn:else"), "Expected <assessmentItem>"),
    ("<assessmentTest/>", "A test (<assessmentTest>) is not taken over"),
    ("<html/>", "Expected <assessmentItem>, found <html>."),
]


@pytest.mark.parametrize(("data", "why"), BAD, ids=[why[:25] for _, why in BAD])
def test_what_cannot_be_a_question_is_named(data: str, why: str) -> None:
    (found,) = read("qti", data)
    assert found.item is None
    assert why in " ".join(said(found))


def test_what_has_no_place_is_named() -> None:
    body = '<rubricBlock view="scorer"><p>x</p></rubricBlock><p>See <img src="../../etc/passwd" alt="a map"/></p>'
    body += '<include href="http://example.com/x"/><object data="http://example.com/y"/>'
    modal = '<modalFeedback outcomeIdentifier="F" identifier="correct" showHide="show">Good</modalFeedback>'
    (found,) = read("qti", item(choices("a", "b"), body=body, after=modal))
    assert found.item
    assert found.item.stem == "See (a map)"
    assert {str(problem.params["what"]) for problem in found.losses} >= {
        "picture",
        "a setting",
        "a file",
        "feedback of no option",
    }
    assert "passwd" not in str(found.item)


# --- packages


def manifest(*resources: str) -> str:
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{"".join(resources)}</resources></manifest>'


def resource(href: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    return f'<resource type="{kind}" href="{href}"><file href="{href}"/></resource>'


def test_a_package_is_read_by_its_manifest() -> None:
    good = item(choices("a", "b"))
    data = zipped(
        {"x/imsmanifest.xml": manifest(resource("one.xml"), resource("b.png", "webcontent")), "x/one.xml": good,
         "x/not-listed.xml": good}
    )  # fmt: skip
    assert len(read("qti", data)) == 1
    assert len(read("qti", zipped({"one.xml": good, "two.xml": good}))) == 2


@pytest.mark.parametrize("href", ["a/%EB%AC%B8%20one.xml", "a/문 one.xml", "a\\문%20one.xml"])
def test_a_manifest_names_files_as_addresses_or_as_windows_does(href: str) -> None:
    good = item(choices("a", "b"))
    (found,) = read("qti", zipped({"imsmanifest.xml": manifest(resource(href)), "a/문 one.xml": good}))
    assert found.item
    (found,) = read("qti", zipped({"imsmanifest.xml": manifest(resource("a%20b.xml")), "a%20b.xml": good}))
    assert found.item


def test_what_a_mac_adds_is_no_item() -> None:
    good = item(choices("a", "b"))
    (found,) = read("qti", zipped({"one.xml": good, "__MACOSX/._one.xml": "\0", "a/._one.xml": "\0"}))
    assert found.item


@pytest.mark.parametrize(
    "href", ["../one.xml", "%2e%2e/one.xml", "..\\one.xml", "http://example.com/one.xml", "/etc/passwd", "none.xml", ""]
)
def test_a_manifest_leads_nowhere_else(href: str) -> None:
    data = zipped({"imsmanifest.xml": manifest(resource(href)), "one.xml": item(choices("a", "b"))})
    assert "which is not in the archive" in refused("qti", data)


def test_one_broken_item_does_not_cost_the_others() -> None:
    good = item(choices("a", "b"))
    first, second = read("qti", zipped({"one.xml": "<broken", "two.xml": good}))
    assert first.item is None
    assert (first.label, "well-formed" in said(first)[0]) == ("one.xml", True)
    assert second.item


def test_an_empty_package_is_refused() -> None:
    assert "There is no question" in refused("qti", zipped({"readme.txt": "hello"}))


def test_the_package_is_well_formed_and_whole() -> None:
    written = FORMATS["qti"].write([Sheet(replace(HINTED, id="x-1")), Sheet(replace(HINTED, id="x-2"))], EN)
    with zipfile.ZipFile(io.BytesIO(written.data)) as archive:
        names = archive.namelist()
        trees = {name: parse(archive.read(name)) for name in names}
    hrefs = [node.attributes["href"] for node in trees["imsmanifest.xml"].every("resource")]
    assert sorted(hrefs) == sorted(names[1:]) == ["items/x-1.xml", "items/x-2.xml"]
    assert {tree.space for name, tree in trees.items() if name != "imsmanifest.xml"} == {SPACE}
    assert losses(written) == {"hint", "words struck out, underlined or marked"}


HINTED = Item("x", "A ~~gone~~ word", Choice((Option("a", right=True), Option("b"))), hint="Look")
