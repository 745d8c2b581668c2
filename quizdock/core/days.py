"""Study days: local dates that begin at the rollover hour."""

from datetime import date, datetime, timedelta

ROLLOVER_HOUR = 4
"""The local hour at which a study day begins, so that an evening past midnight still counts as the same day."""


def study_day(now: datetime, rollover: int = ROLLOVER_HOUR) -> int:
    """The ordinal of the study day of a local time (with or without its offset).

    Only the wall clock decides: a day of 23 or 25 hours still begins at the rollover hour.
    """
    return (now.replace(tzinfo=None) - timedelta(hours=rollover)).date().toordinal()


def as_date(day: int) -> date:
    """The date of a day's ordinal."""
    return date.fromordinal(day)
