"""Which daily copies are kept."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdock.core.rotation import DAYS, MONTHS, WEEKS, kept

LAW = settings(deadline=None, derandomize=True, max_examples=200)
ordinals = st.sets(st.integers(738_000, 740_000), max_size=120)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_of_a_year_of_days_the_last_week_four_weeks_and_twelve_months_are_kept() -> None:
    year = range(day("2026-01-01"), day("2026-12-17") + 1)
    assert sorted(date.fromordinal(each).isoformat() for each in kept(year)) == [
        *("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"),
        *("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-29", "2026-11-30"),
        *("2026-12-06", "2026-12-11", "2026-12-12", "2026-12-13", "2026-12-14", "2026-12-15"),
        *("2026-12-16", "2026-12-17"),
    ]


@LAW
@given(ordinals)
def test_the_latest_days_are_always_kept_and_never_more_than_all_together(days: set[int]) -> None:
    keeps = kept(days)
    assert keeps <= days
    assert {*sorted(days)[-DAYS:]} <= keeps
    assert len(keeps) <= DAYS + WEEKS + MONTHS
    assert kept(keeps) == keeps


@LAW
@given(st.sets(st.integers(0, 500), max_size=200))
def test_letting_go_day_by_day_keeps_what_letting_go_at_once_would(numbers: set[int]) -> None:
    days = sorted(739_000 + number for number in numbers)
    so_far: set[int] = set()
    for each in days:
        so_far = kept({*so_far, each})
    assert so_far == kept(days)
