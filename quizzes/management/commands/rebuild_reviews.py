"""Work every learner's review cards out anew from their marked answers: after an upgrade, or when in doubt."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from learning.models import Learner
from quizzes.services.cards import rebuild_cards


class Command(BaseCommand):
    """`manage.py rebuild_reviews [--missing]`: a card is a projection, so this changes nothing that is right."""

    help = "Work the review cards of all learners out anew from their marked answers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--missing`."""
        parser.add_argument("--missing", action="store_true", help="only of learners who answered and have no card yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild learner by learner, each in a transaction of its own."""
        answering = Learner.objects.filter(attempts__items__checked_at__isnull=False).distinct().order_by("pk")
        learners = list(answering.filter(review_cards=None) if options["missing"] else answering)
        count = sum(rebuild_cards(learner=learner) for learner in learners)
        if learners or not options["missing"]:
            self.stdout.write(f"{count} review cards of {len(learners)} learners.")
