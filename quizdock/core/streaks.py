"""How many study days in a row had a review. Days are ordinals."""

from collections.abc import Iterable


def streak(studied: Iterable[int], today: int) -> int:
    """How many study days in a row had a review, up to today, or to yesterday while today is still open.

    `studied` lists the ordinals of days with a review, latest first. Days after today, of a clock that has been put
    back since, do not count.
    """
    expected = today
    length = 0
    for day in studied:
        if day > today:
            continue
        if day == today - 1 and length == 0:
            expected = day
        if day != expected:
            break
        length += 1
        expected = day - 1
    return length


def longest_streak(studied: Iterable[int]) -> int:
    """The most study days in a row that had a review, whenever that was; `studied` is as for `streak`."""
    longest = length = 0
    later = 0
    for day in studied:
        length = length + 1 if day == later - 1 else 1
        longest, later = max(longest, length), day
    return longest
