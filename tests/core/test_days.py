"""Study days."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.days import as_date, study_day

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 12, 0), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 59, 59), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 0, 0), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 3, 59, 59, 999_999), date(2026, 11, 23)),
        (datetime(2026, 11, 24, 4, 0), date(2026, 11, 24)),
        (datetime(2027, 1, 1, 1, 0), date(2026, 12, 31)),
        (datetime(2028, 3, 1, 2, 0), date(2028, 2, 29)),
    ],
)
def test_a_study_day_begins_at_four(now: datetime, day: date) -> None:
    assert as_date(study_day(now)) == day


@pytest.mark.parametrize(
    ("rollover", "day"),
    [(0, date(2026, 11, 24)), (1, date(2026, 11, 24)), (2, date(2026, 11, 23)), (23, date(2026, 11, 23))],
)
def test_the_rollover_hour_can_be_another(rollover: int, day: date) -> None:
    assert as_date(study_day(datetime(2026, 11, 24, 1, 0), rollover)) == day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # 2026-03-29 has 23 hours: from 02:00 the clock goes to 03:00
        (datetime(2026, 3, 29, 1, 59, tzinfo=PARIS), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 3, 59, tzinfo=PARIS), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 4, 0, tzinfo=PARIS), date(2026, 3, 29)),
        # 2026-10-25 has 25 hours: 02:00 to 03:00 comes twice
        (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 59, tzinfo=PARIS), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 4, 0, tzinfo=PARIS), date(2026, 10, 25)),
    ],
)
def test_a_study_day_begins_at_four_when_the_clocks_change(now: datetime, day: date) -> None:
    assert as_date(study_day(now)) == day


def test_the_wall_clock_decides_whatever_the_offset() -> None:
    for hours in (-12, 0, 14):
        now = datetime(2026, 11, 23, 3, 0, tzinfo=timezone(timedelta(hours=hours)))
        assert as_date(study_day(now)) == date(2026, 11, 22)


def test_a_day_is_the_ordinal_of_its_date() -> None:
    assert study_day(datetime(2026, 11, 23, 12, 0)) == 739_943
    assert as_date(739_943) == date(2026, 11, 23)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.datetimes(min_value=datetime(1970, 1, 2)), st.integers(0, 23))
def test_a_study_day_is_the_date_or_the_day_before(now: datetime, rollover: int) -> None:
    day = study_day(now, rollover)
    assert day == now.date().toordinal() - (now.hour < rollover)
