"""The journal's events and what they make of a learner's card: `step` is the whole rule.

The journal is the truth; schedules are what replaying it gives. Times are milliseconds since 1970 (UTC), days
are ordinals, durations are milliseconds.
"""

from collections.abc import Hashable, Iterable
from enum import IntEnum
from typing import NamedTuple, TypeVar

from quizdock.core import sm2
from quizdock.core.sm2 import Schedule
from quizdock.core.tuples import maker

Day = TypeVar("Day", bound=Hashable)


class Kind(IntEnum):
    """What happened to a card. The numbers are what the journal keeps."""

    REVIEW = 1
    """A graded answer that moved the schedule."""
    DRILL = 2
    """One more answer of the same study day: it settles only whether the card comes back that day."""
    UNDO = 3
    """An earlier event of the learner counts no more."""
    SUSPEND = 4
    """The card is not asked until it is resumed."""
    RESUME = 5
    BURY = 6
    """The card is not asked on this study day any more."""
    RESET = 7
    """The card is new again; its history stays in the journal."""
    RELINK = 8
    """Another card takes over what this one has reached."""
    CRAM = 9
    """An answer that was given outside of the schedule: it moves and settles nothing."""
    DUE = 10
    """The card is due on this day: a mistake in an exam brought it forward."""


ANSWERS = (Kind.REVIEW, Kind.DRILL, Kind.CRAM)
_REVIEW, _DRILL, _CRAM = ANSWERS  # in Python 3.11 looking up a member of an enumeration takes as long as a review


class Answer(NamedTuple):
    """One graded answer as the session hands it to the store."""

    card: int
    grade: int
    response: str | None
    milliseconds: int
    hash: int
    kind: Kind = Kind.REVIEW
    """What it was asked as. A review becomes a drill if the card has been reviewed that day in the meantime."""


class Standing(NamedTuple):
    """Where one learner's card stands after its answers so far."""

    schedule: Schedule
    reviewed: int
    """The study day of the last answer that moved the schedule."""
    repeat_day: int | None
    """The study day on which the card still comes back, if any."""
    lapses: int
    """How often it was forgotten after having been remembered."""


class State(NamedTuple):
    """All that a learner's events have made of a card; a card that nothing happened to has the defaults."""

    standing: Standing | None = None
    """None while the card is new."""
    suspended: bool = False
    buried: int | None = None
    """The study day on which the card is not asked any more: on any other it is back."""

    def is_held(self, day: int) -> bool:
        """Whether the card is not to be asked on this study day."""
        return self.suspended or self.buried == day


UNTOUCHED = State()


class Past(NamedTuple):
    """One event of a card as the journal holds it."""

    kind: Kind
    day: int
    grade: int = 0
    milliseconds: int = 0


class Today(NamedTuple):
    """What a learner did on a study day: cards met, answers that moved a schedule, drills, milliseconds."""

    new: int = 0
    reviews: int = 0
    drills: int = 0
    milliseconds: int = 0

    @property
    def repeated(self) -> int:
        """Reviews of cards that were not new."""
        return self.reviews - self.new

    def plus(self, other: "Today", sign: int = 1) -> "Today":
        """The sum of both, or with sign -1 the difference, figure by figure."""
        new, reviews, drills, spent = self
        more_new, more_reviews, more_drills, more_spent = other
        return _today(
            (
                new + sign * more_new,
                reviews + sign * more_reviews,
                drills + sign * more_drills,
                spent + sign * more_spent,
            )
        )


NOTHING_DONE = Today()
_standing, _state, _today = maker(Standing), maker(State), maker(Today)


def moves_schedule(standing: Standing | None, day: int, kind: Kind = Kind.REVIEW) -> bool:
    """Whether an answer on this day is a review: the first to a card, else the first of a study day.

    Every other, and any to a known card that was given as a drill, is a drill. Cramming moves nothing.
    """
    if standing is None:
        return kind is not _CRAM
    return kind is _REVIEW and day > standing.reviewed


def fold(standing: Standing | None, grade: int, day: int, kind: Kind = Kind.REVIEW) -> Standing:
    """The standing after one more review or drill; `None` stands for a new card.

    A review moves the schedule; a drill only settles whether the card comes back that day.
    """
    return _folded(standing, grade, day, moves=standing is None or moves_schedule(standing, day, kind))


def _folded(standing: Standing | None, grade: int, day: int, *, moves: bool) -> Standing:
    repeat_day = day if grade < sm2.REPEAT_BELOW else None
    if standing is None:
        return _standing((sm2.review(None, grade, day), day, repeat_day, 0))
    schedule, reviewed, _repeat_day, lapses = standing
    if not moves:
        return _standing((schedule, reviewed, repeat_day, lapses))
    forgotten = grade < sm2.PASSING and schedule.repetitions > 0
    return _standing((sm2.after_answer(schedule, grade, day), day, repeat_day, lapses + forgotten))


def step(state: State, event: Past) -> tuple[State, Today]:
    """The card's state after one more event, and what that adds to the figures of the event's day.

    A relinked card has handed everything over: it is as if nothing had happened to it.
    """
    kind, day, grade, milliseconds = event
    if kind is _REVIEW or kind is _DRILL:
        before, suspended, buried = state
        moves = moves_schedule(before, day, kind)
        gained = _today((1 if before is None else 0, 1 if moves else 0, 0 if moves else 1, milliseconds))
        return _state((_folded(before, grade, day, moves=moves), suspended, buried)), gained
    if kind is _CRAM:
        return state, Today(drills=1, milliseconds=milliseconds)
    return _changed(state, event), NOTHING_DONE


def _changed(state: State, event: Past) -> State:
    """What became of the card by what is no answer."""
    match event.kind:
        case Kind.SUSPEND:
            return state._replace(suspended=True)
        case Kind.RESUME:
            return state._replace(suspended=False, buried=None)
        case Kind.BURY:
            return state._replace(buried=event.day)
        case Kind.RESET:
            return state._replace(standing=None)
        case Kind.RELINK:
            return UNTOUCHED
        case Kind.DUE:
            return state._replace(standing=brought_forward(state.standing, event.day))
        case _:
            return state


def brought_forward(standing: Standing | None, day: int) -> Standing:
    """The standing of a card that is to be asked on this day.

    Its interval is then what has really passed since the last review, so that an answer proves no more than that. A
    card that was reviewed on the day itself comes back as a drill; a new one counts as met, and forgotten, the day
    before.
    """
    if standing is None:
        return Standing(sm2.review(None, 0, day - 1), day - 1, None, 0)
    if standing.schedule.due <= day:
        return standing
    if standing.reviewed >= day:
        return standing._replace(repeat_day=day)
    return standing._replace(schedule=standing.schedule._replace(interval=day - standing.reviewed, due=day))


def replay(
    events: Iterable[Past], state: State = UNTOUCHED, days: dict[int, Today] | None = None
) -> tuple[State, dict[int, Today]]:
    """The state that one card's events give, in their order, and each day's figures, on top of those in `days`."""
    days = {} if days is None else days
    for event in events:
        state, gained = step(state, event)
        add_to_day(days, event.day, gained)
    return state, days


def add_to_day(days: dict[Day, Today], day: Day, gained: Today) -> None:
    """Add to the figures of a day, whatever days are told apart by; a day on which nothing was done has none."""
    if gained is not NOTHING_DONE:
        days[day] = days[day].plus(gained) if day in days else gained
