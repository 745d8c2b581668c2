"""Figures about a learner's days."""

from collections.abc import Iterable


def streak(studied: Iterable[int], today: int) -> int:
    """How many study days in a row had a review, up to today, or to yesterday while today is still open.

    `studied` lists the ordinals of days with a review, latest first.
    """
    expected = today
    length = 0
    for day in studied:
        if day == today - 1 and length == 0:
            expected = day
        if day != expected:
            break
        length += 1
        expected = day - 1
    return length
