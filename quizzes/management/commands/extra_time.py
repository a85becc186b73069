"""Give a learner more time in every exam begun from now on, also one who is in no class (else: the member's page)."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learning.models import Learner
from quizzes.services import UnfitError, allow_extra_time


class Command(BaseCommand):
    """`manage.py extra_time LEARNER PERCENT --by INSTRUCTOR`: recorded with who gave it and when."""

    help = "Give LEARNER so many PERCENT more time in exams begun from now on; 0 takes it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whom, how much, and who says so."""
        parser.add_argument("learner")
        parser.add_argument("percent", type=int)
        parser.add_argument("--by", required=True, help="user name of the instructor")

    def handle(self, *args: Any, learner: str, percent: int, by: str, **options: Any) -> None:
        """Record it."""
        actor = User.objects.filter(username=by).first()
        if not actor or not actor.has_perm("quizzes.author_quiz"):
            raise CommandError(f"{by} is no instructor: make instructor NAME={by} makes one.")
        user = User.objects.filter(username=learner).first()
        if user is None:
            raise CommandError(f"There is no user {learner}.")
        who, _ = Learner.objects.get_or_create(user=user)
        try:
            allow_extra_time(learner=who, percent=percent, actor=actor, now=timezone.now())
        except UnfitError as error:
            raise CommandError(f"{percent} percent cannot be given.") from error
        self.stdout.write(f"{learner} has {percent} % more time in exams begun from now on.")
