"""Whether the measures keep what they say: learners whose abilities are known answer, are measured and sit an exam.

`python -m bench.simulation` prints the tables and draws var/simulation.svg. The same seed gives the same figures.
Who they are: `assumed`: every ability in every topic is as likely as another, which is what the measures assume of a
stranger. `related`: most people know a good half, and who knows one topic tends to know the others. `learning`: as
`related`, but they get better for eight weeks while the evidence gathers, and nobody tells the measures.
"""

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from statistics import fmean

from bench.chart import Chart, Dot
from learning.mastery import Form, Seen, brier, of_statements, of_topics, readiness
from learning.mastery.placing import MOST, begin_with, placed, widest
from learning.mastery.readiness import Shape, questions, scaled
from learning.mastery.rules import DAY

LEARNERS, SEED = 1000, 2026
WEIGHTS = {"launch-types": 30, "iam-roles": 30, "load-balancers": 20, "efs": 20}
FORM = Form(20, WEIGHTS, 720)
STATEMENTS = 4  # of each topic
BANK = 60  # questions of each topic
SPREAD = 0.8  # of difficulty, in logits
NOW = 20_000 * DAY


@dataclass(frozen=True)
class Question:
    """A question: what it is about, and how much easier than others it is, in logits."""

    name: str
    topic: str
    statement: str
    ease: float


@dataclass(frozen=True)
class Person:
    """A learner: for each topic how well it is known, in logits, today and `weeks` ago by `gain` a week less."""

    knows: Mapping[str, float]
    gain: float = 0.0

    def chance(self, question: Question, weeks: float = 0.0) -> float:
        """Return the probability that they answer `question` rightly."""
        return 1 / (1 + math.exp(-(self.knows[question.topic] + question.ease - self.gain * weeks)))


@dataclass
class Found:
    """What came out for one kind of learners: how often ranges held, in percent, and how well passing was foretold."""

    statements: list[bool] = field(default_factory=list)
    topics: list[bool] = field(default_factory=list)
    scores: list[bool] = field(default_factory=list)
    foretold: list[tuple[float, bool]] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    settled: list[bool] = field(default_factory=list)
    begun: list[float] = field(default_factory=list)
    fixed: list[float] = field(default_factory=list)


def bank(chance: Random) -> list[Question]:
    """Return the questions of a course; those of one statement differ in difficulty as those of another do."""
    return [
        Question(f"item:{topic}-{i}", topic, f"{topic}-{i % STATEMENTS}", chance.gauss(0, SPREAD))
        for topic in WEIGHTS
        for i in range(BANK)
    ]


def assumed(chance: Random) -> Person:
    """Return somebody of whom nothing is known."""
    return Person({topic: logit(chance.uniform(0.005, 0.995)) for topic in WEIGHTS})


def related(chance: Random) -> Person:
    """Return somebody whose topics go together."""
    general = chance.gauss(0.8, 0.9)
    return Person({topic: general + chance.gauss(0, 0.5) for topic in WEIGHTS})


def learning(chance: Random) -> Person:
    """Return somebody who has got better by some 15 points of a hundred in eight weeks."""
    return Person(related(chance).knows, gain=0.1)


def logit(share: float) -> float:
    """Return the log odds of `share`."""
    return math.log(share / (1 - share))


def simulate(kind: Callable[[Random], Person], learners: int = LEARNERS) -> Found:
    """Return what comes out for `learners` of one kind: the same each time."""
    chance, found = Random(f"{SEED}:{kind.__name__}"), Found()
    for number in range(learners):
        items, person = bank(chance), kind(chance)
        chance.shuffle(items)
        _measure(found, chance, person, items, answers=12 + number % 5 * 12)
        _place(found, chance, person, items)
    return found


def _measure(found: Found, chance: Random, person: Person, items: Sequence[Question], answers: int) -> None:
    """Let `person` answer, compare what is said with what is so, and let them sit an exam of new questions."""
    met, new = items[:answers], items[answers:]
    weeks = [chance.uniform(0, 8) if person.gain else 0.0 for _ in met]
    rows = [_answered(chance, person, *one) for one in enumerate(zip(met, weeks, strict=True))]
    shares = _shares(person, items)
    found.statements += [
        one.low <= shares[slug] <= one.high for slug, one in of_statements(rows, NOW).items() if one.enough
    ]
    found.topics += [one.low <= shares[slug] <= one.high for slug, one in of_topics(rows, NOW).items() if one.enough]
    expected, score = readiness(rows, FORM, NOW), _exam(chance, person, new)
    if expected.enough:
        found.scores.append(expected.score_low <= score <= expected.score_high)
        found.foretold.append((expected.probability, score >= FORM.pass_mark))


def _answered(chance: Random, person: Person, number: int, asked: tuple[Question, float]) -> Seen:
    question, weeks = asked
    right = chance.random() < person.chance(question, weeks)
    at = NOW - int(weeks * 7 * DAY)
    names = (str(number), question.statement, question.topic, "practice", question.name)
    return Seen(number, *names, version="1", correct=right, confidence="", first=True, undoes=None, at=at)


def _shares(person: Person, items: Iterable[Question]) -> dict[str, float]:
    """Return the share of its questions that `person` would answer rightly, of each statement and topic."""
    chances: dict[str, list[float]] = {}
    for question in items:
        chance = person.chance(question)
        for slug in (question.topic, question.statement):
            chances.setdefault(slug, []).append(chance)
    return {slug: fmean(each) for slug, each in chances.items()}


def _exam(chance: Random, person: Person, new: Sequence[Question]) -> int:
    drawn_items = [
        question
        for topic, count in questions(FORM).items()
        for question in [each for each in new if each.topic == topic][:count]
    ]
    return scaled(sum(chance.random() < person.chance(question) for question in drawn_items), FORM.items)


def _place(found: Found, chance: Random, person: Person, items: Sequence[Question]) -> None:
    """Let `person` take the level check, and a check of twelve questions that does not look at the answers."""
    pools = {topic: [question for question in items if question.topic == topic] for topic in WEIGHTS}
    shapes: dict[str, Shape] = dict.fromkeys(WEIGHTS, (1.0, 1.0))
    number = 0
    while (topic := widest(shapes, number)) is not None:
        shapes[topic] = _grown(shapes[topic], chance.random() < person.chance(pools[topic].pop()))
        number += 1
    plain: dict[str, Shape] = dict.fromkeys(WEIGHTS, (1.0, 1.0))
    for turn in range(MOST):
        topic = list(WEIGHTS)[turn % len(WEIGHTS)]
        plain[topic] = _grown(plain[topic], chance.random() < person.chance(pools[topic].pop()))
    every = _shares(person, items)
    shares = {topic: every[topic] for topic in WEIGHTS}
    found.asked.append(number)
    found.settled.append(widest(shapes, 0) is None)
    found.begun.append(_missed(shapes, shares))
    found.fixed.append(_missed(plain, shares))


def _grown(shape: Shape, right: bool) -> Shape:
    return (shape[0] + 1, shape[1]) if right else (shape[0], shape[1] + 1)


def _missed(shapes: Mapping[str, Shape], shares: Mapping[str, float]) -> float:
    """Return by how much the topic proposed is better known than the weakest: 0 when it is the weakest."""
    place = begin_with(placed(shapes), WEIGHTS)
    return shares[place.topic] - min(shares.values()) if place else max(0.0, 0.65 - min(shares.values()))


@dataclass(frozen=True)
class Report:
    """What is printed of one kind of learners: shares in percent, Brier scores, questions of the level check."""

    kind: str
    statements: float
    topics: float
    scores: float
    measured: tuple[int, int, int]
    error: float  # Brier score of the foretold chance to pass
    baseline: float  # … of always foretelling the share that passes
    passed: float
    asked: float
    saved: float
    settled: float
    regret: float
    regret_fixed: float
    foretold: tuple[tuple[float, float, int], ...]  # mean foretold, share that passed, how many; by tenths


def report(kind: str, found: Found) -> Report:
    """Return the figures of `found`."""
    passed = fmean(came for _, came in found.foretold)
    return Report(
        kind=kind,
        statements=100 * fmean(found.statements),
        topics=100 * fmean(found.topics),
        scores=100 * fmean(found.scores),
        measured=(len(found.statements), len(found.topics), len(found.scores)),
        error=brier(found.foretold) or 0.0,
        baseline=brier([(passed, came) for _, came in found.foretold]) or 0.0,
        passed=100 * passed,
        asked=fmean(found.asked),
        saved=MOST - fmean(found.asked),
        settled=100 * fmean(found.settled),
        regret=100 * fmean(found.begun),
        regret_fixed=100 * fmean(found.fixed),
        foretold=_tenths(found.foretold),
    )


def _tenths(foretold: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float, int], ...]:
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for stated, came in foretold:
        tenths.setdefault(min(9, int(10 * stated)), []).append((stated, came))
    return tuple((fmean(s for s, _ in one), fmean(c for _, c in one), len(one)) for _, one in sorted(tenths.items()))


def tables(reports: Sequence[Report]) -> str:
    """Return the figures as text."""
    lines = [
        f"{LEARNERS} learners of each kind; ranges are to hold 95 of 100 times (93-97 is the aim)",
        "",
        f"{'ranges that held, %':<22}{'statements':>12}{'topics':>9}{'score':>9}",
        *(f"{one.kind:<22}{one.statements:>12.1f}{one.topics:>9.1f}{one.scores:>9.1f}" for one in reports),
        "",
        f"{'passing the exam':<22}{'Brier':>12}{'base':>9}{'passed %':>10}",
        *(f"{one.kind:<22}{one.error:>12.3f}{one.baseline:>9.3f}{one.passed:>10.1f}" for one in reports),
        "",
        f"{'level check':<22}{'questions':>12}{'saved':>9}{'settled %':>11}{'off by':>9}{'12 fixed':>10}",
        *(
            f"{one.kind:<22}{one.asked:>12.1f}{one.saved:>9.1f}{one.settled:>11.1f}{one.regret:>9.1f}{one.regret_fixed:>10.1f}"
            for one in reports
        ),
        "",
        "Brier: 0 is best; base is what always foretelling the share that passes would earn. off by: how much better",
        "the topic proposed is known than the weakest, points of a hundred; 12 fixed: three of each topic in turn.",
    ]
    return "\n".join(lines)


def chart(reports: Sequence[Report]) -> str:
    """Return the figures as a drawing: how often ranges held, and what was foretold against what came."""
    bars = [(one.kind, (one.statements, one.topics, one.scores)) for one in reports]
    dots = [Dot(*point, kind=number) for number, one in enumerate(reports) for point in one.foretold]
    return Chart(bars, dots).svg()


def main() -> list[dict[str, object]]:
    """Print the tables, draw the chart, and return the figures."""
    reports = [report(kind.__name__, simulate(kind)) for kind in (assumed, related, learning)]
    print(tables(reports))
    path = Path(os.environ.get("DATA_DIR", Path(__file__).parent.parent / "var")) / "simulation.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(chart(reports))
    print(f"\nDrawn in {path}")
    return [asdict(one) for one in reports]


if __name__ == "__main__":
    main()
