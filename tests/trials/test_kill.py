"""An acknowledged answer survives the server being killed."""

from pathlib import Path

import pytest

from tests.trials import kill
from tests.trials.site import Site


@pytest.fixture
def fresh(prepared_site: Site, tmp_path: Path) -> Site:
    """A copy for each test: what one stored, the other has never sent."""
    return prepared_site.copied(tmp_path / "data")


def test_no_acknowledged_answer_is_gone_after_three_kills(fresh: Site) -> None:
    tally = kill.run(fresh, 3, 0.4, 1)
    assert tally.cycles == 3
    assert tally.good, tally


def test_the_count_sees_a_loss_and_a_phantom(fresh: Site) -> None:
    """The control: what was acknowledged and never stored, and what is stored and was never sent."""
    kill.run(fresh, 1, 0.3, 1)  # so that there are answers
    liar = fresh.learners(1)[0]
    liar.acknowledged["00000000-0000-4000-8000-000000000000"] = 1
    tally = kill.Tally()
    kill.count(fresh, [liar], tally)
    assert tally.lost == 1
    assert tally.phantom == len(fresh.stored()) > 0
