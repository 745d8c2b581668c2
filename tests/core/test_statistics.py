"""Figures about a learner's days."""

import pytest

from quizdock.core.statistics import Record, records, streak


@pytest.mark.parametrize(
    ("studied", "length"),
    [
        ([], 0),
        ([100], 1),
        ([100, 99, 98], 3),
        ([99], 1),
        ([99, 98, 97], 3),
        ([98, 97], 0),
        ([100, 98, 97], 1),
        ([99, 97], 1),
        ([100, 99, 97, 96], 2),
        ([50], 0),
    ],
)
def test_a_streak_is_the_days_in_a_row_up_to_today_or_yesterday(studied: list[int], length: int) -> None:
    assert streak(studied, today=100) == length


def test_a_streak_reads_no_further_than_its_first_gap() -> None:
    days = iter([100, 99, 97, 96])
    assert streak(days, 100) == 2
    assert list(days) == [96]


def test_a_record_holds_the_best_and_the_latest_and_whether_any_was_passed() -> None:
    results = [("Bo", 80.0, True), ("al", 12.5, False), ("Bo", 60.0, False), ("Bo", 70.0, False)]
    assert records(results) == [Record("al", 1, 12.5, 12.5, False), Record("Bo", 3, 80.0, 70.0, True)]
    assert records([]) == []
