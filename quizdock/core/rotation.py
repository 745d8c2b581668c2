"""Which daily copies are worth keeping: many of the last days, fewer of long ago."""

from collections.abc import Callable, Iterable

from quizdock.core.days import as_date

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(days: Iterable[int]) -> set[int]:
    """Of these days (ordinals) the last DAYS, the last one of each of the last WEEKS weeks, and of MONTHS months.

    Only weeks and months count of which there is a day. A day that is let go is never asked for later: whoever lets
    go day by day keeps the same.
    """
    latest_first = sorted(set(days), reverse=True)
    weeks = _last_of_each(latest_first, lambda day: as_date(day).isocalendar()[:2])
    months = _last_of_each(latest_first, lambda day: (as_date(day).year, as_date(day).month))
    return {*latest_first[:DAYS], *weeks[:WEEKS], *months[:MONTHS]}


def _last_of_each(latest_first: Iterable[int], span: Callable[[int], object]) -> list[int]:
    found: dict[object, int] = {}
    for day in latest_first:
        found.setdefault(span(day), day)
    return list(found.values())
