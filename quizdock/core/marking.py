"""An exam's rules, and its result from the marks of its questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal, NamedTuple, Self

PASS_PERCENT = 70
"""The pass mark where neither the learner nor the deck says another."""
MOST_TRIES = 3
"""Answers that a practice question takes: each further one, and each hint, costs a third of its points."""

Mode = Literal["deferred", "immediate", "practice"]


class Certainty(IntEnum):
    """How sure a learner says an answer is."""

    GUESS = 1
    FAIRLY = 2
    SURE = 3


REWARD: Mapping[Certainty, int] = {Certainty.GUESS: 1, Certainty.FAIRLY: 2, Certainty.SURE: 3}
"""Certainty points of a right answer; of a partly right one, that fraction of them."""
LOSS: Mapping[Certainty, int] = {Certainty.GUESS: 0, Certainty.FAIRLY: -2, Certainty.SURE: -6}
"""Certainty points of an answer with nothing right.

With these (Gardner-Medwin's certainty-based marking) it pays to say what one believes: a guess below 2/3, fairly up to
0.8, sure beyond.
"""


@dataclass(frozen=True, slots=True)
class Rules:
    """How an exam is sat and marked."""

    pass_percent: float = PASS_PERCENT
    minutes: int | None = None
    """None: as long as it takes."""
    mode: Mode = "deferred"
    """When it says what was right: at the end, after each answer, or after several tries with hints."""
    penalty: float = 0.0
    """Points that a wrong answer costs, 0-1; one left out costs nothing."""
    certainty: bool = False
    """Whether the learner says of each answer how sure it is."""
    retry_of: int | None = None
    """The attempt whose mistakes these questions are."""

    @property
    def is_evidence(self) -> bool:
        """Whether its result says how much of the course the learner knows."""
        return self.mode != "practice" and self.retry_of is None

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data; defaults are left out."""
        data = {
            "pass": self.pass_percent,
            "minutes": self.minutes,
            "mode": self.mode,
            "penalty": self.penalty,
            "certainty": self.certainty,
            "retry_of": self.retry_of,
        }
        return {key: value for key, value in data.items() if key == "pass" or value not in (None, 0, "deferred")}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The rules that `as_data` wrote."""
        return cls(
            data["pass"],
            data.get("minutes"),
            data.get("mode", "deferred"),
            data.get("penalty", 0.0),
            data.get("certainty", False),
            data.get("retry_of"),
        )


class Place(NamedTuple):
    """Where a question comes from: the ids of its deck and topic, and the topic's title (or else the deck's)."""

    deck: str
    topic: str
    title: str


class Mark(NamedTuple):
    """One question's place and credit, 0–1; None where it was not answered, which earns and costs nothing."""

    place: Place
    credit: float | None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Points reached out of how many."""

    points: float
    of: int

    @property
    def percent(self) -> float:
        """0–100, rounded to one decimal; 0 for an empty paper, and where penalties ate more than was earned."""
        return round(max(0.0, 100 * self.points / self.of), 1) if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """The whole paper's score, each topic's in the paper's order, and whether it reached the pass mark.

    A paper's points are never less than 0. `certainty` are the certainty points, which can be: they say how well the
    learner knows what they know, and do not decide whether the exam is passed.
    """

    score: Score
    topics: tuple[tuple[Place, Score], ...]
    passed: bool
    certainty: Score | None = None


def points(mark: Mark, rules: Rules) -> float:
    """What an answer earns, or costs where penalties are agreed on and nothing of it is right."""
    if mark.credit is None:
        return 0.0
    return mark.credit or 0.0 - rules.penalty


def certainty_points(mark: Mark) -> float:
    """What an answer earns or costs by how sure the learner was of it; one without a certainty counts as a guess."""
    if mark.credit is None:
        return 0.0
    certainty = mark.certainty or Certainty.GUESS
    return mark.credit * REWARD[certainty] if mark.credit else LOSS[certainty]


def result(marks: Iterable[Mark], rules: Rules) -> Result:
    """The result of a paper; the pass mark is compared with the percentage as it is shown."""
    marks = list(marks)
    places = dict.fromkeys(mark.place for mark in marks)
    topics = tuple((place, _score([mark for mark in marks if mark.place == place], rules)) for place in places)
    whole = _score(marks, rules)
    score = Score(max(0.0, whole.points), whole.of)
    passed = bool(marks) and score.percent >= rules.pass_percent
    return Result(score, topics, passed, _certainty(marks) if rules.certainty else None)


def _score(marks: list[Mark], rules: Rules) -> Score:
    return Score(round(sum(points(mark, rules) for mark in marks), 6), len(marks))


def _certainty(marks: list[Mark]) -> Score:
    return Score(round(sum(map(certainty_points, marks)), 6), REWARD[Certainty.SURE] * len(marks))
