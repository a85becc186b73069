"""Kill the whole server without warning while learners save, again and again: no acknowledged answer may be gone.

    python -m tests.trials.kill 50

Lost: acknowledged, and not there after the restart with the revision that was told. Phantom: there, and never sent. An
answer sent and not acknowledged may be there or not; its learner is told by the next save, as a stale tab is.
"""

import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.trials.site import Learner, Site, kill, prepared

CYCLES = 50
LEARNERS = 8


@dataclass
class Tally:
    """Counts over all cycles; `corrupt` counts databases that SQLite found at fault."""

    cycles: int = 0
    acknowledged: int = 0
    lost: int = 0
    phantom: int = 0
    corrupt: int = 0
    refused: int = 0

    @property
    def good(self) -> bool:
        """Whether the promise held."""
        return self.acknowledged > 0 and not (self.lost or self.phantom or self.corrupt or self.refused)


def run(site: Site, cycles: int, first: float, last: float) -> Tally:
    """Kill `cycles` times, after `first` to `last` seconds of saving; where in a save it strikes is left to chance."""
    tally, learners = Tally(), site.learners(LEARNERS)
    for cycle in range(cycles):
        tally.refused += _killed_under_load(site, learners, first + (last - first) * cycle / cycles)
        count(site, learners, tally)
    return tally


def _killed_under_load(site: Site, learners: Sequence[Learner], seconds: float) -> int:
    """Serve, let everybody save, kill after `seconds`; return how many saves met neither 200 nor 409 nor the end."""
    process, refused = site.start(), []

    def saving(learner: Learner) -> None:
        line = HTTPConnection("127.0.0.1", site.port, timeout=30)
        while status := learner.save(site.port, line).status:
            if status not in (200, 409):
                refused.append(status)
        line.close()

    threads = [threading.Thread(target=saving, args=(learner,)) for learner in learners]
    for thread in threads:
        thread.start()
    try:
        time.sleep(seconds)
    finally:
        kill(process)
    for thread in threads:
        thread.join()
    return len(refused)


def count(site: Site, learners: Sequence[Learner], tally: Tally) -> None:
    """Compare what is stored with what was acknowledged and sent."""
    stored = site.stored()
    acknowledged = {name: revision for learner in learners for name, revision in learner.acknowledged.items()}
    sent = set[str]().union(*(learner.sent for learner in learners))
    tally.cycles += 1
    tally.acknowledged = len(acknowledged)
    tally.lost = sum(stored.get(name, (None, ""))[0] != revision for name, revision in acknowledged.items())
    tally.phantom = len(stored.keys() - sent)
    tally.corrupt += site.check() != "ok"


def main() -> int:
    """Try it, print the counts, return 0 when the promise held."""
    cycles = int(sys.argv[1]) if len(sys.argv) > 1 else CYCLES
    with prepared() as site:
        tally = run(site, cycles, 1, 3)
    print(tally)
    return not tally.good


if __name__ == "__main__":
    sys.exit(main())
