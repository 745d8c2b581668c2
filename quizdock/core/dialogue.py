"""What a study session says to an asker, and what it hears back: the one protocol of all askers.

Opening, then Question -> Reply, Marked -> Decision, Saved for each card (with Leech -> Decision where it fails again
and again), then Closing; an undo instead of the end goes on. Exams share questions and some replies with it, see
exam_dialogue. Days are ordinals, intervals are days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizdock.core.agenda import Mode
from quizdock.core.card import Card
from quizdock.core.forms import Given, Task, Verdict
from quizdock.core.grading import Proposal
from quizdock.core.journal import Kind
from quizdock.core.sm2 import Schedule


@dataclass(frozen=True, slots=True)
class Opening:
    """A study session begins: how many cards are due or to be repeated, and how many new ones it may bring."""

    learner: str
    day: int
    due: int
    new: int
    mode: Mode = "study"
    first: bool = False
    """Whether this learner has never answered anything."""


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
    """Whether the answer moves no schedule."""
    hints: int = 0
    """How many of the card's hints are shown."""
    seconds: int = 0
    """Since the session began."""
    seconds_left: int | None = None
    """How long the rest will take at this pace; None while there is none yet."""

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
    proposal: Proposal | None
    intervals: Mapping[int, int]

    @property
    def grade(self) -> int | None:
        """The proposed grade."""
        return self.proposal.grade if self.proposal else None


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer is durable: the schedule as it now stands; a drill moved nothing."""

    id: str
    grade: int
    schedule: Schedule | None
    """None for a new card that was only crammed."""
    drill: bool
    again_today: bool
    crammed: bool = False
    """Whether it was asked outside of the schedule."""


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that was forgotten again and again, and where its note is written, if it is found."""

    id: str
    prompt: str
    lapses: int
    file: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an undo took back: which card, what had happened to it, and the grade of an answer."""

    id: str
    prompt: str
    kind: Kind
    grade: int | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A study session ends; `left` counts what the day still holds of its cards."""

    reviews: int
    drills: int
    seconds: int
    left: int
    due_tomorrow: int
    new_waiting: int
    interrupted: bool = False
    waits_for: tuple[str, ...] = ()
    """Titles of the topics to be met before the new cards of this scope."""
    grades: Mapping[int, int] = field(default_factory=dict)
    """How often each grade was given at a card's first answer."""
    beyond: int = 0
    """Due cards for which the day's limits leave no room."""
    streak: int = 0
    command: str = "quizdock study"
    """What to type to go on with the same cards."""
    mode: Mode = "study"
    time_is_up: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What the learner gave, in the terms of the JSON protocol."""

    value: object


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade that the learner chose, 0–5."""

    grade: int


@dataclass(frozen=True, slots=True)
class DontKnow:
    """The learner gives up: show the answer."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Show one more hint."""


@dataclass(frozen=True, slots=True)
class Undo:
    """At a question: take back the last thing that was saved. At a verdict: answer this question once more."""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Ask this card no more, until it is resumed."""


@dataclass(frozen=True, slots=True)
class Bury:
    """Ask this card no more today."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave a leech as it is."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Put the card off until all the others were asked."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave now."""


Command = Undo | Skip | Suspend | Bury | Quit
Reply = Response | DontKnow | Hint | Command
Decision = Graded | Command
