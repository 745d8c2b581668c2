"""The only place that asks what time it is."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from quizdock.core.days import ROLLOVER_HOUR
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg


class SystemClock:
    """The machine's local time, moved by a fixed span (none, unless QUIZDOCK_NOW says so)."""

    rollover: int = ROLLOVER_HOUR
    """The local hour at which a study day begins."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        """Run `ahead` of the machine's own time."""
        self._ahead = ahead

    def now(self) -> datetime:
        """The local time with its offset."""
        return (datetime.now().astimezone() + self._ahead).astimezone()

    def milliseconds(self) -> int:
        """A count that never goes backwards."""
        return time.monotonic_ns() // 1_000_000


def clock_of(environment: Mapping[str, str]) -> SystemClock:
    """The system's clock, started at QUIZDOCK_NOW (ISO 8601, local without an offset) where that is set.

    Raises QuizDockError for a time that cannot be read.
    """
    wanted = environment.get("QUIZDOCK_NOW")
    if not wanted:
        return SystemClock()
    try:
        start = datetime.fromisoformat(wanted).astimezone()
        return SystemClock(start - datetime.now().astimezone())
    except (ValueError, OverflowError, OSError) as error:
        raise QuizDockError(
            msg("QUIZDOCK_NOW is not a time: {value}", value=wanted), msg("Write it as 2026-11-23T20:15.")
        ) from error
