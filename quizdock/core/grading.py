"""From a verdict to a proposed grade, and from keys to grades."""

from collections.abc import Mapping
from typing import NamedTuple

from quizdock.core.forms import Given, Task, Verdict, is_nothing
from quizdock.core.message import Message, msg
from quizdock.core.settings import GradeKeys
from quizdock.core.sm2 import GRADES, PASSING

READING = 60
"""Milliseconds allowed to read one character of a card: a slow reader's thousand a minute."""
TYPING = 400
"""Milliseconds allowed to type one character of the answer."""
THINKING = 20_000
"""Milliseconds allowed to think, before a right answer counts as a slow one."""
AWAY = 300_000
"""Milliseconds beyond which nobody was at the keyboard: the time says nothing about the answer any more."""

KEYS: Mapping[GradeKeys, Mapping[str, int]] = {
    "six": {str(grade): grade for grade in GRADES},
    "four": {"1": 1, "2": 3, "3": 4, "4": 5},
}
"""The key of each grade: all six of SM-2, or again, hard, good and easy."""


class Proposal(NamedTuple):
    """A grade, and in a few words why."""

    grade: int
    reason: Message


def proposed_grade(verdict: Verdict | None) -> int | None:
    """The grade to propose: 4 for a right answer, 2 for one at least half right, 1 for any other.

    None where there is no verdict. A right answer is never proposed as 5: only the learner knows that it came
    without hesitation.
    """
    if verdict is None:
        return None
    if verdict.right:
        return 4
    return 2 if verdict.credit >= 0.5 else 1


def proposal(
    verdict: Verdict | None, given: Given, milliseconds: int, time_allowed: int, hints: int
) -> Proposal | None:
    """What to propose after an answer: by its credit, and 3 instead of 4 where it came slowly or with hints.

    No answer at all is 0. None where only the learner can tell.
    """
    grade = proposed_grade(verdict)
    if verdict is None or grade is None:
        return None
    if not verdict.right:
        if is_nothing(given):
            return Proposal(0, msg("no answer"))
        return Proposal(grade, msg("at least half right") if grade == 2 else msg("wrong"))
    if hints:
        return Proposal(3, msg("right, with a hint"))
    if time_allowed < milliseconds < AWAY:
        return Proposal(3, msg("right, but it took long"))
    return Proposal(grade, msg("right"))


def time_allowed(prompt: str, task: Task) -> int:
    """Milliseconds within which an answer is not slow: to read the card, to think, and to type what is not chosen."""
    shown = len(prompt) + sum(map(len, (*task.choices, *task.items)))
    typed = 0 if task.choices else len(str(task.answer))
    return THINKING + READING * shown + TYPING * typed


def on_a_key(grade: int, keys: GradeKeys) -> int:
    """The grade, or the one nearest to it that has a key: what was forgotten stays forgotten."""
    grades = KEYS[keys].values()
    if grade in grades:
        return grade
    return min(grades) if grade < PASSING else min(grades, key=lambda each: abs(each - grade))
