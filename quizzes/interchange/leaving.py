"""What writers of foreign formats share: words as bare HTML, and what stays behind, by name and question. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import nh3

from learning.catalogue.errors import N_, Problem
from quizzes.interchange.found import Sheet
from quizzes.interchange.words import to_html
from quizzes.marking.item import Item
from quizzes.marking.kinds.matching import Matching

LEFT = N_("^%(id)s: %(what)s.")
CITES = N_("the links to statements")
BEYOND = N_("that it goes beyond the notes, and the day its page was read")
DESIGNS = N_("the designs of its options")
ERRATUM = N_("what an earlier wording had wrong")
PILOT = N_("that it is on trial")
REASONS = N_("the reasons of its steps")
HEADS = N_("the heads of its columns")
_TAGS = set(
    "a b blockquote br code del em h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre s strong sub sup".split()  # noqa: SIM905
) | {"table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
_BARE = nh3.Cleaner(tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None)


@dataclass(slots=True)
class Left:
    """What one format could not carry, as it is found."""

    problems: list[Problem] = field(default_factory=list)

    def behind(self, item: Item, *names: str) -> None:
        """Note that `names` (English msgids) of `item` stay behind."""
        for what in names:
            self.problems.append(Problem("", 0, LEFT, {"id": item.id, "what": what}, "warning"))


def bare(text: str) -> str:
    """Return Markdown as HTML that any program shows: no classes, no ids, no links to statements."""
    return _BARE.clean(to_html(text)).strip()


def never_carried(sheet: Sheet, carried: Collection[str] = ()) -> Iterator[str]:
    """Yield what only our own format has and this question says; what `carried` names has a place after all."""
    item, settings = sheet.item, sheet.item.settings
    said = {
        CITES: bool(item.cites()),
        BEYOND: settings.beyond is not None,
        DESIGNS: settings.scenario is not None,
        ERRATUM: settings.erratum is not None,
        PILOT: bool(settings.pilot),
        HEADS: isinstance(item.body, Matching),
    }
    return (what for what, is_said in said.items() if is_said and what not in carried)
