"""Goes through years of local time in every zone that changes its clocks: `python -m tests.robustness.clocks`.

    --years Y …      which years (2026; 2010, with changes at a minute past midnight; 2011, when Samoa left a day out)
    --rollovers H …  at which hours a study day is to begin (0, 2, 4 and 23: 2 lies in the midst of most changes)

Hour by hour, at the last second before and the first after each change of the clocks, and at the very second at which
one study day becomes another, these laws must hold:

 1. A study day is the date of the wall clock, or the day before it where the rollover hour is still to come.
 2. While the wall clock goes forward, no study day comes after a later one. Where it is put back, the study day goes
    back with it if, and only if, that takes the wall clock to before the hour at which the day had begun.
 3. A study day begins when the wall clock shows the rollover hour to the second, or at once when the clock is put
    forward past that hour; and none is left out, unless that takes whole days out of the calendar.
 4. Between two beginnings at the rollover hour lie 24 hours, less what the clock was put forward meanwhile.
 5. Whichever way the time is written, with its zone, with a bare offset, or with none, the study day is the same.

Any breach is printed and ends the run with exit code 1.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from quizdock.core.days import ROLLOVER_HOUR, as_date, study_day

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


class Walk(NamedTuple):
    """What a year in a zone came to."""

    hours: int
    begun: int
    """Study days that began."""
    back: int
    """How often the study day went back with the clock."""
    breaches: list[str]


class Reading(NamedTuple):
    """A moment (UTC), what the wall clock shows then, and the study day."""

    at: datetime
    local: datetime
    wall: datetime
    """The local time without its zone, so that two can be compared as the clock shows them."""
    day: int

    @property
    def offset(self) -> timedelta:
        """How far the zone is ahead of UTC."""
        return self.wall - self.at.replace(tzinfo=None)


def reading(at: datetime, zone: ZoneInfo, rollover: int) -> Reading:
    """The clock on the wall at a moment."""
    local = at.astimezone(zone)
    return Reading(at, local, local.replace(tzinfo=None, fold=0), study_day(local, rollover))


def changing(year: int) -> list[str]:
    """The zones known here whose clocks change in a year, in alphabetical order."""
    return sorted(name for name in available_timezones() if _changes(ZoneInfo(name), year))


def walk(zone: ZoneInfo, year: int, rollover: int = ROLLOVER_HOUR) -> Walk:
    """Go through a year in a zone, hour by hour."""
    now = reading(datetime(year, 1, 1, tzinfo=UTC), zone, rollover)
    breaches = list(_written(now, rollover))
    hours = begun = back = 0
    last: Reading | None = None  # the beginning of a study day at the rollover hour
    for later in _readings(zone, year, rollover):
        hours += later.at.minute == later.at.second == 0
        breaches += _written(later, rollover)
        if later.day == now.day:
            now = later
            continue
        before, after = _change(now, later, rollover)
        if after.day < before.day:
            back += 1
            breaches += _backwards(before, after, rollover)
            last = None
        else:
            begun += 1
            breaches += _forwards(before, after, rollover)
            is_whole = after.wall == _beginning(after.day, rollover)
            if last and is_whole and after.day == last.day + 1:
                breaches += _length(last, after)
            last = after if is_whole else None
        now = later
    return Walk(hours, begun, back, breaches)


def _readings(zone: ZoneInfo, year: int, rollover: int) -> Iterator[Reading]:
    """Every hour of a year after its first moment, with both seconds between which the clocks change."""
    now = reading(datetime(year, 1, 1, tzinfo=UTC), zone, rollover)
    end = datetime(year + 1, 1, 1, tzinfo=UTC)
    while now.at < end:
        later = reading(now.at + HOUR, zone, rollover)
        if later.offset != now.offset:
            before, after = _between(now, later, rollover, lambda each: each.offset)
            yield from (before, after) if after.at < later.at else (before,)
        yield later
        now = later


def _changes(zone: ZoneInfo, year: int) -> bool:
    start = datetime(year, 1, 1, tzinfo=UTC)
    return len({(start + timedelta(days=each)).astimezone(zone).utcoffset() for each in range(367)}) > 1


def _beginning(day: int, rollover: int) -> datetime:
    """What the wall clock shows when a study day begins."""
    return datetime.combine(as_date(day), datetime.min.time()) + timedelta(hours=rollover)


def _change(now: Reading, later: Reading, rollover: int) -> tuple[Reading, Reading]:
    """The last second of one study day and the first of another, between two readings of different days."""
    return _between(now, later, rollover, lambda each: each.day)


def _between(now: Reading, later: Reading, rollover: int, what: Callable[[Reading], object]) -> tuple[Reading, Reading]:
    """The last second at which something is as at first, and the next, where it changes once between two readings."""
    zone = now.local.tzinfo
    assert isinstance(zone, ZoneInfo)
    while later.at - now.at > SECOND:
        middle = reading(now.at + (later.at - now.at) // 2 // SECOND * SECOND, zone, rollover)
        now, later = (middle, later) if what(middle) == what(now) else (now, middle)
    return now, later


def _written(now: Reading, rollover: int) -> Iterator[str]:
    """Laws 1 and 5."""
    if now.day != now.wall.date().toordinal() - (now.wall.hour < rollover):
        yield f"{now.local.isoformat()} is the study day {as_date(now.day)}"
    offset = timezone(now.offset)
    if not now.day == study_day(now.wall, rollover) == study_day(now.at.astimezone(offset), rollover):
        yield f"{now.local.isoformat()} is another study day with its zone than without"


def _backwards(before: Reading, after: Reading, rollover: int) -> Iterator[str]:
    """Law 2: the study day has gone back."""
    if not after.wall < before.wall:
        yield f"{before.local.isoformat()}: the study day goes back while the clock goes on"
    if not after.wall < _beginning(before.day, rollover) <= before.wall:
        yield f"{before.local.isoformat()}: the study day goes back, and the clock does not go back past its beginning"


def _forwards(before: Reading, after: Reading, rollover: int) -> Iterator[str]:
    """Law 3: a study day has begun."""
    leap = after.wall - before.wall
    beginning = _beginning(after.day, rollover)
    if after.wall != beginning and not (leap > SECOND and before.wall < beginning < after.wall):
        yield f"{after.local.isoformat()}: the study day {as_date(after.day)} begins here"
    if after.day != before.day + 1 and leap < DAY:
        yield f"{after.local.isoformat()}: {as_date(after.day)} follows on {as_date(before.day)}"


def _length(first: Reading, second: Reading) -> Iterator[str]:
    """Law 4."""
    if second.at - first.at != DAY - (second.offset - first.offset):
        yield f"{first.local.isoformat()}: the study day lasts {second.at - first.at}"


def main() -> int:
    """Walk through all of them; 0 if every law holds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--years", type=int, nargs="+", default=[2010, 2011, 2026], metavar="Y")
    options.add_argument("--rollovers", type=int, nargs="+", default=[0, 2, ROLLOVER_HOUR, 23], metavar="H")
    wished = options.parse_args()
    zones = hours = begun = back = 0
    for year in wished.years:
        names = changing(year)
        zones += len(names)
        for name in names:
            for rollover in wished.rollovers:
                walked = walk(ZoneInfo(name), year, rollover)
                hours, begun, back = hours + walked.hours, begun + walked.begun, back + walked.back
                if walked.breaches:
                    told = "\n".join(walked.breaches)
                    sys.stdout.write(f"{name} in {year}, study days from {rollover}:00\n{told}\n")
                    return 1
    if not zones:
        sys.stdout.write("no time zones are known here: install the system's, or the package tzdata\n")
        return 1
    sys.stdout.write(
        f"{hours} hours in {zones} years of zones that change their clocks: {begun} study days began,"
        f" {back} times one went back with the clock; 0 anomalies\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
