"""What a class handed in for scenarios given to it: best scores, tries, what is found wrong most often. Reads nothing.

The work comes from whichever activity has it judged by rules (`learning.activities.class_work`), and is counted here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from learning.activities import ClassWork, Finding, Gift, Judged
from learning.models import Assignment, Membership
from quizzes.services.sheets import Rows
from quizzes.statistics.needs import Sign

SEPARATOR = " | "  # between findings in a cell


@dataclass(frozen=True, slots=True)
class Designs:
    """What one learner handed in for one scenario given: the best first shown, all in order of time."""

    tries: Sequence[Judged]

    @property
    def best(self) -> Judged:
        """The one with the highest score, the earliest of several."""
        return max(self.tries, key=lambda one: one.score)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding: in the designs of how many learners it ever was, and in the last designs of how many it still is."""

    finding: Finding
    people: int
    still: int


@dataclass(frozen=True, slots=True)
class DesignResults:
    """All of it: what was given, by assignment and learner what was handed in, and the findings, most frequent first.

    `people`: how many learners handed anything in.
    """

    given: Sequence[tuple[Assignment, Gift]]
    done: Mapping[tuple[int, int], Designs]
    findings: Sequence[FindingLine]
    people: int


def design_results(given: Iterable[Assignment], work: ClassWork) -> DesignResults:
    """Return `work` counted. What was taken back is there only if somebody handed something in for it."""
    done: dict[tuple[int, int], list[Judged]] = {}
    for one in work.judged:
        done.setdefault((one.assignment, one.learner), []).append(one)
    taken = {assignment for assignment, _ in done}
    shown = [(one, work.given[one.pk]) for one in given if one.pk in work.given]
    return DesignResults(
        given=[(one, gift) for one, gift in shown if one.withdrawn_at is None or one.pk in taken],
        done={key: Designs(tries) for key, tries in done.items()},
        findings=_findings(done, work.findings),
        people=len({learner for _, learner in done}),
    )


def _findings(
    done: Mapping[tuple[int, int], Sequence[Judged]], findings: Mapping[str, Finding]
) -> Sequence[FindingLine]:
    ever = Counter(key for _, key in {(learner, key) for (_, learner), tries in done.items() for key in _wrong(tries)})
    last = {(learner, key) for (_, learner), tries in done.items() for key in tries[-1].wrong}
    still = Counter(key for _, key in last)
    lines = {key: FindingLine(findings[key], count, still[key]) for key, count in ever.items()}
    return [lines[key] for key in sorted(lines, key=lambda key: (-lines[key].people, -lines[key].still, key))]


def _wrong(tries: Iterable[Judged]) -> set[str]:
    return {key for one in tries for key in one.wrong}


def by_scenario(judged: Iterable[Judged], given: Iterable[Assignment]) -> list[list[Judged]]:
    """Return each learner's work for each scenario, in order of time; what counts for two things given once."""
    sources = {one.pk: one.source for one in given}
    found: dict[tuple[int, str], dict[str, Judged]] = {}
    for one in judged:
        found.setdefault((one.learner, sources[one.assignment]), {}).setdefault(one.id, one)
    return [list(tries.values()) for tries in found.values()]


def signs_by(tries: Iterable[Judged]) -> Iterator[tuple[datetime, Sign]]:
    """Yield when and what a learner's work for one scenario says of statements.

    What was missed before and is found wrong no longer is put right, also where no rule asks for it any more.
    """
    before: set[str] = set()
    for one in tries:
        known = tuple(sorted({*one.known, *before} - {*one.missed}))
        yield one.at, Sign(one.learner, one.missed, right=False, answer=False)
        yield one.at, Sign(one.learner, known, right=True, answer=False)
        before |= {*one.missed}


def design_rows(name: str, members: Collection[Membership], work: ClassWork) -> Rows:
    """Yield a row a design, see docs/results.md; `name` is that of the class."""
    names = {one.learner_id: one.name for one in members}
    turn: Counter[tuple[int, int]] = Counter()
    for one in work.judged:
        turn[one.assignment, one.learner] += 1
        wrong = SEPARATOR.join(work.findings[key].words for key in one.wrong)
        about = (name, names[one.learner], work.given[one.assignment].label, turn[one.assignment, one.learner])
        yield (*about, one.at, one.score, len(one.wrong), wrong, " ".join(one.missed), one.id)
