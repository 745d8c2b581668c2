"""Figures about a learner's days."""

from collections.abc import Iterable
from typing import NamedTuple

from quizdock.core.text import fold


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


class Record(NamedTuple):
    """A learner's exams in a line: how many, the best and the latest percentage, and whether any was passed."""

    learner: str
    attempts: int
    best: float
    latest: float
    passed: bool


def records(results: Iterable[tuple[str, float, bool]]) -> list[Record]:
    """Each learner's record, in alphabetical order, from every (learner, percentage, passed) in order of time."""
    found: dict[str, Record] = {}
    for learner, percent, passed in results:
        before = found.get(learner, Record(learner, 0, percent, percent, False))
        found[learner] = Record(
            learner, before.attempts + 1, max(before.best, percent), percent, before.passed or passed
        )
    return [found[learner] for learner in sorted(found, key=fold)]
