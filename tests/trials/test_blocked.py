"""A busy database is waited for, and when it stays busy the page is told the truth."""

from collections.abc import Iterator

import pytest

from tests.trials.blocked import SETTINGS, TIMEOUT, save_while_held
from tests.trials.site import Learner, Site, kill


@pytest.fixture(scope="module")
def site(fresh: Site) -> Iterator[Site]:
    """The site, running, with little patience."""
    found = fresh.under(SETTINGS)
    process = found.start()
    yield found
    kill(process)


@pytest.fixture(scope="module")
def learner(site: Site) -> Learner:
    """Somebody who practises."""
    return site.learners(1)[0]


def test_a_save_waits_for_a_lock_held_for_a_second(site: Site, learner: Learner) -> None:
    found = save_while_held(site, learner, 1)
    assert (found.reply.status, found.stored) == (200, True)
    assert found.seconds > 0.5


def test_a_save_is_refused_when_the_lock_stays(site: Site, learner: Learner) -> None:
    found = save_while_held(site, learner, TIMEOUT * 2)
    assert (found.reply.status, found.stored) == (503, False)
    assert int(found.reply.retry_after) > 0
    assert learner.save(site.port).status == 200
