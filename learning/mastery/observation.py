"""What is observed of a learner, as data. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Observation:
    """A response bears on `statements`: they were known (`correct`) or not.

    `act` names the response, once and for all ("<attempt>/3"). `source`: "exam", "practice", "check", "review", "level"
    or "builder". `subject`: what was asked, "item:lt-001" or "scenario:company-page". `version`: the item's revision
    number or the rule's id. `topic`: of the item; "" is that of each statement's lesson. `confidence`: "guess",
    "maybe", "sure" or "".
    """

    act: str
    source: str
    subject: str
    statements: tuple[str, ...]
    correct: bool
    version: str = ""
    topic: str = ""
    confidence: str = ""
