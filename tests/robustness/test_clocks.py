"""A year of hours where clocks change; `python -m tests.robustness.clocks` goes through every zone."""

from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.robustness.clocks import walk


@pytest.mark.parametrize(
    ("name", "year", "rollover", "begun", "back"),
    [
        ("Europe/Paris", 2026, 4, 365, 0),
        ("Europe/Paris", 2026, 2, 365, 0),  # on 2026-10-25 the clock shows 02:00 twice, which is no later than it was
        ("Antarctica/Troll", 2026, 2, 366, 1),  # where 03:00 becomes 01:00
        ("America/St_Johns", 2010, 0, 366, 1),  # where 00:01 became 23:01
        ("Pacific/Apia", 2011, 4, 366, 0),  # where no clock showed 30 December: the study day has four hours
        ("Pacific/Apia", 2011, 0, 365, 0),
    ],
)
def test_study_days_begin_at_the_rollover_hour_and_go_back_with_the_clock_alone(
    name: str, year: int, rollover: int, begun: int, back: int
) -> None:
    if name not in available_timezones():
        pytest.skip(f"the zone {name} is not known here")
    walked = walk(ZoneInfo(name), year, rollover)
    assert walked.breaches == []
    assert (walked.begun, walked.back) == (begun, back)
