"""What a study session says to an asker, and what it hears back: the one protocol of all askers.

Opening, then Question -> Reply, Marked -> Decision, Saved for each card (with Leech -> Decision where it fails again
and again), then Closing; an undo instead of the end goes on. Exams share questions and some replies with it, see
exam_dialogue. Days are ordinals, intervals are days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from quizdock.core.agenda import Mode
from quizdock.core.card import Card
from quizdock.core.forms import Given, Task, Verdict
from quizdock.core.grading import Proposal
from quizdock.core.journal import Kind
from quizdock.core.sm2 import Schedule


class Opening(NamedTuple):
    """A study session begins: how many cards are due or to be repeated, and how many new ones it may bring."""

    learner: str
    day: int
    due: int
    new: int
    mode: Mode = "study"
    first: bool = False
    """Whether this learner has never answered anything."""


class Question(NamedTuple):
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


class Marked(NamedTuple):
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


class Saved(NamedTuple):
    """An answer is durable: the schedule as it now stands; a drill moved nothing."""

    id: str
    grade: int
    schedule: Schedule | None
    """None for a new card that was only crammed."""
    drill: bool
    again_today: bool
    crammed: bool = False
    """Whether it was asked outside of the schedule."""


class Leech(NamedTuple):
    """A card that was forgotten again and again, and where its note is written, if it is found."""

    id: str
    prompt: str
    lapses: int
    file: str | None
    line: int | None


class TakenBack(NamedTuple):
    """What an undo took back: which card, what had happened to it, and the grade of an answer."""

    id: str
    prompt: str
    kind: Kind
    grade: int | None


class Closing(NamedTuple):
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
    grades: Mapping[int, int] = {}
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


class Word:
    """A reply that says no more than what it is. No dataclass: sixteen of them take longer to make than a frame."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Whether the other one says the same."""
        return type(other) is type(self)

    def __hash__(self) -> int:
        """Equal for what is equal."""
        return hash(type(self))

    def __repr__(self) -> str:
        """As it is written."""
        return f"{type(self).__name__}()"


class DontKnow(Word):
    """The learner gives up: show the answer."""

    __slots__ = ()


class Hint(Word):
    """Show one more hint."""

    __slots__ = ()


class Undo(Word):
    """At a question: take back the last thing that was saved. At a verdict: answer this question once more."""

    __slots__ = ()


class Suspend(Word):
    """Ask this card no more, until it is resumed."""

    __slots__ = ()


class Bury(Word):
    """Ask this card no more today."""

    __slots__ = ()


class Keep(Word):
    """Leave a leech as it is."""

    __slots__ = ()


class Skip(Word):
    """Put the card off until all the others were asked."""

    __slots__ = ()


class Quit(Word):
    """Leave now."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The deadline has come; what had been typed, ticked or chosen by then, in the terms of the protocol, or None."""

    value: object = None


Command = Undo | Skip | Suspend | Bury | Quit
Reply = Response | DontKnow | Hint | Command
Decision = Graded | Command
