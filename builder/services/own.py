"""What the builder keeps of one learner, as plain data for themselves. Must not know pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from builder.models import Draft, Submission
from learning.models import Learner
from learning.models.plainly import own, told


def own_data(*, learner: Learner) -> Mapping[str, Any]:
    """Return every draft and every submitted design of `learner`, with the reports as given then."""
    drafts, submissions = Draft.objects.filter(learner=learner), Submission.objects.filter(learner=learner)
    given = ("id", "design", "rules_version", "score", "report", "mode", "hints", "named", "created_at")
    kept = ("design", "history", "future", "mode", "hints", "updated_at")
    return {
        "drafts": told(drafts, scenario="scenario__slug", **own(*kept)),
        "submissions": told(submissions, scenario="scenario__slug", **own(*given)),
    }


def kept_words(*, learner: Learner) -> list[str]:
    """Return in words how much the builder keeps of `learner`; nothing of which there is none."""
    drafts, designs = learner.drafts.count(), learner.submissions.count()
    lines = [
        (drafts, ngettext("%(n)s design under way", "%(n)s designs under way", drafts)),
        (designs, ngettext("%(n)s design handed in", "%(n)s designs handed in", designs)),
    ]
    return [words % {"n": count} for count, words in lines if count]
