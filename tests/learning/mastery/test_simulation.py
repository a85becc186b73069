"""The simulation of `make bench`, in small: the ranges of learners as assumed hold, and the same seed says the same."""

from bench.simulation import assumed, chart, related, report, simulate, tables


def test_it_works() -> None:
    found = simulate(assumed, 120)
    assert 0.92 < sum(found.topics) / len(found.topics) < 0.985
    assert 0.88 < sum(found.scores) / len(found.scores) <= 1
    said = report("assumed", found)
    assert said.error < said.baseline
    assert 0 < said.saved < 4
    assert said.settled == 100


def test_the_same_seed_says_the_same() -> None:
    assert report("related", simulate(related, 20)) == report("related", simulate(related, 20))


def test_it_is_told_as_tables_and_as_a_drawing() -> None:
    reports = [report("assumed", simulate(assumed, 20))]
    assert "assumed" in tables(reports)
    assert chart(reports).startswith("<svg ")
    assert chart(reports).count("<circle") >= len(reports[0].foretold)
