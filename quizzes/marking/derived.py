"""Keys that follow from the builder: an option is right when its design earns full marks in the item's scenario. Pure.

Who can tell is asked through a function; the stored key is only checked, so that a file reads without a builder.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from learning.catalogue.errors import N_, Problem
from quizzes.marking.designs import Design, read_design
from quizzes.marking.item import Bank, Item
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.lines import Report

# Of a scenario's id and designs: whether each earns full marks, or why it cannot be one; None: no such scenario.
type Derive = Callable[[str, Sequence[Design]], Sequence[bool | Problem] | None]

NO_SCENARIO = N_(
    "^%(id)s names the scenario %(scenario)s, which there is not. Write the id that the address of its page ends in."
)
MARKED_WRONG = N_(
    "Option %(number)s of ^%(id)s is marked wrong, but its design earns full marks in %(scenario)s. "
    "Mark it `[x]`, or change the design."
)
MARKED_RIGHT = N_(
    "Option %(number)s of ^%(id)s is marked right, but its design is not right for %(scenario)s. "
    "Mark it `[ ]`, or change the design."
)


def underived(banks: Sequence[Bank], derive: Derive) -> Iterator[Problem]:
    """Yield a problem for each option whose stored mark does not follow from its item's scenario."""
    for bank in banks:
        for item in bank.items():
            body, scenario = item.body, item.settings.scenario
            if scenario and isinstance(body, Choice) and all(option.design for option in body.options):
                designs = [read_design(option.design, 0, Report("")) for option in body.options]
                yield from _judged(bank, item, derive(scenario, designs), [option.right for option in body.options])


def _judged(
    bank: Bank, item: Item, found: Sequence[bool | Problem] | None, stored: Sequence[bool]
) -> Iterator[Problem]:
    here: dict[str, object] = {"id": item.id, "scenario": item.settings.scenario}
    if found is None:
        yield Problem(bank.path, item.line, NO_SCENARIO, here)
        return
    for number, (follows, says) in enumerate(zip(found, stored, strict=True), start=1):
        place = {**here, "number": number}
        if isinstance(follows, Problem):
            yield replace(follows, path=bank.path, line=item.line, params={**follows.params, **place})
        elif follows != says:
            yield Problem(bank.path, item.line, MARKED_WRONG if follows else MARKED_RIGHT, place)
