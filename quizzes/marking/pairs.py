"""One question in all its languages: items paired by id, and whether they agree. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from learning.catalogue.errors import N_, Problem
from quizzes.marking.item import Bank, Case, Item


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in one language, with the bank it stands in."""

    item: Item
    bank: Bank

    @property
    def case(self) -> Case | None:
        """The case the item belongs to."""
        return self.bank.cases().get(self.item.id)

    @property
    def case_id(self) -> str:
        """The id of the case the item belongs to, or ""."""
        return self.case.id if self.case else ""

    @property
    def topic(self) -> str:
        """The item's topic."""
        return self.bank.topic_of(self.item)

    def alone(self) -> Bank:
        """Return a bank of this one item that says all its file says of it, wherever that file goes."""
        section = next(s for s in self.bank.sections if self.item in s.items)
        return Bank(
            id=self.item.id,
            lang=self.bank.lang,
            topic=self.topic,
            difficulty=self.bank.difficulty_of(self.item),
            sections=(replace(section, items=(self.item,)),),
        )


type Pair = Mapping[str, Entry]  # by language


def pair(banks: Sequence[Bank]) -> dict[str, Pair]:
    """Return every item by its id, in the order of the files, each with the languages it exists in."""
    pairs: dict[str, dict[str, Entry]] = {}
    for bank in banks:
        for item in bank.items():
            pairs.setdefault(item.id, {}).setdefault(bank.lang, Entry(item, bank))
    return dict(pairs)


def twice(banks: Sequence[Bank]) -> Iterator[Problem]:
    """Yield a problem for each id that stands in more than one file of a language."""
    seen: dict[tuple[str, str], str] = {}
    for bank in banks:
        for item in bank.items():
            first = seen.setdefault((bank.lang, item.id), bank.path)
            if first != bank.path:
                message = N_("The id ^%(id)s stands in %(file)s too; an id belongs to one question.")
                yield Problem(bank.path, item.line, message, {"id": item.id, "file": first})


def disagreements(found: Pair, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield where the languages of one question differ in what must be the same, or one is missing."""
    missing = [lang for lang in languages if lang not in found]
    first = next(iter(found.values()))
    if missing:
        message = N_("The question ^%(id)s is missing in: %(languages)s.")
        params = {"id": first.item.id, "languages": ", ".join(missing)}
        yield Problem(first.bank.path, first.item.line, message, params)
    for other in list(found.values())[1:]:
        for what in differences(first, other):
            message = N_("The question ^%(id)s differs from %(file)s in its %(what)s.")
            params = {"id": other.item.id, "file": first.bank.path, "what": what}
            yield Problem(other.bank.path, other.item.line, message, params)


def differences(one: Entry, other: Entry) -> list[str]:
    """Return the names of what differs between two languages of a question."""
    pairs = [
        (N_("kind"), one.item.body.kind, other.item.body.kind),
        (N_("number of options"), _count(one), _count(other)),
        (N_("key"), one.item.key(), other.item.key()),
        (N_("number to choose"), _choose(one), _choose(other)),
        (N_("cited statements"), _cites(one), _cites(other)),
        (N_("settings"), _settings(one), _settings(other)),
        (N_("designs"), _designs(one), _designs(other)),
        (N_("topic"), one.topic, other.topic),
        (N_("difficulty"), one.bank.difficulty_of(one.item), other.bank.difficulty_of(other.item)),
        (N_("case"), one.case and one.case.id, other.case and other.case.id),
    ]
    return [name for name, mine, theirs in pairs if mine != theirs][:1] or []


def _count(entry: Entry) -> int:
    return len(entry.item.body.public_view(entry.item.id).pieces)


def _settings(entry: Entry) -> tuple[object, ...]:
    """Return the settings; of an erratum the day, its words are of a language."""
    settings = entry.item.settings
    return replace(settings, erratum=None), settings.erratum and settings.erratum.day


def _designs(entry: Entry) -> list[str]:
    return [" ".join(getattr(option, "design", "").split()) for option in entry.item.told()]


def _choose(entry: Entry) -> object:
    return getattr(entry.item.body, "choose", None)


def _cites(entry: Entry) -> list[set[str]]:
    return [set(step.cites) for step in entry.item.told()]
