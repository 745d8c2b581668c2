"""Result files: a learner's finished exams as one JSON document, to be handed to a teacher and collected there.

Whoever writes such a file may be mistaken, or lie. So everything is checked by hand when it is read: types, ranges,
lengths, and every mark, which must be what the paper's own card gives for the answer. Unknown keys are ignored, so that
later versions may add some. Times are milliseconds since 1970 (UTC), days are ISO dates.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from quizdock.core import marking
from quizdock.core.card import Card
from quizdock.core.checked import (
    LONGEST,
    RefusedError,
    asked,
    cleaned,
    listed,
    number,
    sound_card,
    table,
    text,
    unreadable,
    whole,
)
from quizdock.core.cleaning import clean
from quizdock.core.errors import QuizDockError, ResponseError
from quizdock.core.forms import is_nothing, response_for
from quizdock.core.marking import Certainty, Mark, Place, Result, Rules
from quizdock.core.message import Message, msg
from quizdock.core.paper import Asked
from quizdock.core.sitting import Event, Kind, replay

FORMAT = 1
"""The version of the files."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a file."""
MOST_ATTEMPTS = 1000
"""Attempts in a file."""
MOST_EVENTS = 20_000
"""Events of an attempt."""
MOST_VALUES = 1_000_000
"""Commas and brackets of a file, which bound how much memory it takes to read: real files have half as many a byte."""
DEEPEST = 32
"""Levels of nesting in a file; results themselves need twelve."""
_TOLERANCE = 1e-6
_LATEST = 253_402_300_799_000  # the end of the year 9999


class Attempt(NamedTuple):
    """A finished attempt; `number` counts those of its device, `decks` are titles by ids, `day` is an ordinal."""

    number: int
    decks: Mapping[str, str]
    seed: int
    rules: Rules
    day: int
    started: int
    deadline: int | None
    finished: int
    paper: tuple[Asked, ...]
    events: tuple[Event, ...]
    result: Result
    device: str = ""
    """Where it was sat; empty for the device that the file is of."""


class Refused(NamedTuple):
    """An attempt that is not believed: its place in the file, from 1, and why."""

    place: int
    reason: Message


class Results(NamedTuple):
    """What a file holds."""

    device: str
    learner: str
    attempts: tuple[Attempt, ...]
    refused: tuple[Refused, ...] = ()


def write(results: Results) -> str:
    """The file's text; the same results give the same text."""
    data = {
        "quizdock": "results",
        "format": FORMAT,
        "learner": results.learner,
        "device": results.device,
        "attempts": [_attempt_data(attempt) for attempt in results.attempts],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read(document: str) -> Results:
    """What the text holds, with those attempts left out that are not believed.

    Raises QuizDockError for what is no such file, or one of another version.
    """
    data = _document(document)
    try:
        device, learner = text(data, "device"), text(data, "learner")
        entries = listed(data, "attempts", MOST_ATTEMPTS)
    except RefusedError as error:
        raise QuizDockError(error.reason, _AGAIN) from error
    attempts, refused = [], []
    for place, entry in enumerate(entries, 1):
        try:
            attempts.append(_attempt(entry))
        except RefusedError as error:
            refused.append(Refused(place, error.reason))
    return Results(device, learner, tuple(attempts), tuple(refused))


_AGAIN = msg("Ask for the file once more: quizdock exam export")


def _document(text: str) -> dict[str, Any]:
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise QuizDockError(msg("this file holds more values than exams ever have"), _AGAIN)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuizDockError(msg("this is no result file, or only a part of one"), _AGAIN) from error
    if not isinstance(data, dict) or data.get("quizdock") != "results":
        raise QuizDockError(msg("this is no file of exam results"), _AGAIN)
    if _is_deep(data):
        raise QuizDockError(msg("nested more than {deepest} levels deep", deepest=DEEPEST), _AGAIN)
    version = data.get("format")
    if type(version) is int and version > FORMAT:
        raise QuizDockError(
            msg("this file was written by a newer QuizDock (format {version})", version=version),
            msg("Update QuizDock: this one reads format {known}.", known=FORMAT),
        )
    if type(version) is not int or version != FORMAT:
        raise QuizDockError(msg("this file has no format that QuizDock knows"), _AGAIN)
    return data


def _is_deep(data: dict[str, Any]) -> bool:
    level: list[Any] = [data]
    for _ in range(DEEPEST):
        parts = (each.values() if isinstance(each, dict) else each for each in level)
        level = [inner for outer in parts for inner in outer if isinstance(inner, dict | list)]
    return any(level)


# ── writing ────────────────────────────────────────────────────────────────────────────────────────


def _attempt_data(attempt: Attempt) -> dict[str, Any]:
    return {
        **({"device": attempt.device} if attempt.device else {}),
        "number": attempt.number,
        "decks": dict(attempt.decks),
        "seed": attempt.seed,
        "rules": attempt.rules.as_data(),
        "day": date.fromordinal(attempt.day).isoformat(),
        "started": attempt.started,
        "deadline": attempt.deadline,
        "finished": attempt.finished,
        "points": attempt.result.score.points,
        "questions": [
            {
                "deck": each.place.deck,
                "topic": each.place.topic,
                "title": each.place.title,
                "card": each.card,
                "hash": each.hash,
                "asked": json.loads(each.body),
            }
            for each in attempt.paper
        ],
        "events": [_event_data(event) for event in attempt.events],
    }


def _event_data(event: Event) -> dict[str, Any]:
    data = {
        "kind": event.kind.name.lower(),
        "at": event.at,
        "number": event.number or None,
        "given": event.given,
        "credit": event.credit,
        "milliseconds": event.milliseconds or None,
        "certainty": event.certainty.name.lower() if event.certainty else None,
        "hash": event.hash,
        "asked": None if event.body is None else json.loads(event.body),
    }
    return {key: value for key, value in data.items() if value is not None}


# ── reading ────────────────────────────────────────────────────────────────────────────────────────


def _attempt(data: object) -> Attempt:
    """The attempt. Raises RefusedError for anything that cannot be so."""
    entry = table(data, "attempts")
    rules = _rules(table(entry.get("rules"), "rules"))
    paper = tuple(_question(each, number) for number, each in enumerate(listed(entry, "questions", 1000), 1))
    events = tuple(_event(each, len(paper)) for each in listed(entry, "events", MOST_EVENTS))
    if not paper:
        raise RefusedError(msg("it has no question"))
    attempt = Attempt(
        number=whole(entry, "number", 1, 10**9),
        decks=_decks(entry),
        seed=whole(entry, "seed", 0, 2**31 - 1),
        rules=rules,
        day=_day(entry),
        started=whole(entry, "started", 0, _LATEST),
        deadline=None if entry.get("deadline") is None else whole(entry, "deadline", 0, _LATEST),
        finished=whole(entry, "finished", 0, _LATEST),
        paper=paper,
        events=events,
        result=_result(paper, events, rules),
        device=text(entry, "device") if "device" in entry else "",
    )
    _check_times(attempt)
    _check_points(entry, attempt)
    return attempt


def _rules(data: Mapping[str, Any]) -> Rules:
    mode = data.get("mode", "deferred")
    if mode not in ("deferred", "immediate", "practice"):
        raise RefusedError(msg("“{key}” is not what it should be", key="mode"))
    return Rules(
        pass_percent=number(data, "pass", 0, 100),
        minutes=None if data.get("minutes") is None else whole(data, "minutes", 1, 1440),
        mode=mode,
        penalty=number(data, "penalty", 0, 1) if "penalty" in data else 0.0,
        certainty=data.get("certainty") is True,
        retry_of=None if data.get("retry_of") is None else whole(data, "retry_of", 1, 10**9),
    )


def _question(data: object, number: int) -> Asked:
    entry = table(data, "questions")
    place = Place(text(entry, "deck"), text(entry, "topic", least=0), text(entry, "title"))
    question = Asked(place, text(entry, "card"), whole(entry, "hash", -(2**63), 2**63 - 1), asked(entry))
    _card(question, question.body, number)
    return question


def _card(question: Asked, body: str, number: int) -> Card:
    """The card as it was asked. Raises RefusedError for what is none that can be marked."""
    card = sound_card(question.card, question.place.topic, body, number)
    if card.exam is None:
        raise unreadable(number)
    return card


def _event(data: object, questions: int) -> Event:
    entry = table(data, "events")
    try:
        kind = Kind[str(entry.get("kind")).upper()]
    except KeyError as error:
        raise RefusedError(msg("“{key}” is not what it should be", key="kind")) from error
    about_one = kind in (Kind.ANSWERED, Kind.FLAGGED, Kind.UNFLAGGED, Kind.HINTED, Kind.REGRADED)
    marked = kind in (Kind.ANSWERED, Kind.REGRADED)
    return Event(
        kind=kind,
        at=whole(entry, "at", 0, _LATEST),
        number=whole(entry, "number", 1, questions) if about_one else 0,
        given=cleaned(entry.get("given")) if marked else None,
        credit=number(entry, "credit", 0, 1) if marked else None,
        milliseconds=whole(entry, "milliseconds", 0, 10**12) if "milliseconds" in entry else 0,
        certainty=_certainty(entry),
        hash=whole(entry, "hash", -(2**63), 2**63 - 1) if "hash" in entry else None,
        body=asked(entry) if "asked" in entry else None,
    )


def _certainty(entry: Mapping[str, Any]) -> Certainty | None:
    if "certainty" not in entry:
        return None
    names = {certainty.name.lower(): certainty for certainty in Certainty}
    said = entry["certainty"]
    if not isinstance(said, str) or said not in names:
        raise RefusedError(msg("“{key}” is not what it should be", key="certainty"))
    return names[said]


def _result(paper: Sequence[Asked], events: Sequence[Event], rules: Rules) -> Result:
    """The result that the events make, once every mark has been checked."""
    closed = [place for place, event in enumerate(events) if event.kind in (Kind.SUBMITTED, Kind.TIMED_OUT)]
    if len(closed) != 1 or any(event.kind is not Kind.REGRADED for event in events[closed[0] + 1 :]):
        raise RefusedError(msg("it is not finished, or goes on after its end"))
    for event in events:
        if event.credit is not None:
            _check_credit(paper[event.number - 1], event)
    state = replay(events)
    marks = []
    for place, question in enumerate(paper, 1):
        answer = state.answer(place)
        blank = answer.credit is None or is_nothing(_bare(answer.given))
        earned = answer.earned if rules.mode == "practice" else answer.credit
        marks.append(Mark(question.place, None if blank else earned, answer.certainty))
    return marking.result(marks, rules)


def _check_credit(question: Asked, event: Event) -> None:
    """A mark must be what the card says of the answer."""
    card = _card(question, event.body or question.body, event.number)
    assert card.exam is not None, "_card has seen to it"
    try:
        verdict = card.exam.mark(response_for(card.exam, event.given))
    except ResponseError as error:
        raise RefusedError(msg("the answer to question {number} is none", number=event.number)) from error
    credit = event.credit or 0.0
    if verdict is None or abs(verdict.credit - credit) > _TOLERANCE:
        claimed, right = f"{credit:g}", f"{verdict.credit if verdict else 0:g}"
        raise RefusedError(
            msg(
                "question {number} claims {claimed}, but its answer is worth {right}",
                number=event.number,
                claimed=claimed,
                right=right,
            )
        )


def _check_times(attempt: Attempt) -> None:
    times = [attempt.started, *(event.at for event in attempt.events)]
    if attempt.finished < attempt.started or min(times) < attempt.started:
        raise RefusedError(msg("it ended before it began"))


def _check_points(entry: Mapping[str, Any], attempt: Attempt) -> None:
    claimed = number(entry, "points", 0, len(attempt.paper))
    if abs(claimed - attempt.result.score.points) > _TOLERANCE:
        raise RefusedError(
            msg(
                "it claims {claimed} points, but its marks come to {right}",
                claimed=f"{claimed:g}",
                right=f"{attempt.result.score.points:g}",
            )
        )


def _decks(entry: Mapping[str, Any]) -> dict[str, str]:
    decks = table(entry.get("decks"), "decks")
    if len(decks) > 1000:
        raise RefusedError(msg("“{key}” has too many entries", key="decks"))
    return {clean(deck)[:LONGEST]: text(decks, deck) for deck in decks}


def _day(entry: Mapping[str, Any]) -> int:
    try:
        return date.fromisoformat(str(entry.get("day"))).toordinal()
    except ValueError as error:
        raise RefusedError(msg("“{key}” is not what it should be", key="day")) from error


def _bare(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given
