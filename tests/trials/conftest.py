"""One prepared site for all trials of a run; each module serves a copy of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trials.site import Site, prepared


@pytest.fixture(scope="session")
def prepared_site() -> Iterator[Site]:
    """A site that nobody has used."""
    with prepared() as found:
        yield found


@pytest.fixture(scope="module")
def fresh(prepared_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of it."""
    folder: Path = tmp_path_factory.mktemp("trial") / "data"
    return prepared_site.copied(folder)
