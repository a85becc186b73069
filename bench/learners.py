"""Makes many learners, each signed in and with an attempt begun, and prints how each of them saves, as JSON lines.

python -m bench.learners 200        (with DJANGO_SETTINGS_MODULE and DATA_DIR of a prepared site)

A data folder may be given more of them later: names go on where they ended.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - Django comes first
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from learning.models import Learner  # noqa: E402
from quizzes.models import Attempt, Quiz  # noqa: E402
from quizzes.services import start_attempt  # noqa: E402

PASSWORD = "bench-studies-here"  # of the first one, who also signs in by the form
TOKEN = "b" * 32  # a CSRF token is as good as another, as long as cookie and header agree


def signed_in(user: User) -> str:
    """Return the cookies of a browser in which `user` is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "learning.auth.LearnerBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}; csrftoken={TOKEN}"


def targets(attempt: Attempt) -> list[tuple[str, list[str]]]:
    """Return where answers to the single-choice questions of `attempt` are saved, and their options."""
    rows = attempt.items.select_related("revision")
    single = [row for row in rows if row.revision.any_public["body"].get("choose") == 1]
    return [(reverse("quizzes:answer", args=[attempt.pk, row.number]), row.tokens) for row in single]


@transaction.atomic
def learners(count: int) -> list[dict[str, object]]:
    """Make `count` learners who have begun to practise."""
    quiz, first = Quiz.objects.filter(mode=Quiz.Mode.PRACTICE)[0], User.objects.count()
    found: list[dict[str, object]] = []
    for number in range(first, first + count):
        user = User(username=f"learner-{number}")
        if number == first:
            user.set_password(PASSWORD)
        else:
            user.set_unusable_password()
        user.save()
        learner = Learner.objects.create(user=user)
        attempt = start_attempt(learner=learner, quiz=quiz, now=timezone.now(), seed=f"bench {number}")
        found.append({"name": user.username, "cookies": signed_in(user), "targets": targets(attempt)})
    return found


if __name__ == "__main__":
    for one in learners(int(sys.argv[1])):
        print(json.dumps(one))
