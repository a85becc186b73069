"""Rules and scenarios as read from the course folder, once a process and content version.

Must not know requests nor learners. Files are the source; the rows of `Scenario` say which version of them is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from builder.engine.rules import Rule, read_rules, rules_version
from builder.engine.scenario import Scenario as Task
from builder.engine.scenario import read_scenario
from builder.engine.score import check_scenario
from builder.models import Scenario
from learning.catalogue.errors import N_, Problem
from learning.catalogue.reading import read_text, shown
from learning.models import Course, Statement

RULES = "rules.yaml"
SCENARIOS = "scenarios"
OTHER_FILE = N_("The scenario's id is “%(id)s”, so its file must be called %(id)s.yaml.")
NO_STATEMENT = N_("%(where)s: no lesson holds the statement “%(statement)s”.")
NO_RULES = N_("There are scenarios, but no rules.yaml to score them by.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One scenario file, read: its task, the rules that score it, and the version of both together."""

    task: Task
    rules: tuple[Rule, ...]
    version: str

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id."""
        return next(rule for rule in self.rules if rule.id == rule_id)


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement as a finding quotes it. `number` is its lesson's place in the course, from 1; `topic` its topic."""

    words: dict[str, str]
    lesson: str
    number: int
    topic: dict[str, str]


def shelf_of(scenario: Scenario) -> Shelf:
    """Return the scenario's file and rules. Raises FileNotFoundError when the file has gone since the last sync."""
    return _shelf(Path(settings.CONTENT_DIR) / scenario.course.slug, scenario.slug, scenario.content_hash)


@lru_cache(maxsize=256)
def _shelf(folder: Path, slug: str, content_hash: str) -> Shelf:
    rules_text, _wrong = read_text(folder / RULES)
    task_text, _wrong = read_text(folder / SCENARIOS / f"{slug}.yaml")
    if rules_text is None or task_text is None:
        raise FileNotFoundError(slug)
    task, problems = read_scenario(task_text, f"{SCENARIOS}/{slug}.yaml")
    if task is None:
        raise FileNotFoundError(str(problems[0]))
    return Shelf(task, rules_of(rules_text), rules_version(rules_text, task_text))


@lru_cache(maxsize=8)
def rules_of(text: str) -> tuple[Rule, ...]:
    """Return the rules of a `rules.yaml`, read once a process."""
    return read_rules(text, RULES)[0]


def quotes_of(course: Course) -> dict[str, Quote]:
    """Return the course's statements by id; queried once a process and content version."""
    return _quotes(course.pk, course.content_hash)


@lru_cache(maxsize=8)
def _quotes(course_id: int, content_hash: str) -> dict[str, Quote]:
    rows = Statement.objects.filter(course=course_id, retired_at=None).select_related("lesson__topic")
    numbers: dict[str, int] = {}
    return {
        row.slug: Quote(
            row.words,
            row.lesson.slug,
            numbers.setdefault(row.lesson.slug, len(numbers) + 1),
            row.lesson.topic.title,
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Files:
    """All of a course folder that the builder reads: tasks by id with their content hash, and what is wrong."""

    rules: tuple[Rule, ...]
    tasks: dict[str, tuple[Task, str]]
    problems: list[Problem]


def read_files(folder: Path) -> Files:
    """Read rules and scenarios of `folder`; a course without either is without problems."""
    paths = sorted((folder / SCENARIOS).glob("*.yaml"))
    rules_path = folder / RULES
    if not rules_path.exists():
        return Files((), {}, [Problem(shown(rules_path), 0, NO_RULES)] if paths else [])
    text, problems = read_text(rules_path)
    rules, wrong = read_rules(text, shown(rules_path)) if text else ((), [])
    files = Files(rules, {}, problems + wrong)
    for path in paths:
        _read_task(path, text or "", files)
    return files


def _read_task(path: Path, rules_text: str, files: Files) -> None:
    """Add what the scenario file `path` holds to `files`."""
    text, problems = read_text(path)
    task, wrong = read_scenario(text, shown(path)) if text else (None, [])
    files.problems.extend(problems + wrong)
    if task is not None and text is not None:
        files.tasks[path.stem] = (task, rules_version(rules_text, text))
        files.problems.extend(_task_problems(task, shown(path), path.stem, files.rules))


def _task_problems(task: Task, path: str, stem: str, rules: tuple[Rule, ...]) -> list[Problem]:
    misnamed = [] if task.id == stem else [Problem(path, 0, OTHER_FILE, {"id": task.id})]
    return misnamed + check_scenario(task, rules, path)


def unknown_statements(files: Files, folder: Path, known: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for every statement that a rule or scenario names and no lesson holds."""
    for rule in files.rules:
        for statement in rule.statements:
            if statement not in known:
                params = {"where": rule.id, "statement": statement}
                yield Problem(shown(folder / RULES), rule.line, NO_STATEMENT, params)
    for slug, (task, _version) in files.tasks.items():
        for statement in task.teaches:
            if statement not in known:
                params = {"where": "teaches", "statement": statement}
                yield Problem(shown(folder / SCENARIOS / f"{slug}.yaml"), 0, NO_STATEMENT, params)
