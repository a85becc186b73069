"""An item as a learner meets it: open without a secret, marked with every reason, each kind in its own shape."""

from dataclasses import fields
from typing import Any

import pytest

from quizzes.marking.bank import read
from quizzes.marking.cards import OpenCard, OpenOption, OpenRow, Source, Words, marked_card, open_card
from quizzes.marking.item import cites
from quizzes.marking.mark import public_view
from quizzes.marking.rendering import public_json, reasons

HEAD = "---\ntype: quiz\nid: x\nlang: en\n---\n\n"
CHOICE = """\
### Which? ^x-001
- [x] Right
  > Canary yes. [[t#^s-one]]
- [ ] Wrong
  > Canary no. [[t#^s-two]]
"""
ORDERING = """\
### Order? ^x-002
1. One
  > Canary one. [[t#^s-one]]
2. Two
  > Canary two. [[t#^s-two]]
3. Three
  > Canary three. [[t#^s-one]]
"""
MATCHING = """\
### Match? ^x-003
| what | where |
|---|---|
| cat | mat |
| dog | log |
|  | sea |

> [!explain]
> Canary all. [[t#^s-one]]
"""
TOKENS = ["t0", "t1", "t2"]
SOURCES = {"s-one": Source("One is so.", "/one"), "s-two": Source("Two is so.", "/two")}


def stored(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the public and the secret part of a question as they are stored."""
    reading = read(HEAD + text)
    assert reading.problems == ()
    (item,) = reading.bank.items()
    secret = {
        "key": list(item.key()),
        "cites": [list(step.cites) for step in item.told()],
        "explain_cites": list(cites(item.explain)),
        "reasons": {"en": reasons(item, "en")},
    }
    return public_json(public_view(item), "en"), secret


def at(public: dict[str, Any], *texts: str) -> list[int]:
    return [public["body"]["pieces"].index(text) if text else -1 for text in texts]


@pytest.mark.parametrize("text", [CHOICE, ORDERING, MATCHING])
def test_an_open_card_knows_no_secret(text: str) -> None:
    public, secret = stored(text)
    card = open_card(public, range(len(public["body"]["pieces"])), TOKENS, secret["key"])
    assert "anary" not in repr(card)
    for one in (OpenCard, OpenOption, OpenRow, Words):
        names = {field.name for field in fields(one)}
        assert not names & {"key", "right", "right_place", "wanted", "reason", "sources", "explain", "weight", "points"}


def test_options_stand_as_shuffled_with_what_was_chosen_and_struck_out() -> None:
    public, _ = stored(CHOICE)
    card = open_card(public, [1, 0], TOKENS, [0], struck=[1])
    assert [(o.letter, o.text, o.chosen, o.struck, o.place) for o in card.options] == [
        ("A", "Wrong", False, True, None),
        ("B", "Right", True, False, None),
    ]


def test_steps_stand_as_the_learner_put_them() -> None:
    public, _ = stored(ORDERING)
    response = at(public, "Three", "One")
    card = open_card(public, [0, 1, 2], TOKENS, response)
    assert [(o.text, o.place) for o in card.options] == [("Three", 1), ("One", 2), ("Two", None)]
    assert {o.token for o in card.options} == set(TOKENS)
    untouched = open_card(public, [2, 0, 1], TOKENS, None)
    assert [o.text for o in untouched.options] == [public["body"]["pieces"][p] for p in (2, 0, 1)]
    assert [o.letter for o in untouched.options] == ["A", "B", "C"]


def test_rows_tell_the_cell_given() -> None:
    public, _ = stored(MATCHING)
    log = at(public, "log")[0]
    card = open_card(public, [0, 1, 2], TOKENS, [-1, log])
    assert [(r.number, r.text, r.token) for r in card.rows] == [(1, "cat", ""), (2, "dog", TOKENS[log])]
    assert card.words.heads == ("what", "where")
    assert [r.token for r in open_card(public, [0, 1, 2], TOKENS, None).rows] == ["", ""]


def test_a_marked_choice_says_why_for_every_option() -> None:
    public, secret = stored(CHOICE)
    card = marked_card(public, secret, "en", [1, 0], [1], SOURCES)
    assert [(o.text, o.chosen, o.right, o.reason, o.sources) for o in card.options] == [
        ("Wrong", True, False, "Canary no.", (SOURCES["s-two"],)),
        ("Right", False, True, "Canary yes.", (SOURCES["s-one"],)),
    ]


def test_a_marked_ordering_tells_both_places() -> None:
    public, secret = stored(ORDERING)
    card = marked_card(public, secret, "en", [0, 1, 2], at(public, "One", "Three", "Two"), SOURCES)
    found = {o.text: (o.place, o.right_place, o.right) for o in card.options}
    assert found == {"One": (1, 1, True), "Two": (3, 2, False), "Three": (2, 3, False)}
    blank = marked_card(public, secret, "en", [0, 1, 2], None, SOURCES)
    assert {o.place for o in blank.options} == {None}


def test_a_marked_matching_tells_what_was_wanted() -> None:
    public, secret = stored(MATCHING)
    card = marked_card(public, secret, "en", [0, 1, 2], at(public, "mat", "sea"), SOURCES)
    assert [(r.text, r.given, r.wanted, r.right) for r in card.rows] == [
        ("cat", "mat", "mat", True),
        ("dog", "sea", "log", False),
    ]
    assert card.sources == (SOURCES["s-one"],)
    assert [r.given for r in marked_card(public, secret, "en", [0, 1, 2], None, SOURCES).rows] == ["", ""]


def test_a_question_stored_before_there_were_kinds_is_a_choice() -> None:
    public, secret = stored(CHOICE)
    del public["kind"], secret["explain_cites"]
    assert open_card(public, [0, 1], TOKENS, [0]).words.kind == "choice"
    assert marked_card(public, secret, "en", [0, 1], [0], SOURCES).sources == ()
