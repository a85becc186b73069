"""Speed as ratios: each act of the site against the yardsticks of bench/urls.py, on one server in one run.

Figures of one machine mean little on another, and little in another minute; ratios of interleaved rounds do.
"""

import json
import statistics
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass

from bench.load import Act, Rate, measure
from bench.server import ROOT, serving
from bench.wire import Visit, first_visit

ROUNDS = 3
SECONDS = 1.2  # of each act in each round
LESSON = "/ko/courses/ecs/lessons/launch-types/"
YARDSTICKS = {"lesson": "empty", "home": "empty", "progress": "empty", "save": "insert", "check": "insert"}
AIMS = {"lesson": 0.5, "save": 0.5, "check": 0.33}
SAVES = ("Accept: application/json",)  # what static/js/queue-sender.js sends
CHECKS = ("Accept: text/html, */*", "HX-Request: true", "HX-Target: workbench")  # what htmx sends
QUERIES = {"lesson": 4, "home": 8, "progress": 8}
KILOBYTES, REQUESTS = 40, 6


@dataclass(frozen=True)
class Found:
    """One act over all rounds: medians of requests a second, of p99 in ms, and of the ratio to its yardstick."""

    name: str
    per_second: float
    p99: float
    ratio: float | None
    statuses: dict[int, int]
    size: int


def seeded(values: dict[str, str]) -> dict[str, object]:
    """Return what bench/seed.py made in the data folder of `values`."""
    command = [sys.executable, "-m", "bench.seed"]
    done = subprocess.run(command, cwd=ROOT, env=values, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def acts(seed: dict[str, object]) -> dict[str, Act]:
    """Return what is measured, by name; `empty` and `insert` are the yardsticks."""
    token = {"csrfmiddlewaretoken": str(seed["csrf"])}
    answer = {**token, "operation": "{uuid}", "revision": "{revision}", "option": "{value}"}
    saves, design = seed["saves"], seed["design"]
    if not isinstance(saves, list) or not isinstance(design, dict):
        raise TypeError(seed)
    return {
        "empty": Act("authenticated empty view", [("/bench/empty/", [])]),
        "lesson": Act("lesson page", [(LESSON, [])]),
        "home": Act("home", [("/ko/", [])]),
        "progress": Act("progress", [("/ko/progress/", [])]),
        "insert": Act("authenticated empty POST, one insert", [("/bench/save/", [])], token),
        "save": Act("answer saved", saves, answer, SAVES),
        "check": Act("design checked and kept", design["targets"], {**token, **design["form"]}, CHECKS),
    }


def over_rounds(name: str, act: Act, rounds: list[dict[str, Rate]]) -> Found:
    """Return the medians of `name`; ratios are taken inside a round, where both sides had the same machine."""
    rates = [one[name] for one in rounds]
    ratio = None
    if stick := YARDSTICKS.get(name):
        ratio = statistics.median(one[name].per_second / one[stick].per_second for one in rounds)
    statuses: Counter[int] = sum((Counter(rate.statuses) for rate in rates), Counter())
    middle = statistics.median(rate.per_second for rate in rates)
    slow = statistics.median(rate.p99 for rate in rates)
    return Found(act.name, middle, slow, ratio, dict(statuses), max(rate.size for rate in rates))


def measured(values: dict[str, str], threads: int = 2) -> tuple[dict[str, Found], Visit, dict[str, int]]:
    """Serve, warm up, measure; return what was found by act, the first visit, and queries by page."""
    seed = seeded(values)
    known = acts(seed)
    cookies = str(seed["cookies"])
    with serving(values, threads=threads) as port:
        visit = first_visit(port, LESSON)
        for act in known.values():
            measure(port, act, cookies, 0.4)
        rounds = [{name: measure(port, act, cookies, SECONDS) for name, act in known.items()} for _ in range(ROUNDS)]
    queries = seed["queries"]
    if not isinstance(queries, dict):
        raise TypeError(queries)
    return {name: over_rounds(name, act, rounds) for name, act in known.items()}, visit, queries


def report(found: dict[str, Found], visit: Visit, queries: dict[str, int]) -> str:
    """Return a table of what was found beside what is aimed at."""
    row = "{:<38}{:>8}{:>9}{:>8}{:>7}{:>9}   {}"
    lines = [row.format("act, 8 clients, 2 workers", "a second", "p99 ms", "ratio", "aim", "queries", "answers")]
    for name, one in found.items():
        ratio = f"{one.ratio:.2f}" if one.ratio else "-"
        asked = f"{queries[name]} <= {QUERIES[name]}" if name in QUERIES else "-"
        aim = f">={AIMS[name]}" if name in AIMS else "-"
        lines.append(row.format(one.name, f"{one.per_second:.0f}", f"{one.p99:.1f}", ratio, aim, asked, one.statuses))
    lines += ["", f"first visit of a lesson: {visit.total / 1024:.1f} KB (aim <= {KILOBYTES}), "]
    lines[-1] += f"{len(visit.sizes)} requests (aim <= {REQUESTS})"
    lines += [f"  {size / 1024:6.1f} KB  {path}" for path, size in visit.sizes.items()]
    lines.append(f"queries of warm pages, session and user included: {queries}")
    return "\n".join(lines)


def main(values: dict[str, str]) -> dict[str, object]:
    """Measure, print, and return everything as JSON-ready data."""
    found, visit, queries = measured(values)
    print(report(found, visit, queries))
    acts_found = {name: asdict(one) for name, one in found.items()}
    return {"acts": acts_found, "first_visit": visit.sizes, "queries": queries}
