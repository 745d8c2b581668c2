"""What a session says to an asker, and what it hears back: the one protocol of all askers.

Study: Opening, then Question -> Reply, Marked -> Decision, Saved for each card, then Closing.
Exam: Sitting, then Question -> Reply for each question, then Outcome.
Days are ordinals, intervals are days.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from quizdock.core.card import Card
from quizdock.core.forms import Given, Task, Verdict
from quizdock.core.marking import Result
from quizdock.core.sm2 import Schedule


@dataclass(frozen=True, slots=True)
class Opening:
    """A study session begins: how many cards are due or to be repeated, and how many new ones it may bring."""

    learner: str
    day: int
    due: int
    new: int


@dataclass(frozen=True, slots=True)
class Question:
    """One card to ask: `task` is its form with the choices in the order shown.

    `left` counts the cards still to ask, this one included; `of` is the length of the whole session or paper.
    """

    id: str
    card: Card
    task: Task
    deck: str
    topic: str
    left: int
    of: int
    new: bool = False
    drill: bool = False

    @property
    def number(self) -> int:
        """Which one this is, from 1."""
        return self.of - self.left + 1


@dataclass(frozen=True, slots=True)
class Marked:
    """A question answered, with its verdict and proposed grade (both None where only the learner can tell)."""

    question: Question
    given: Given
    verdict: Verdict | None
    grade: int | None
    intervals: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer is durable: the schedule as it now stands; a drill moved nothing."""

    id: str
    grade: int
    schedule: Schedule
    drill: bool
    again_today: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """A study session ends."""

    reviews: int
    drills: int
    seconds: int
    left: int
    due_tomorrow: int
    new_waiting: int
    interrupted: bool = False
    waits_for: tuple[str, ...] = ()
    """Titles of the topics to be met before the new cards of this scope."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An exam begins."""

    learner: str
    day: int
    attempt: int
    seed: int
    questions: int
    asked_for: int
    pass_percent: float


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that did not earn full credit: what was given, and the verdict (None: not answered)."""

    question: Question
    given: Given
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An exam ends, or is left before its end (`result` is None)."""

    sitting: Sitting
    result: Result | None
    mistakes: tuple[Mistake, ...]
    answered: int
    seconds: int
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What the learner gave, in the terms of the JSON protocol."""

    value: object


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade that the learner chose, 0–5."""

    grade: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last saved answer."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Put the card off until all the others were asked."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave now."""


Reply = Response | Undo | Skip | Quit
Decision = Graded | Undo | Skip | Quit
