"""SM-2 as its author described it in 1990, read literally, in whole numbers.

Source: P. A. Woźniak, "Optimization of learning", 1990, chapter 3.2 (algorithm SM-2). The ease (his E-Factor)
is kept in whole hundredths, so that no floating point figure ever decides an interval.

Days are proleptic ordinals, as `datetime.date.toordinal` counts them.
"""

from typing import NamedTuple

from quizdock.core.tuples import maker

GRADES = range(6)
PASSING = 3
"""The lowest grade that counts as remembered."""
REPEAT_BELOW = 4
"""A card graded below this comes back on the same study day until it is graded at least so."""

LAST_DAY = 3_652_059
"""The ordinal of 9999-12-31, the last day a calendar can show."""

_EASE_FLOOR = 130
_EASE_CHANGE = {5: 10, 4: 0, 3: -14}
_GRADES = frozenset(GRADES)  # tells what it holds in a third of the time that a range takes


class Schedule(NamedTuple):
    """One learner's schedule of one card: interval in days, ease in hundredths, due as a day's ordinal."""

    repetitions: int
    interval: int
    ease: int
    due: int


_NEW = Schedule(0, 0, 250, 0)
"""What a new card starts from; it is due on no day."""
_schedule = maker(Schedule)


def review(schedule: Schedule | None, grade: int, day: int) -> Schedule:
    """The schedule after an answer graded 0–5 on a study day; `None` stands for a new card.

    The next due day counts from the day of the answer, never from the old due day. Raises ValueError for a
    grade outside 0–5.
    """
    if grade not in _GRADES:
        raise ValueError(f"a grade is a whole number from 0 to 5, not {grade!r}")
    repetitions, interval, ease, _due = schedule or _NEW
    if grade < PASSING:
        repetitions, interval = 0, 1
    else:
        if repetitions == 0:
            interval = 1
        elif repetitions == 1:
            interval = 6
        else:
            interval = -(-interval * ease // 100)  # rounded up
        repetitions += 1
        changed = ease + _EASE_CHANGE[grade]
        ease = changed if changed > _EASE_FLOOR else _EASE_FLOOR  # a call of `max` takes a fifth of all this
    due = day + interval
    return _schedule((repetitions, interval, ease, due if due < LAST_DAY else LAST_DAY))


def review_ahead(schedule: Schedule, grade: int, day: int) -> Schedule:
    """The schedule after an answer that was given before the due day: a card remembered proves only the days passed.

    The source does not know such answers. Were they to count in full, answering a card every day would soon put it
    off for years; were they not to count at all, one could not work ahead of a holiday. So the days that have passed
    grow by the ease, repetitions and ease stay as they are, and the interval is never shorter than it was. A card
    that was forgotten starts again, as ever.
    """
    if grade < PASSING:
        return review(schedule, grade, day)
    repetitions, before, ease, due = schedule
    passed = max(0, before - (due - day))
    interval = max(before, -(-passed * ease // 100))
    return Schedule(repetitions, interval, ease, min(day + interval, LAST_DAY))


def after_answer(schedule: Schedule | None, grade: int, day: int) -> Schedule:
    """The schedule after an answer on any day, the due day, a later or an earlier one; `None` stands for a new card."""
    return review_ahead(schedule, grade, day) if schedule and day < schedule.due else review(schedule, grade, day)


def preview(schedule: Schedule | None, day: int) -> dict[int, Schedule]:
    """The schedule that each grade 0–5 would give."""
    return {grade: after_answer(schedule, grade, day) for grade in GRADES}


def ease_text(ease: int) -> str:
    """The ease as people write it: 250 is `2.50`."""
    return f"{ease // 100}.{ease % 100:02d}"
