"""Notes of other people's types that are multiple choice after all: told by the names of their fields. Pure."""

import re
from collections.abc import Mapping, Sequence

from learning.catalogue.errors import N_
from quizzes.interchange.csv_answer import LETTERS, TWOFOLD, named
from quizzes.interchange.fitting import Noted, stemmed
from quizzes.interchange.formats import Options
from quizzes.interchange.words import one_line
from quizzes.marking.item import Item, Option
from quizzes.marking.kinds.choice import Choice

QUESTION = ("question", "stem", "front", "문제", "질문")
OPTION = re.compile(r"(?:option|choice|answer|q|a|보기|선택지)[ _-]?([a-i]|[1-9])")
KEY = ("answers", "answer", "correct answer", "correct answers", "correct", "key", "정답")
EXPLAIN = ("explanation", "explain", "extra", "extra 1", "comment", "해설", "설명")
HINT = ("hint", "힌트")
KIND = re.compile(r"qtype\b.*")  # of the note type "AllInOne": 0 several true or false, 1 several right, 2 one right
MOST = 9  # options that fields can be numbered as


def as_choice(fields: Mapping[str, str], slug: str, noted: Noted, options: Options) -> Item | None:
    """Return the question in `fields`, None when their names do not say which are options and which is right."""
    named = {" ".join(name.lower().split()): value for name, value in fields.items()}
    options_of = _options(named)
    question, key = _first(named, QUESTION), _first(named, KEY)
    places = [_place(name) for name in options_of]
    if not question or not key or len(places) < 2 or len(set(places)) < len(places):
        return None
    kind = next((value.strip() for name, value in named.items() if KIND.fullmatch(name)), "")
    if kind == "0":
        noted.wrong(N_("Statements that are each true or false (kprim) cannot be taken over."))
        return None
    texts = [one_line(noted.html(value)) for value in options_of.values()]
    right = _right(noted.plain(key), [noted.plain(value) for value in options_of.values()], [*options_of], noted)
    if not any(right):
        if not noted.problems:
            noted.wrong(N_("“%(found)s” names no option."), found=noted.plain(key)[:40])
        return None
    if kind == "2" and sum(right) > 1:
        noted.wrong(N_("Several options are right, but only one can be chosen."))
        return None
    several = kind == "1" and sum(right) == 1
    body = Choice(tuple(Option(text, right=is_right) for text, is_right in zip(texts, right, strict=True)),
                  1 if several else None)  # fmt: skip
    stem, text = stemmed(noted.html(question), "")
    explain, hint = noted.html(_first(named, EXPLAIN)), noted.html(_first(named, HINT))
    _note_rest(fields, options_of, noted)
    return Item(slug, stem, body, text, explain=explain, hint=hint)


def _options(named: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that hold an option, in the order of their numbers."""
    names = [name for name, value in named.items() if OPTION.fullmatch(name) and value.strip()]
    return {name: named[name] for name in sorted(names, key=_place)}


def _first(named: Mapping[str, str], names: Sequence[str]) -> str:
    return next((named[name] for name in names if named.get(name, "").strip()), "")


def _place(name: str) -> int:
    match = OPTION.fullmatch(name)
    said = match[1] if match else "1"
    return int(said) if said.isdigit() else LETTERS.index(said) + 1


def _right(key: str, texts: Sequence[str], names: Sequence[str], noted: Noted) -> list[bool]:
    """Return which options `key` names: "1 0 0 1" one by one, "B", "A, C" or "2" by place, or by its words."""
    words = re.findall(r"[^\s,;/]+", key)
    places = [_place(name) for name in names]
    if set(words) <= {"0", "1"} and len(words) in (len(texts), *range(places[-1], MOST + 1)):
        return _one_by_one(words, places)
    by_number = {name[-1].isdigit() for name in names}
    right = named(key, texts, places, numbered=by_number.pop() if len(by_number) == 1 else None)
    if right is None:
        noted.wrong(TWOFOLD, found=key[:40])
    return [at in (right or ()) for at in range(len(texts))]


def _one_by_one(words: Sequence[str], places: Sequence[int]) -> list[bool]:
    """Return the options that have a "1": of a word for each, or for each field, empty ones too."""
    if len(words) == len(places):
        return [word == "1" for word in words]
    said = {place for place, word in enumerate(words, start=1) if word == "1"}
    return [place in said and said <= set(places) for place in places]


def _note_rest(fields: Mapping[str, str], options_of: Mapping[str, str], noted: Noted) -> None:
    read = {*QUESTION, *KEY, *EXPLAIN, *HINT, *options_of}
    for name, value in fields.items():
        known = " ".join(name.lower().split())
        if value.strip() and known not in read and not KIND.fullmatch(known):
            noted.lost(N_("a field"), name=name)
    if any("[sound:" in value for value in fields.values()):
        noted.lost(N_("sound, film or drawing"))
