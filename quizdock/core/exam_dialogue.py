"""What an exam says to an asker, and what it hears back.

Sitting (twice: before it begins, and once it is stored), then Item -> ExamReply for each question (with a Certainty
after an answer, and Assessed -> Onward where marks are told at once), Overview -> ExamReply before it is submitted,
then Outcome -> whether the mistakes are to come into study.
Days are ordinals, times milliseconds since 1970 (UTC).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from quizdock.core.calibration import Calibration
from quizdock.core.dialogue import Hint, Question, Quit, Response, Skip, TimeUp
from quizdock.core.forms import Given, Verdict
from quizdock.core.marking import Certainty, Mark, Result, Rules
from quizdock.core.message import Message
from quizdock.core.sitting import Answer

SecondsLeft = Callable[[], float | None]
"""Seconds until the deadline, by the session's clock; None where there is none."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An exam begins, or goes on where it was left."""

    learner: str
    day: int
    attempt: int
    """Its number; 0 while it is not stored."""
    seed: int
    decks: tuple[str, ...]
    """Titles."""
    questions: int
    asked_for: int
    rules: Rules
    resumed: bool = False
    answered: int = 0
    seconds_left: float | None = None
    changes: tuple[Message, ...] = ()
    """What has become of the decks since the paper was drawn; the paper itself stays as it is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the paper, and how it stands."""

    question: Question
    answer: Answer
    rules: Rules
    response: object = None
    """What was answered before, in the terms of the JSON protocol; None where nothing was."""
    given: Given = None
    """The same in texts."""
    answered: int = 0
    """How many questions of the paper have an answer."""


class Line(NamedTuple):
    """One question in the overview."""

    number: int
    prompt: str
    given: Given
    is_answered: bool
    flagged: bool
    can_change: bool
    """Whether it may still be answered: where marks are told at once, an answer is final."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole paper before it is submitted."""

    lines: tuple[Line, ...]
    rules: Rules

    @property
    def unanswered(self) -> list[int]:
        """The numbers of the questions without an answer."""
        return [line.number for line in self.lines if not line.is_answered]

    @property
    def flagged(self) -> list[int]:
        """The numbers of the questions to come back to."""
        return [line.number for line in self.lines if line.flagged]


@dataclass(frozen=True, slots=True)
class Assessed:
    """One question with what was given and how it was marked; `verdict` is None where nothing was answered."""

    question: Question
    answer: Answer
    given: Given
    verdict: Verdict | None
    mark: Mark
    rules: Rules

    @property
    def is_mistake(self) -> bool:
        """Whether it did not earn full credit."""
        return self.mark.credit != 1.0

    @property
    def may_be_told(self) -> bool:
        """Whether the right answer may be shown: not while another try could still earn something."""
        return self.rules.mode != "practice" or self.answer.is_settled


class Regraded(NamedTuple):
    """A mark that was given anew: when (milliseconds since 1970), and the credits before and after, 0–1."""

    number: int
    at: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Record:
    """A finished attempt, whole; `decks` are titles by ids."""

    attempt: int
    learner: str
    decks: Mapping[str, str]
    day: int
    started: int
    finished: int
    seed: int
    rules: Rules
    questions: tuple[Assessed, ...]
    result: Result
    calibration: Calibration | None = None
    out_of_time: bool = False
    regrades: tuple[Regraded, ...] = ()

    @property
    def mistakes(self) -> tuple[Assessed, ...]:
        """The questions that did not earn full credit, in the paper's order."""
        return tuple(each for each in self.questions if each.is_mistake)

    @property
    def seconds(self) -> int:
        """From the beginning to the end."""
        return max(0, self.finished - self.started) // 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sitting ends: the exam is finished, or left (`record` is None) to be gone on with."""

    sitting: Sitting
    record: Record | None
    answered: int
    seconds: int
    interrupted: bool = False
    studies_mistakes: bool = False
    """Whether the mistakes come into study without being asked for."""


@dataclass(frozen=True, slots=True)
class Back:
    """Go to the question before."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to the question of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Flag:
    """Mark the question to come back to, or take the mark away."""


@dataclass(frozen=True, slots=True)
class Review:
    """Show the whole paper."""


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in the paper as it is."""


ExamReply = Response | Skip | Hint | Back | GoTo | Flag | Review | Submit | Quit | TimeUp
Sure = Certainty | Back | Quit | TimeUp
"""How sure an answer is; Back answers the question again."""
Onward = Skip | Quit | TimeUp
"""After a mark that was told: on (to the next question, or to another try), or leave."""
