"""Marks given anew after an answer key was corrected."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizdock.core.errors import ResponseError
from quizdock.core.exam_dialogue import Record
from quizdock.core.forms import response_for
from quizdock.core.message import Message, msg
from quizdock.core.paper import Asked
from quizdock.core.sitting import Event, Kind, replay
from quizdock.sessions.clock import Clock, moment
from quizdock.sessions.papers import asked as asked_anew
from quizdock.sessions.records import recorded
from quizdock.store import Store
from quizdock.store.attempts import AttemptRow


class Remark(NamedTuple):
    """What a corrected card makes of one answer: the credits before and after, 0-1, or why it keeps its mark."""

    number: int
    card: str
    prompt: str
    before: float
    after: float
    kept: Message | None = None


class Regrade(NamedTuple):
    """What corrected cards make of one attempt, as long as nothing else happens to it."""

    row: AttemptRow
    before: Record
    after: Record
    remarks: tuple[Remark, ...]
    events: tuple[Event, ...]
    last: int
    """How many events the attempt had."""


def regrades(store: Store, rows: Sequence[AttemptRow], clock: Clock) -> Iterator[Regrade]:
    """What would change in these attempts; those in which nothing would are left out, and practice always is."""
    for row in rows:
        if row.rules.mode == "practice":
            continue
        found = _regrade(store, row, clock)
        if found.remarks:
            yield found


def apply(store: Store, found: Regrade) -> None:
    """Store the new marks; the old ones stay in the events. Raises QuizDockError if the attempt has changed."""
    if found.events:
        store.attempts.regrade(found.row.id, found.last, found.events, found.after.result)


def _regrade(store: Store, row: AttemptRow, clock: Clock) -> Regrade:
    paper, events = store.attempts.paper(row.id), store.attempts.events(row.id)
    state = replay(events)
    latest = {event.number: event for event in events if event.kind is Kind.REGRADED}
    remarks, more = [], []
    for number, asked in enumerate(paper, 1):
        answer = state.answer(number)
        if answer.credit is None:
            continue
        known = latest[number].hash if number in latest else asked.hash
        current = _current(store, asked, row.seed)
        remark, event = _remark(number, asked, known, current, answer.given, answer.credit, moment(clock).at)
        remarks += [remark] if remark else []
        more += [event] if event else []
    after = recorded(row, paper, [*events, *more])
    return Regrade(row, recorded(row, paper, events), after, tuple(remarks), tuple(more), len(events))


def _current(store: Store, asked: Asked, seed: int) -> Asked | None:
    """The card as its deck would ask it now; None where it has it no more, or exams do not ask it."""
    number = store.catalogue.find(asked.id)
    if number is None:
        return None
    row = store.catalogue.card(number)
    return asked_anew(row, seed) if row.card.exam is not None else None


def _remark(
    number: int, asked: Asked, known: int | None, current: Asked | None, given: object, credit: float, at: int
) -> tuple[Remark | None, Event | None]:
    """What the current card makes of an answer that was marked by the card of hash `known`."""
    if current is None or current.hash == known:
        return None, None
    card = current.decoded
    task = card.exam or card.study
    remark = Remark(number, asked.id, card.prompt, credit, credit)
    try:
        verdict = task.mark(response_for(task, given))
    except ResponseError:
        return remark._replace(kept=msg("what was answered is not on offer any more")), None
    if verdict is None:
        return None, None
    event = Event(Kind.REGRADED, at, number, given, verdict.credit, hash=current.hash, body=current.body)
    return (remark._replace(after=verdict.credit), event) if verdict.credit != credit else (None, event)
