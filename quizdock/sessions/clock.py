"""The clock that sessions are given."""

from datetime import datetime
from typing import Protocol

from quizdock.core.days import study_day
from quizdock.store.journal import Moment


class Clock(Protocol):
    """Tells the time; only the command line knows a real one."""

    @property
    def rollover(self) -> int:
        """The local hour at which a study day begins."""

    def now(self) -> datetime:
        """The local time with its offset."""

    def milliseconds(self) -> int:
        """A count that never goes backwards, for measuring durations."""


def moment(clock: Clock) -> Moment:
    """The clock's time as the journal keeps it."""
    now = clock.now()
    return Moment(int(now.timestamp() * 1000), study_day(now, clock.rollover))
