"""Figures about a learner's days."""

import pytest

from quizdock.core.statistics import streak


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
