"""The journal's events and what they make of a learner's card: `fold` is the whole rule.

The journal is the truth; schedules are what folding it gives. Times are milliseconds since 1970 (UTC), days
are ordinals, durations are milliseconds.
"""

from collections.abc import Iterable
from typing import NamedTuple

from quizdock.core import sm2
from quizdock.core.sm2 import Schedule


class Answer(NamedTuple):
    """One graded answer as the session hands it to the store."""

    card: int
    grade: int
    response: str | None
    milliseconds: int
    hash: int


class Standing(NamedTuple):
    """Where one learner's card stands after its answers so far."""

    schedule: Schedule
    reviewed: int
    """The study day of the last answer that moved the schedule."""
    repeat_day: int | None
    """The study day on which the card still comes back, if any."""
    lapses: int
    """How often it was forgotten after having been remembered."""


def fold(standing: Standing | None, grade: int, day: int, drill: bool = False) -> Standing:
    """The standing after one more answer; `None` stands for a new card.

    The first answer of a study day moves the schedule (a review). Every other, and any marked as a drill,
    only settles whether the card comes back that day.
    """
    repeat_day = day if grade < sm2.REPEAT_BELOW else None
    if standing is None:
        return Standing(sm2.review(None, grade, day), day, repeat_day, 0)
    if drill or day <= standing.reviewed:
        return standing._replace(repeat_day=repeat_day)
    forgotten = grade < sm2.PASSING and standing.schedule.repetitions > 0
    schedule = sm2.review(standing.schedule, grade, day)
    return Standing(schedule, day, repeat_day, standing.lapses + forgotten)


def replay(answers: Iterable[tuple[int, int, bool]]) -> Standing | None:
    """The standing that one card's (grade, day, drill) answers give, in their order; None without any."""
    standing = None
    for grade, day, drill in answers:
        standing = fold(standing, grade, day, drill)
    return standing


def moves_schedule(standing: Standing | None, day: int) -> bool:
    """Whether an answer on this day would be a review (and not a drill)."""
    return standing is None or day > standing.reviewed
