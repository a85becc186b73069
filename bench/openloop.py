"""A class of learners who save when they please: an open loop.

Requests are due at times fixed beforehand, as people do not wait for one another's answers. The time of one counts from
when it was due, so a server that stalls is charged for all that waited meanwhile.
"""

import asyncio
import json
import random
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from bench.load import revision_in
from bench.server import ROOT, serving

LEARNERS = 200
SECONDS = 5.0  # of each load
LOADS = (("40 a second", 40, 0), ("100 a second", 100, 0), ("300 a second", 300, 0), ("40, two sign-ins", 40, 2))
SLOW, STALL = 30, 250  # ms: the aims for the 99th percentile at 40 a second, and for the longest stall
PATIENCE = 30.0  # seconds until a request counts as failed
TOKEN = "b" * 32
PASSWORD = "bench-studies-here"
SIGN_IN = "/ko/accounts/login/"


@dataclass
class Learner:
    """One browser: a connection kept open, and the revisions it has seen."""

    name: str
    cookies: str
    targets: list[tuple[str, list[str]]]
    turn: int = 0
    revisions: dict[str, str] = field(default_factory=dict)

    def save(self) -> tuple[str, bytes]:
        """Return the address and the bytes of the next save, as static/js/queue-sender.js sends it."""
        self.turn += 1
        path, options = self.targets[self.turn % len(self.targets)]
        form = {
            "operation": str(uuid.uuid4()),
            "revision": self.revisions.get(path, "0"),
            "option": options[self.turn % len(options)],
        }
        return path, posted(path, form, f"{self.cookies}", "Accept: application/json", f"X-CSRFToken: {TOKEN}")

    def sign_in(self) -> tuple[str, bytes]:
        """Return the address and the bytes of a sign-in by the form, in a browser that nobody knows yet."""
        form = {"csrfmiddlewaretoken": TOKEN, "login": self.name, "password": PASSWORD}
        return SIGN_IN, posted(SIGN_IN, form, f"csrftoken={TOKEN}", "Accept: text/html")


def posted(path: str, form: dict[str, str], cookies: str, *headers: str) -> bytes:
    """Return the bytes of a POST."""
    body = urlencode(form)
    head = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookies}", *headers]
    head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


@dataclass(frozen=True)
class Found:
    """What came of one load: of the saves percentiles in ms, failures, the longest stall in ms."""

    name: str
    p50: float
    p95: float
    p99: float
    stall: float
    errors: int
    statuses: dict[str, int]


def made(values: dict[str, str], count: int = LEARNERS) -> list[Learner]:
    """Return `count` new learners of the site in the data folder of `values`."""
    command = [sys.executable, "-m", "bench.learners", str(count)]
    done = subprocess.run(command, cwd=ROOT, env=values, check=True, stdout=subprocess.PIPE, text=True)
    return [Learner(**json.loads(line)) for line in done.stdout.splitlines()]


def due(rate: float, seconds: float, chance: random.Random) -> list[float]:
    """Return the moments of independent acts, `rate` a second on average."""
    moments, now = [], chance.expovariate(rate)
    while now < seconds:
        moments.append(now)
        now += chance.expovariate(rate)
    return moments


def longest_stall(spans: Iterable[tuple[float, float]]) -> float:
    """Return the longest time in which something was due and nothing was answered; `spans` are (due, answered)."""
    by_answer = sorted(spans, key=lambda span: span[1])
    waiting_since, longest = float("inf"), 0.0
    for at in reversed(range(len(by_answer))):
        waiting_since = min(waiting_since, by_answer[at][0])
        before = by_answer[at - 1][1] if at else 0.0
        longest = max(longest, by_answer[at][1] - max(before, waiting_since))
    return longest


def percentile(times: Sequence[float], part: float) -> float:
    """Return the time that `part` of `times` do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Load:
    """One load on a running server: who acts when, and what came of it."""

    def __init__(self, port: int, learners: Sequence[Learner]) -> None:
        self.port, self.learners = port, learners
        self.spans: list[tuple[float, float]] = []
        self.statuses: Counter[str] = Counter()

    async def run(self, rate: float, sign_ins: float, seconds: float, chance: random.Random) -> None:
        """Let everybody act at their times; return when all is answered."""
        plans: list[list[float]] = [[] for _ in self.learners]
        for moment in due(rate, seconds, chance):
            plans[chance.randrange(len(plans))].append(moment)
        lines = [await asyncio.open_connection("127.0.0.1", self.port) for _ in plans]
        start = time.monotonic()
        tasks = [
            self._learner(one, line, [start + moment for moment in plan])
            for one, line, plan in zip(self.learners, lines, plans, strict=True)
        ]
        doors = due(sign_ins, seconds, chance) if sign_ins else []
        await asyncio.gather(*tasks, *(self._sign_in(start + moment) for moment in doors))
        for _, writer in lines:
            writer.close()

    async def _learner(
        self, learner: Learner, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], moments: Sequence[float]
    ) -> None:
        for moment in moments:
            await asyncio.sleep(max(0.0, moment - time.monotonic()))
            path, request = learner.save()
            reply = await self._asked(line, request)
            self.spans.append((moment, time.monotonic()))
            self.statuses[reply[9:12].decode() or "none"] += 1
            if reply[9:12] == b"200":
                learner.revisions[path] = revision_in(reply)

    async def _sign_in(self, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        line = await asyncio.open_connection("127.0.0.1", self.port)
        reply = await self._asked(line, self.learners[0].sign_in()[1])
        self.statuses[f"sign-in {reply[9:12].decode()}"] += 1
        line[1].close()

    async def _asked(self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> bytes:
        """Send; return the reply, or nothing when there is none."""
        reader, writer = line
        try:
            async with asyncio.timeout(PATIENCE):
                writer.write(request)
                head = await reader.readuntil(b"\r\n\r\n")
                _, found, rest = head.lower().partition(b"content-length:")
                return head + await reader.readexactly(int(rest.split(b"\r\n")[0]) if found else 0)
        except (OSError, EOFError, TimeoutError):
            return b""

    def found(self, name: str) -> Found:
        """Return the figures."""
        times = [(answered - moment) * 1000 for moment, answered in self.spans]
        good = self.statuses["200"] + self.statuses["sign-in 302"]
        errors = sum(self.statuses.values()) - good
        p50, p95, p99 = (percentile(times, part) for part in (0.5, 0.95, 0.99))
        return Found(name, p50, p95, p99, longest_stall(self.spans) * 1000, errors, dict(self.statuses))


def measure(values: dict[str, str], seconds: float = SECONDS) -> list[Found]:
    """Serve the site of `values` and put each load on it, with the same learners."""
    learners, chance = made(values), random.Random(2026)
    with serving(values) as port:
        asyncio.run(Load(port, learners).run(40, 0, 1, chance))  # to warm up
        found = []
        for name, rate, sign_ins in LOADS:
            load = Load(port, learners)
            asyncio.run(load.run(rate, sign_ins, seconds, chance))
            found.append(load.found(name))
    return found


def report(found: Sequence[Found]) -> str:
    """Return a table of what was found beside what is aimed at; two of the aims are ratios inside this run."""
    quiet, busy, *_ = (one.p99 for one in found)
    aims = (f"p99 <= {SLOW}", "-", f"p99 <= {2 * busy:.0f}, twice that at 100", f"p99 <= {3 * quiet:.0f}, 3x")
    row = "{:<20}{:>8}{:>8}{:>8}{:>10}{:>8}   {:<30}{}"
    lines = [row.format(f"{LEARNERS} learners, saves", "p50 ms", "p95", "p99", "stall ms", "errors", "aim", "answers")]
    for one, aim in zip(found, aims, strict=True):
        figures = [f"{figure:.0f}" for figure in (one.p50, one.p95, one.p99, one.stall)]
        lines.append(row.format(one.name, *figures, one.errors, aim, one.statuses))
    return "\n".join([*lines, f"(aims for all: no error, no stall over {STALL} ms)"])


def main(values: dict[str, str]) -> dict[str, object]:
    """Measure, print, and return everything as JSON-ready data."""
    found = measure(values)
    print(report(found))
    return {one.name: asdict(one) for one in found}
