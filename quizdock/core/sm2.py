"""SM-2 as its author described it in 1990, read literally, in whole numbers.

Source: P. A. Woźniak, "Optimization of learning", 1990, chapter 3.2 (algorithm SM-2). The ease (his E-Factor)
is kept in whole hundredths, so that no floating point figure ever decides an interval.

Days are proleptic ordinals, as `datetime.date.toordinal` counts them.
"""

from typing import NamedTuple

GRADES = range(6)
PASSING = 3
"""The lowest grade that counts as remembered."""
REPEAT_BELOW = 4
"""A card graded below this comes back on the same study day until it is graded at least so."""

LAST_DAY = 3_652_059
"""The ordinal of 9999-12-31, the last day a calendar can show."""

_EASE_AT_START = 250
_EASE_FLOOR = 130
_EASE_CHANGE = {5: 10, 4: 0, 3: -14}


class Schedule(NamedTuple):
    """One learner's schedule of one card: interval in days, ease in hundredths, due as a day's ordinal."""

    repetitions: int
    interval: int
    ease: int
    due: int


def review(schedule: Schedule | None, grade: int, day: int) -> Schedule:
    """The schedule after an answer graded 0–5 on a study day; `None` stands for a new card.

    The next due day counts from the day of the answer, never from the old due day. Raises ValueError for a
    grade outside 0–5.
    """
    if grade not in GRADES:
        raise ValueError(f"a grade is a whole number from 0 to 5, not {grade!r}")
    repetitions, interval, ease = schedule[:3] if schedule else (0, 0, _EASE_AT_START)
    if grade < PASSING:
        return Schedule(0, 1, ease, min(day + 1, LAST_DAY))
    interval = _next_interval(repetitions, interval, ease)
    ease = max(_EASE_FLOOR, ease + _EASE_CHANGE[grade])
    return Schedule(repetitions + 1, interval, ease, min(day + interval, LAST_DAY))


def review_ahead(schedule: Schedule, grade: int, day: int) -> Schedule:
    """The schedule after an answer that was given before the due day: a card remembered proves only the days passed.

    The source does not know such answers. Were they to count in full, answering a card every day would soon put it
    off for years; were they not to count at all, one could not work ahead of a holiday. So the days that have passed
    grow by the ease, repetitions and ease stay as they are, and the interval is never shorter than it was. A card
    that was forgotten starts again, as ever.
    """
    if grade < PASSING:
        return review(schedule, grade, day)
    passed = max(0, schedule.interval - (schedule.due - day))
    interval = max(schedule.interval, -(-passed * schedule.ease // 100))
    return schedule._replace(interval=interval, due=min(day + interval, LAST_DAY))


def after_answer(schedule: Schedule | None, grade: int, day: int) -> Schedule:
    """The schedule after an answer on any day, the due day, a later or an earlier one; `None` stands for a new card."""
    return review_ahead(schedule, grade, day) if schedule and day < schedule.due else review(schedule, grade, day)


def preview(schedule: Schedule | None, day: int) -> dict[int, Schedule]:
    """The schedule that each grade 0–5 would give."""
    return {grade: after_answer(schedule, grade, day) for grade in GRADES}


def _next_interval(repetitions: int, interval: int, ease: int) -> int:
    if repetitions == 0:
        return 1
    if repetitions == 1:
        return 6
    return -(-interval * ease // 100)  # rounded up


def ease_text(ease: int) -> str:
    """The ease as people write it: 250 is `2.50`."""
    return f"{ease // 100}.{ease % 100:02d}"
