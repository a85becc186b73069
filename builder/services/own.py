"""What the builder keeps of one learner, as plain data for themselves. Must not know pages."""

from collections.abc import Mapping
from typing import Any

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
