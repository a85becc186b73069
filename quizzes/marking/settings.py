"""The `key:: value` lines of an item: reading, checking, writing. Pure.

`choose::` says something of the body of a choice, all others of the item.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from learning.catalogue.errors import N_
from quizzes.marking.item import Beyond, Body, Correction, Item, Settings
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.lines import Report

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
BEYOND = re.compile(r"(?:(https://\S+)[ \t]+)?([0-9]{4}-([0-9]{2})-([0-9]{2}))$")
ERRATUM = re.compile(r"([0-9]{4}-([0-9]{2})-([0-9]{2}))[ \t]+(\S.*)$")
DAYS = {f"{month:02}": days for month, days in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1)}
FLAGS = {"yes": True, "no": False}
KEYS = ("difficulty", "topic", "choose", "shuffle", "partial", "points", "pilot", "beyond", "scenario", "erratum")
MAX_POINTS = 10
MAX_CHOOSE = 9


@dataclass(slots=True)
class Given:
    """The lines found so far in one item, by key."""

    lines: dict[str, int] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)

    def take(self, key: str, value: str, line: int, report: Report) -> None:
        """Read one `key:: value` line."""
        if key not in KEYS:
            report(line, N_("Unknown `%(key)s::`. Expected one of: %(keys)s."), key=key, keys=", ".join(KEYS))
        elif key in self.lines:
            report(line, N_("`%(key)s::` stands twice in this question."), key=key)
        else:
            self.lines[key] = line
            self.values[key] = READERS[key](key, value, line, report)


def read_number(low: int, high: int) -> Callable[[str, str, int, Report], int | None]:
    """Return a reader of whole numbers from `low` to `high`."""

    def read(key: str, value: str, line: int, report: Report) -> int | None:
        if re.fullmatch(r"[0-9]{1,4}", value) and low <= int(value) <= high:
            return int(value)
        message = N_("Expected a whole number from %(low)s to %(high)s after `%(key)s`, found “%(found)s”.")
        report(line, message, key=key, low=low, high=high, found=value[:40])
        return None

    return read


def read_slug(key: str, value: str, line: int, report: Report) -> str | None:
    """Read an id such as `launch-types`."""
    if SLUG.fullmatch(value):
        return value
    message = N_("Expected an id of small letters, digits and hyphens after `%(key)s`, found “%(found)s”.")
    report(line, message, key=key, found=value[:40])
    return None


def read_flag(key: str, value: str, line: int, report: Report) -> bool | None:
    """Read `yes` or `no`."""
    if value not in FLAGS:
        report(line, N_("Expected `yes` or `no` after `%(key)s`, found “%(found)s”."), key=key, found=value[:40])
    return FLAGS.get(value)


def read_beyond(key: str, value: str, line: int, report: Report) -> Beyond | None:
    """Read `2026-11-22` or `https://… 2026-11-22`."""
    match = BEYOND.match(value)
    if match and int(match[4]) <= DAYS.get(match[3], 0):
        return Beyond(match[2], match[1] or "")
    message = N_("Expected the day an AWS page was read after `%(key)s`: `2026-11-22` or `https://… 2026-11-22`.")
    report(line, message, key=key)
    return None


def read_erratum(key: str, value: str, line: int, report: Report) -> Correction | None:
    """Read `2026-11-22 what was wrong`."""
    match = ERRATUM.match(value)
    if match and int(match[3]) <= DAYS.get(match[2], 0):
        return Correction(match[1], match[4])
    report(line, N_("Expected a day and what was wrong after `%(key)s`: `2026-11-22 The key named EC2.`"), key=key)
    return None


READERS: Mapping[str, Callable[[str, str, int, Report], object]] = {
    "difficulty": read_number(1, 5),
    "topic": read_slug,
    "choose": read_number(1, MAX_CHOOSE),
    "shuffle": read_flag,
    "partial": read_flag,
    "points": read_number(1, MAX_POINTS),
    "pilot": read_flag,
    "beyond": read_beyond,
    "scenario": read_slug,
    "erratum": read_erratum,
}


def settle(body: Body, given: Given, report: Report) -> tuple[Body, Settings]:
    """Return body and settings as the lines of the item say, or report a line that does not go with the body."""
    values = dict(given.values)
    choose = values.pop("choose", None)
    if isinstance(body, Choice):
        body = replace(body, choose=choose if isinstance(choose, int) else None)
    else:
        for key in ("choose", "shuffle", "scenario"):
            if key in given.lines:
                report(given.lines[key], N_("`%(key)s::` goes with options only, not with this kind."), key=key)
    return body, Settings(**values)  # type: ignore[arg-type]  # READERS give each key its type


def stated(item: Item) -> dict[str, str]:
    """Return the settings that `item` states, each as its line of the file, in the canonical order."""
    values: dict[str, object] = {key: getattr(item.settings, key, None) for key in KEYS}
    values["choose"] = item.body.choose if isinstance(item.body, Choice) else None
    said = {True: "yes", False: "no"}
    return {
        key: f"{key}:: {said[value] if isinstance(value, bool) else value}"
        for key, value in values.items()
        if value is not None
    }
