"""Makes the learner who is measured: signed in, half-way through the course and a quiz. Prints what the load needs.

python -m bench.seed        (with DJANGO_SETTINGS_MODULE=bench.settings and DATA_DIR)
"""

import json
import re

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.load import CLIENTS  # noqa: E402
from learning.models import Learner, Lesson  # noqa: E402
from learning.services import mark_read  # noqa: E402

LESSON = "/ko/courses/ecs/lessons/launch-types/"
PAGES = {"home": "/ko/", "course": "/ko/courses/ecs/", "lesson": LESSON, "search": "/ko/search/?q=Fargate"}
PAGES |= {"progress": "/ko/progress/", "quizzes": "/ko/quizzes/", "scenarios": "/ko/builder/"}


def learner() -> Client:
    """Return a client signed in as somebody who has read half of two lessons."""
    user = User.objects.create_user("bench", password="bench-studies-here")
    who = Learner.objects.create(user=user)
    for lesson in Lesson.objects.all()[:2]:
        mark_read(learner=who, lesson=lesson, percent=50, now=timezone.now())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="learning.auth.LearnerBackend")
    return client


def queries(client: Client, path: str) -> int:
    """Return how many queries a warm page asks."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def saves(client: Client, token: str) -> list[tuple[str, list[str]]]:
    """Start every quiz; return where answers to single-choice questions are saved, and their options."""
    listed = client.get("/ko/quizzes/").content.decode()
    found = []
    for quiz in dict.fromkeys(re.findall(r'href="(/ko/quizzes/[\w-]+/)"', listed)):
        page = client.post(quiz, {"csrfmiddlewaretoken": token}, follow=True).content.decode()
        for address in dict.fromkeys(re.findall(r'href="(/ko/attempts/[\w-]+/\d+/)"', page)):
            tokens = re.findall(r'type="radio" name="option" value="([^"]+)"', client.get(address).content.decode())
            found += [(f"{address}answer/", tokens)] if tokens else []
    return found


def design(client: Client) -> dict[str, object]:
    """Return where designs are checked, a form as it stands, and launch types to take turns.

    A scenario for each client, as learners have: the first ones have one service each, so one form does for all.
    """
    listed = client.get("/ko/builder/").content.decode()
    addresses = re.findall(r'href="(/ko/builder/[a-z][\w-]*/)"', listed)[:CLIENTS]
    page = client.get(addresses[0]).content.decode()
    inputs = re.findall(r'name="((?:services|cluster)[^"]+)" value="([^"]+)"( checked)?', page)
    launch = [value for name, value, _ in inputs if name == "services.0.launch"]
    form = {name: value for name, value, checked in inputs if checked} | {"services.0.launch": "{value}"}
    return {"targets": [(f"{address}check/", launch) for address in addresses], "form": form}


def main() -> None:
    """Print the session's cookies, the CSRF token, query counts and where to save, as JSON."""
    client = learner()
    page = client.get("/ko/accounts/password/change/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    counts = {name: queries(client, path) for name, path in PAGES.items()}
    targets = {"saves": saves(client, token), "design": design(client)}
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    print(json.dumps({"cookies": cookies, "csrf": token, "queries": counts, **targets}))


if __name__ == "__main__":
    main()
