"""An exam's result from the marks of its questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

PASS_PERCENT = 70
"""The pass mark where neither the learner nor the deck says another."""


class Mark(NamedTuple):
    """One question's topic (its title) and credit, 0–1; None where it was not answered, which counts as 0."""

    topic: str
    credit: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """Points reached out of how many."""

    points: float
    of: int

    @property
    def percent(self) -> float:
        """0–100, rounded to one decimal; 0 for an empty paper."""
        return round(100 * self.points / self.of, 1) if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """The whole paper's score, each topic's in the paper's order, and whether it reached the pass mark."""

    score: Score
    topics: tuple[tuple[str, Score], ...]
    passed: bool


def result(marks: Iterable[Mark], pass_percent: float) -> Result:
    """The result of a paper; the pass mark is compared with the percentage as it is shown."""
    marks = list(marks)
    topics = dict.fromkeys(mark.topic for mark in marks)
    scores = tuple((topic, _score(mark for mark in marks if mark.topic == topic)) for topic in topics)
    score = _score(marks)
    return Result(score, scores, bool(marks) and score.percent >= pass_percent)


def _score(marks: Iterable[Mark]) -> Score:
    points = [mark.credit or 0.0 for mark in marks]
    return Score(round(sum(points), 6), len(points))
