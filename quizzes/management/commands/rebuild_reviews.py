"""Work every learner's review cards out anew from their marked answers: after an upgrade, or when in doubt."""

from typing import Any

from django.core.management.base import BaseCommand

from learning.models import Learner
from quizzes.services.cards import rebuild_cards


class Command(BaseCommand):
    """`manage.py rebuild_reviews`: a card is a projection, so this changes nothing that is right."""

    help = "Work the review cards of all learners out anew from their marked answers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild learner by learner, each in a transaction of its own."""
        answering = Learner.objects.filter(attempts__items__checked_at__isnull=False).distinct()
        count = sum(rebuild_cards(learner=learner) for learner in answering.order_by("pk"))
        self.stdout.write(f"{count} review cards of {answering.count()} learners.")
