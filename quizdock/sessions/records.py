"""Attempts as they are shown and marked: the stored paper and events put together."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quizdock.core import marking
from quizdock.core.calibration import calibration
from quizdock.core.dialogue import Question
from quizdock.core.errors import QuizDockError, ResponseError
from quizdock.core.exam_dialogue import Assessed, Record, Regraded
from quizdock.core.forms import Given, Verdict, is_nothing, response_for
from quizdock.core.marking import Mark, Rules
from quizdock.core.message import msg
from quizdock.core.paper import Asked
from quizdock.core.sitting import Answer, Event, Kind, State, replay
from quizdock.store import Store
from quizdock.store.attempts import AttemptRow


def record_of(store: Store, number: int) -> Record:
    """The finished attempt with this number. Raises QuizDockError if there is none, or it is still open."""
    row = store.attempts.attempt(number)
    if row.finished is None:
        raise QuizDockError(
            msg("exam No. {number} is not finished", number=number),
            msg("To go on with it: quizdock exam --resume {number}", number=number),
        )
    return recorded(row, store.attempts.paper(number), store.attempts.events(number))


def recorded(row: AttemptRow, paper: Sequence[Asked], events: Sequence[Event]) -> Record:
    """The attempt with its questions as they stand after these events."""
    state = replay(events)
    questions = assessed(paper, state, row, corrected(events))
    marks = [each.mark for each in questions]
    return Record(
        attempt=row.id,
        learner=row.learner,
        decks=row.decks,
        day=row.day,
        started=row.started,
        finished=row.finished or state.at,
        seed=row.seed,
        rules=row.rules,
        questions=questions,
        result=marking.result(marks, row.rules),
        calibration=calibration(marks) if row.rules.certainty else None,
        out_of_time=state.closed is Kind.TIMED_OUT,
        regrades=_regrades(events),
    )


def corrected(events: Sequence[Event]) -> dict[int, str]:
    """The bodies of the cards by which questions were marked anew, by number."""
    return {event.number: event.body for event in events if event.body is not None}


def assessed(
    paper: Sequence[Asked], state: State, row: AttemptRow, bodies: Mapping[int, str] | None = None
) -> tuple[Assessed, ...]:
    """Every question with its answer and mark; `bodies` are those of corrected cards, by number."""
    found = []
    for number, asked in enumerate(paper, 1):
        body = (bodies or {}).get(number, asked.body)
        question = question_of(asked._replace(body=body), row, number, len(paper))
        found.append(assess(question, asked, state.answer(number), row.rules))
    return tuple(found)


def question_of(asked: Asked, row: AttemptRow, number: int, of: int) -> Question:
    """A question of a paper as askers take it."""
    card = asked.decoded
    task = card.exam or card.study
    deck = row.decks.get(asked.place.deck, asked.place.deck)
    return Question(asked.id, card, task, deck, asked.place.title, left=of - number + 1, of=of)


def assess(question: Question, asked: Asked, answer: Answer, rules: Rules) -> Assessed:
    """One question with its answer, why it was marked so, and its mark."""
    given, verdict = _as_given(question, answer) if answer.credit is not None else (None, None)
    return Assessed(question, answer, given, verdict, mark_of(asked, answer, given, rules), rules)


def mark_of(asked: Asked, answer: Answer, given: Given, rules: Rules) -> Mark:
    """The mark that an answer gets: saying nothing is no answer; in practice tries and hints have their price."""
    if answer.credit is None or is_nothing(given):
        return Mark(asked.place, None)
    return Mark(asked.place, answer.earned if rules.mode == "practice" else answer.credit, answer.certainty)


def with_hints(question: Question, hints: int) -> Question:
    """The question with so many of its hints shown."""
    return question._replace(hints=min(hints, len(question.card.hints)))


def plain(given: Given) -> object:
    """What was given, as JSON has it."""
    return json.loads(json.dumps(given))


def _as_given(question: Question, answer: Answer) -> tuple[Given, Verdict]:
    """The stored texts as the form has them, and what it says of them; only the stored credit counts."""
    try:
        response = response_for(question.task, answer.given)
        verdict = question.task.mark(response)
        given = question.task.given(response)
    except ResponseError:  # a corrected card, or a newer version, does not take it any more
        return _bare(answer.given), Verdict(answer.credit or 0.0)
    if verdict is None or verdict.credit != answer.credit:
        return given, Verdict(answer.credit or 0.0)
    return given, verdict


def _bare(given: Any) -> Given:
    return tuple(map(str, given)) if isinstance(given, list) else given if isinstance(given, bool) else str(given or "")


def _regrades(events: Sequence[Event]) -> tuple[Regraded, ...]:
    found = []
    for place, event in enumerate(events):
        if event.kind is Kind.REGRADED:
            before = replay(events[:place]).answer(event.number).credit or 0.0
            if before != event.credit:
                found.append(Regraded(event.number, event.at, before, event.credit or 0.0))
    return tuple(found)
