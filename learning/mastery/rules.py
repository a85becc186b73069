"""The numbers of the measures, each with its reason; docs/measures.md says the same in words. Pure.

Change one, and METHOD changes with it: stored predictions name the method they were made by.
"""

METHOD = "2026-11"

DAY = 86_400  # seconds; ages are counted in whole days of UTC, so that a measure holds all day
HALF_LIFE = 30  # days after which an observation counts half
PRIOR = 1.0  # right and wrong answers assumed before any is seen: every level is as likely as another
LEVEL = 0.95  # of every range

FIRST = 1.0  # weight of an answer to a question never marked before
REPEAT = 0.5  # … to one that was: remembering the question is not knowing the fact
BUILDER = 0.5  # a finding on a design, as a multiple of the two above: a form suggests some of it
LUCKY = 0.5  # a right answer that was called a guess, likewise

ENOUGH_STATEMENT = 2.0  # weighted answers below which nothing is said of a statement
ENOUGH_TOPIC = 3.0  # … of a topic
ENOUGH_EXAM = 8.0  # … of an exam
STEP = 14  # days a trend looks back

LOWEST, HIGHEST = 100, 1000  # the scale of the exam's score

STATED = {"guess": 0.3, "maybe": 0.6, "sure": 0.9}  # what the three words are taken to mean
