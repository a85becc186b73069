"""A number in an address that no database holds leads nowhere, as one that is missing does."""

from collections.abc import Mapping
from typing import Any

import pytest

from learning.models import Learner
from tests.config.test_access import DOORS, address, ask, things
from tests.conftest import signed_in

__all__ = ["things"]  # the fixture: one of everything

HUGE = 10**30


@pytest.mark.parametrize("who", ["alice", "ines"])
def test_it_works(who: str, things: Mapping[str, Any], alice: Learner, ines: Learner) -> None:
    client = signed_in({"alice": alice, "ines": ines}[who])
    client.raise_request_exception = False
    numbers = {name for name, value in things.items() if type(value) is int}
    found: list[str] = []
    for door in DOORS:
        for thing in numbers.intersection(DOORS[door].things):
            url = address(door, DOORS[door], {**things, thing: HUGE})
            answers = {method: ask(client, method, url, DOORS[door]).status_code for method in DOORS[door].methods}
            found += [f"{method} {url}: {status}" for method, status in answers.items() if status != 404]
    assert not found, "\n".join(found)
