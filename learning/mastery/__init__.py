"""What is known of a learner, derived from evidence alone. Pure: no Django, no clock, no chance.

`kept` drops what was taken back; then `of_statements`, `of_topics`, `readiness`, `calibration` and `gains` each say one
thing of the rows left. docs/measures.md has the formulas.
"""

from learning.mastery.calibration import Calibration, Cell, Slip, brier, calibration
from learning.mastery.gain import Gain, gains
from learning.mastery.mastery import UNKNOWN, Mastery, of_statements, of_topics
from learning.mastery.observation import Observation
from learning.mastery.readiness import Form, Readiness, readiness
from learning.mastery.record import Record, record
from learning.mastery.rules import METHOD
from learning.mastery.seen import Seen, kept

__all__ = [
    "METHOD",
    "UNKNOWN",
    "Calibration",
    "Cell",
    "Form",
    "Gain",
    "Mastery",
    "Observation",
    "Readiness",
    "Record",
    "Seen",
    "Slip",
    "brier",
    "calibration",
    "gains",
    "kept",
    "of_statements",
    "of_topics",
    "readiness",
    "record",
]
