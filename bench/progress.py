"""The page of progress with 10,000 rows of evidence beside that of somebody with none: their ratio, in one run.

    python -m bench.progress

Interleaved rounds on one server, as bench/ratios.py has it. The first visit in a process reads all rows; it is timed
on its own, the ratio is of the visits after it.
"""

import http.client
import json
import random
import statistics
import subprocess
import sys
import time
from datetime import timedelta

from bench.load import Act, measure
from bench.server import ROOT, data_folder, serving

ROWS = 10_000
AIM = 3.0  # times as long as the page of somebody with no evidence, at the most
ROUNDS = 5
SECONDS = 1.2
PAGE = "/ko/progress/"


def seed() -> dict[str, str]:
    """Make two learners, one with ROWS rows over 200 days, one with none; return their cookies."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client
    from django.utils import timezone

    from learning.models import Evidence, Learner, Reading, Statement

    def cookies(name: str) -> tuple[Learner, str]:
        user = User.objects.create_user(name, password=f"{name}-studies-here")
        learner, client = Learner.objects.create(user=user), Client()
        client.force_login(user, backend="learning.auth.LearnerBackend")
        return learner, f"sessionid={client.cookies['sessionid'].value}"

    chance, now = random.Random(10), timezone.now()
    full, full_cookies = cookies("full")
    _, empty_cookies = cookies("none")
    statements = list(Statement.objects.select_related("lesson"))

    def row(number: int) -> Evidence:
        one = chance.choice(statements)
        return Evidence(
            learner=full,
            course_id=one.course_id,
            statement=one,
            topic_id=one.lesson.topic_id,
            act=f"bench/{number}",
            source=chance.choice(("practice", "review", "exam")),
            subject=f"item:{one.slug}-{number % 40}",
            correct=chance.random() < 0.7,
            confidence=chance.choice(("", "guess", "maybe", "sure")),
            first=chance.random() < 0.3,
            seen_at=now - timedelta(minutes=number * 28),
        )

    Evidence.objects.bulk_create([row(number) for number in range(ROWS)], batch_size=500)
    for lesson in {one.lesson for one in statements}:
        Reading.objects.create(learner=full, lesson=lesson, percent=100, finished_at=now - timedelta(days=90))
    return {"full": full_cookies, "empty": empty_cookies}


def first_visit(port: int, cookies: str) -> float:
    """Return the seconds the first page took, in a process that knows nothing yet."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    line.request("GET", PAGE, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    took = time.perf_counter() - start
    if answer.status != 200:
        raise RuntimeError(f"{PAGE}: {answer.status}")
    return took


def main(values: dict[str, str]) -> dict[str, float]:
    """Measure, print, and return the figures."""
    command = [sys.executable, "-m", "bench.progress", "seed"]
    done = subprocess.run(command, cwd=ROOT, env=values, check=True, stdout=subprocess.PIPE, text=True)
    cookies: dict[str, str] = json.loads(done.stdout)
    act = Act("progress", [(PAGE, [])])
    with serving(values, workers=1) as port:
        cold = first_visit(port, cookies["full"])
        for who in cookies.values():
            measure(port, act, who, 0.4)
        rounds = [{name: measure(port, act, who, SECONDS) for name, who in cookies.items()} for _ in range(ROUNDS)]
    ratio = statistics.median(one["empty"].per_second / one["full"].per_second for one in rounds)
    rates = {name: statistics.median(one[name].per_second for one in rounds) for name in cookies}
    print(f"progress with {ROWS} rows of evidence: {rates['full']:.0f} a second; with none: {rates['empty']:.0f}")
    print(f"takes {ratio:.2f} times as long (aim <= {AIM:g}); its first visit in a process: {cold * 1000:.0f} ms")
    return {"ratio": ratio, "first_visit_ms": cold * 1000, **rates}


if __name__ == "__main__":
    if sys.argv[1:] == ["seed"]:
        print(json.dumps(seed()))
    else:
        with data_folder() as folder:
            main(folder)
