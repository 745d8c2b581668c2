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
    drill: bool = False
    """Whether it was asked as a drill: then it moves nothing, even if the day has changed meanwhile."""


class Standing(NamedTuple):
    """Where one learner's card stands after its answers so far."""

    schedule: Schedule
    reviewed: int
    """The study day of the last answer that moved the schedule."""
    repeat_day: int | None
    """The study day on which the card still comes back, if any."""
    lapses: int
    """How often it was forgotten after having been remembered."""


class Past(NamedTuple):
    """One answer as the journal holds it; `drill` if it was given as one."""

    grade: int
    day: int
    drill: bool = False
    milliseconds: int = 0


class Today(NamedTuple):
    """What a learner did on a study day: cards met, answers that moved a schedule, drills, milliseconds."""

    new: int = 0
    reviews: int = 0
    drills: int = 0
    milliseconds: int = 0

    def plus(self, other: "Today", sign: int = 1) -> "Today":
        """The sum of both, or with sign -1 the difference, figure by figure."""
        return Today(*(mine + sign * more for mine, more in zip(self, other, strict=True)))


def moves_schedule(standing: Standing | None, day: int, drill: bool = False) -> bool:
    """Whether an answer on this day is a review: the first to a card, else the first of a study day.

    Every other, and any to a known card that was given as a drill, is a drill.
    """
    return standing is None or (not drill and day > standing.reviewed)


def fold(standing: Standing | None, grade: int, day: int, drill: bool = False) -> Standing:
    """The standing after one more answer; `None` stands for a new card.

    A review moves the schedule; a drill only settles whether the card comes back that day.
    """
    repeat_day = day if grade < sm2.REPEAT_BELOW else None
    if standing is None:
        return Standing(sm2.review(None, grade, day), day, repeat_day, 0)
    if not moves_schedule(standing, day, drill):
        return standing._replace(repeat_day=repeat_day)
    forgotten = grade < sm2.PASSING and standing.schedule.repetitions > 0
    schedule = sm2.review(standing.schedule, grade, day)
    return Standing(schedule, day, repeat_day, standing.lapses + forgotten)


def step(standing: Standing | None, answer: Past) -> tuple[Standing, Today]:
    """The standing after one more answer, and what that adds to the figures of the answer's day."""
    grade, day, drill, milliseconds = answer
    review = moves_schedule(standing, day, drill)
    return fold(standing, grade, day, drill), Today(int(standing is None), int(review), int(not review), milliseconds)


def replay(answers: Iterable[Past]) -> tuple[Standing | None, dict[int, Today]]:
    """The standing that one card's answers give, in their order (None without any), and each day's figures."""
    standing: Standing | None = None
    days: dict[int, Today] = {}
    for answer in answers:
        standing, gained = step(standing, answer)
        days[answer.day] = days.get(answer.day, Today()).plus(gained)
    return standing, days
