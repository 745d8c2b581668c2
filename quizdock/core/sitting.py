"""What happens while an exam is sat, as events; `step` is the whole rule.

The events are the truth: an attempt that goes on after a power cut is the replay of its own. Times are milliseconds
since 1970 (UTC), durations are milliseconds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import NamedTuple

from quizdock.core.marking import MOST_TRIES, Certainty


class Kind(IntEnum):
    """What happened. The numbers are what the database keeps."""

    OPENED = 1
    """A terminal begins the exam, or goes on with it: from here on, what another one sends is refused."""
    ANSWERED = 2
    FLAGGED = 3
    """The learner wants to come back to the question."""
    UNFLAGGED = 4
    HINTED = 5
    SUBMITTED = 6
    TIMED_OUT = 7
    """The exam ended with its time."""
    REGRADED = 8
    """The answer was marked anew, by a corrected card."""


class Event(NamedTuple):
    """One thing that happened; what its kind does not have keeps the default. `given` is as JSON has it."""

    kind: Kind
    at: int
    number: int = 0
    """The question, from 1; 0 where it is about the whole exam."""
    given: object = None
    credit: float | None = None
    milliseconds: int = 0
    certainty: Certainty | None = None
    hash: int | None = None
    body: str | None = None
    """The corrected card by which a mark was given anew, as core.card.encode writes it."""


class Answer(NamedTuple):
    """How one question stands."""

    given: object = None
    credit: float | None = None
    """0–1, of the last answer; None while there is none."""
    certainty: Certainty | None = None
    tries: int = 0
    hints: int = 0
    flagged: bool = False
    milliseconds: int = 0
    """Spent on all answers to it."""
    earned: float = 0.0
    """The best that a try earned, a third of it off for each wrong one and each hint before."""

    @property
    def is_settled(self) -> bool:
        """Whether it was answered, and no further try can earn anything in practice."""
        return self.tries > 0 and (self.credit == 1.0 or self.tries + self.hints >= MOST_TRIES)


UNANSWERED = Answer()


@dataclass(frozen=True, slots=True)
class State:
    """All that the events have made of an attempt."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    """By the questions' numbers; one that nothing happened to is not there."""
    at: int = 0
    """When the last thing happened."""
    closed: Kind | None = None
    """SUBMITTED or TIMED_OUT once it is finished."""

    def answer(self, number: int) -> Answer:
        """How the question stands."""
        return self.answers.get(number, UNANSWERED)


START = State()


def step(state: State, event: Event) -> State:
    """The state after one more event. Once it is finished, an attempt is only ever marked anew."""
    at = max(state.at, event.at)
    if event.kind in (Kind.SUBMITTED, Kind.TIMED_OUT):
        return replace(state, at=at, closed=state.closed or event.kind)
    if event.kind is Kind.OPENED:
        return replace(state, at=at)
    return State({**state.answers, event.number: _changed(state.answer(event.number), event)}, at, state.closed)


def replay(events: Iterable[Event]) -> State:
    """The state that the events give, in their order."""
    state = START
    for event in events:
        state = step(state, event)
    return state


def _changed(answer: Answer, event: Event) -> Answer:
    match event.kind:
        case Kind.ANSWERED:
            credit = event.credit or 0.0
            return answer._replace(
                given=event.given,
                credit=event.credit,
                certainty=event.certainty,
                tries=answer.tries + 1,
                milliseconds=answer.milliseconds + event.milliseconds,
                earned=max(answer.earned, credit * worth(answer)),
            )
        case Kind.REGRADED:
            return answer._replace(credit=event.credit)
        case Kind.HINTED:
            return answer._replace(hints=answer.hints + 1)
        case _:
            return answer._replace(flagged=event.kind is Kind.FLAGGED)


def worth(answer: Answer) -> float:
    """What a right answer is still worth in practice, 0–1: a third less for each try and each hint so far."""
    return max(0.0, (MOST_TRIES - answer.tries - answer.hints) / MOST_TRIES)
