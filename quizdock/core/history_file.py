"""A learner's history as `store.export` writes it, read again line by line; data/README.md lists every field.

Whoever hands over such a file may be mistaken, or mean harm. So every value is checked by hand: types, ranges, lengths;
texts are cleaned. What replaying could stumble over is refused here, so that nothing of a file that is not sound
reaches the journal. Unknown fields are ignored.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from sys import intern
from typing import Any, NamedTuple, NoReturn

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
    whole,
    wrong,
)
from quizdock.core.cleaning import tidy_name
from quizdock.core.errors import QuizDockError, ResponseError
from quizdock.core.forms import Task, response_for
from quizdock.core.journal import ANSWERS, Kind
from quizdock.core.marking import Certainty
from quizdock.core.message import Message, msg
from quizdock.core.result_file import MOST_EVENTS
from quizdock.core.setting_keys import LONGEST_NAME
from quizdock.core.sitting import Kind as Step

FORMAT = 3
"""The version of the lines."""
OLDEST = 2
"""The oldest version that is read."""
LARGEST = 256 * 1024 * 1024
"""Bytes of a file: some 800,000 events."""
LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of a line."""
MOST_QUESTIONS = 1000
"""Questions of an attempt."""
LONGEST_TITLE = 10_000
"""Characters of a title, or of a card's name."""
LAST_NUMBER = 10**9
"""The highest number of an event or an attempt: a device goes on counting from its highest one."""
FIRST_DAY = date(1900, 1, 1).toordinal()
LAST_DAY = date(2999, 12, 31).toordinal()
"""Beyond, an interval could outgrow what the database can hold."""
_LONGEST_SPAN = 10**12  # milliseconds
_DEEPEST = 4  # lists within lists in a response
_HASHES = -(2**63), 2**63 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MODES = ("deferred", "immediate", "practice")
_ABOUT_ONE = (Step.ANSWERED, Step.FLAGGED, Step.UNFLAGGED, Step.HINTED, Step.REGRADED)
_MARKED = (Step.ANSWERED, Step.REGRADED)
_CLOSING = (Step.SUBMITTED, Step.TIMED_OUT)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")
_KINDS = {kind.name.lower(): kind for kind in Kind}
_STEPS = {kind.name.lower(): kind for kind in Step}

_AGAIN = msg("Make the file anew where the history is: quizdock export")


class Name(NamedTuple):
    """What names an event or an attempt everywhere: its device's name, and that device's number for it."""

    device: str
    number: int


class CardName(NamedTuple):
    """A card by the ids of its deck, and of itself within the deck."""

    deck: str
    card: str


class Event(NamedTuple):
    """One event of the journal, as `store.journal` has it, but with names where that has numbers."""

    name: Name
    kind: Kind
    at: int
    day: int
    card: CardName
    grade: int | None
    milliseconds: int | None
    response: str | None
    hash: int | None
    of: Name | None
    to_card: CardName | None


class Question(NamedTuple):
    """One question of a paper; `title` is its topic's."""

    card: CardName
    topic: str
    title: str
    hash: int
    body: str


class Happened(NamedTuple):
    """One event of a sitting; what it does not have is None."""

    kind: Step
    at: int
    number: int | None
    given: str | None
    credit: float | None
    milliseconds: int | None
    certainty: int | None
    hash: int | None
    body: str | None


class Attempt(NamedTuple):
    """One exam; `decks` are titles by ids, `rules` are as core.marking.Rules writes them, without what it retries."""

    name: Name
    decks: Mapping[str, str]
    seed: int
    rules: Mapping[str, Any]
    retry_of: Name | None
    day: int
    started: int
    deadline: int | None
    finished: int | None
    points: float | None
    certainty_points: float | None
    gone: bool
    questions: tuple[Question, ...]
    events: tuple[Happened, ...]


class History(NamedTuple):
    """Everything that a file holds. Events and attempts come with the numbers of their lines."""

    learner: str
    follows: tuple[str, ...]
    events: tuple[tuple[int, Event], ...]
    attempts: tuple[tuple[int, Attempt], ...]

    @property
    def devices(self) -> list[str]:
        """The devices that wrote the events, in their order."""
        return list(dict.fromkeys(event.name.device for _line, event in self.events))


def at_line(line: int, reason: Message, hint: Message = _AGAIN) -> QuizDockError:
    """The error for a line, counted from 1."""
    return QuizDockError(msg("line {line}: {reason}", line=line, reason=reason), hint)


def read(lines: Iterable[bytes]) -> History:
    """The history in these lines, each with its line end.

    Raises QuizDockError that names the line for anything that cannot be so, for a part of a file, and for one of a
    newer version.
    """
    reader = _Reader()
    for line, data in enumerate(lines, 1):
        try:
            reader.read(line, data)
        except RefusedError as error:
            raise at_line(line, error.reason) from error
    return reader.history()


class _Header(NamedTuple):
    name: str
    format: int
    follows: tuple[str, ...]
    events: int | None
    attempts: int | None


class _Reader:
    """Reads line after line, and looks whether each fits to those before."""

    def __init__(self) -> None:
        self._header: _Header | None = None
        self._events: list[tuple[int, Event]] = []
        self._attempts: list[tuple[int, Attempt]] = []
        self._cards: dict[Name, CardName | None] = {}  # of the events so far; None for an undo's
        self._devices: dict[str, int] = {}  # the last number of each
        self._exams: set[Name] = set()
        self._lines = 0

    def read(self, line: int, data: bytes) -> None:
        """Take one line. Raises RefusedError for what is none, and QuizDockError for another version's."""
        self._lines = line
        entry = _parsed(data)
        kind = entry.get("type")
        if self._header is None:
            if kind != "learner":
                raise QuizDockError(msg("this is no learner's history"), _AGAIN)
            self._header = _header(entry)
        elif kind == "event" and not self._attempts:
            self._take_event(line, event_of(entry))
        elif kind == "attempt":
            self._take_attempt(line, _attempt(entry, self._header.format))
        else:
            raise RefusedError(msg("“{key}” is not what it should be", key="type"))

    def history(self) -> History:
        """All that was read. Raises QuizDockError where the end is missing."""
        if self._header is None:
            raise QuizDockError(msg("this is no learner's history"), _AGAIN)
        name, _format, follows, events, attempts = self._header
        for promised, found in ((events, self._events), (attempts, self._attempts)):
            if promised is not None and promised != len(found):
                raise at_line(self._lines, msg("the file is not whole: its first line promises other lines than these"))
        return History(name, follows, tuple(self._events), tuple(self._attempts))

    def _take_event(self, line: int, event: Event) -> None:
        device, seq = event.name
        if self._devices and device != next(reversed(self._devices)) and device in self._devices:
            raise RefusedError(msg("the events of one device do not stand together"))
        if seq <= self._devices.get(device, 0):
            raise RefusedError(msg("the device's events do not stand in the order of “{key}”", key="seq"))
        if event.of is not None and self._cards.get(event.of) != event.card:
            raise RefusedError(msg("it takes back what is no event of this card in the lines before"))
        self._devices[device] = seq
        self._cards[event.name] = None if event.kind is Kind.UNDO else event.card
        self._events.append((line, event))

    def _take_attempt(self, line: int, attempt: Attempt) -> None:
        if attempt.name in self._exams:
            raise RefusedError(msg("this exam stands in the file twice"))
        self._exams.add(attempt.name)
        self._attempts.append((line, attempt))


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LONGEST_LINE:
        raise RefusedError(msg("longer than {limit} MB", limit=LONGEST_LINE >> 20))
    if not data.endswith(b"\n"):
        raise RefusedError(msg("the file ends in the middle of this line"))
    try:
        entry = json.loads(data.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise RefusedError(msg("this is no JSON")) from error
    if not isinstance(entry, dict):
        raise RefusedError(msg("this is no JSON object"))
    return entry


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


# ── the three types of lines ───────────────────────────────────────────────────────────────────────


def _header(entry: Mapping[str, Any]) -> _Header:
    version = whole(entry, "format", 1, 10**9)
    if version > FORMAT:
        raise QuizDockError(
            msg("this file was written by a newer QuizDock (format {version})", version=version),
            msg("Update QuizDock: this one reads format {known}.", known=FORMAT),
        )
    if version < OLDEST:
        raise wrong("format")
    name = entry.get("name")
    tidy = tidy_name(name) if isinstance(name, str) and len(name) <= LONGEST else ""
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise wrong("name")
    if version == OLDEST:
        return _Header(tidy, version, (), None, None)
    follows = tuple(text({"follows": each}, "follows", 1, LONGEST_TITLE) for each in listed(entry, "follows", 100_000))
    return _Header(
        tidy, version, follows, whole(entry, "events", 0, LAST_NUMBER), whole(entry, "attempts", 0, LAST_NUMBER)
    )


def event_of(entry: Mapping[str, Any]) -> Event:
    """The event in a line. Raises RefusedError for anything that cannot be so."""
    kind = _one_of(entry, "kind", _KINDS)
    answered = kind in ANSWERS
    _expect_none(entry, () if answered else ("grade", "milliseconds", "response", "hash"))
    _expect_none(entry, () if kind is Kind.UNDO else ("of",))
    _expect_none(entry, () if kind is Kind.RELINK else ("to_card",))
    event = Event(
        name=_name(entry, "seq"),
        kind=kind,
        at=_time(entry, "at"),
        day=_day(entry),
        card=_card_name(entry, "card"),
        grade=whole(entry, "grade", 0, 5) if answered else None,
        milliseconds=_if_any(entry, "milliseconds", 0, _LONGEST_SPAN),
        response=_response(entry, "response"),
        hash=_if_any(entry, "hash", *_HASHES),
        of=_name(table(entry.get("of"), "of"), "seq") if kind is Kind.UNDO else None,
        to_card=_card_name(entry, "to_card") if kind is Kind.RELINK else None,
    )
    if event.to_card == event.card:
        raise wrong("to_card")
    return event


def _attempt(entry: Mapping[str, Any], version: int) -> Attempt:
    name = _name(entry, "number")
    paper = listed(entry, "questions", MOST_QUESTIONS)
    if not paper:
        raise RefusedError(msg("it has no question"))
    questions = tuple(_question(table(each, "questions"), place, version) for place, each in enumerate(paper, 1))
    events = tuple(_happened(table(each, "events"), len(paper)) for each in listed(entry, "events", MOST_EVENTS))
    rules, retry_of = _rules(table(entry.get("rules"), "rules"), name.device)
    attempt = Attempt(
        name=name,
        decks=_decks(entry, version),
        seed=whole(entry, "seed", 0, 2**31 - 1),
        rules=rules,
        retry_of=retry_of,
        day=_day(entry),
        started=_time(entry, "started"),
        deadline=_time_if_any(entry, "deadline"),
        finished=_time_if_any(entry, "finished"),
        points=_points(entry, "points", len(paper)),
        certainty_points=_points(entry, "certainty_points", 10 * len(paper)),
        gone=version > OLDEST and _truth(entry, "gone"),
        questions=questions,
        events=events,
    )
    _check_end(attempt)
    _check_answers(attempt)
    return attempt


# ── parts of attempts ──────────────────────────────────────────────────────────────────────────────


def _decks(entry: Mapping[str, Any], version: int) -> dict[str, str]:
    if version == OLDEST:
        return {
            deck: deck
            for deck in (text({"decks": each}, "decks", 1, LONGEST_TITLE) for each in listed(entry, "decks", 1000))
        }
    decks = table(entry.get("decks"), "decks")
    if len(decks) > 1000:
        raise RefusedError(msg("“{key}” has too many entries", key="decks"))
    return {text({"decks": deck}, "decks", 1, LONGEST_TITLE): text(decks, deck, 1, LONGEST_TITLE) for deck in decks}


def _rules(entry: Mapping[str, Any], device: str) -> tuple[dict[str, Any], Name | None]:
    """The rules, and the exam whose mistakes are asked. A file of format 2 has only that exam's number."""
    number(entry, "pass", 0, 100)
    if "penalty" in entry:
        number(entry, "penalty", 0, 1)
    if "minutes" in entry:
        whole(entry, "minutes", 1, 1440)
    if entry.get("mode", "deferred") not in _MODES:
        raise wrong("mode")
    if "certainty" in entry:
        _truth(entry, "certainty")
    known = ("pass", "minutes", "mode", "penalty", "certainty")
    retried = entry.get("retry_of")
    if isinstance(retried, int):
        retried = {"device": device, "number": retried}
    name = None if retried is None else _name(table(retried, "retry_of"), "number")
    return {key: entry[key] for key in known if key in entry}, name


def _question(entry: Mapping[str, Any], place: int, version: int) -> Question:
    whole(entry, "number", place, place)
    topic = "" if version == OLDEST else text(entry, "topic_id", 0, LONGEST_TITLE)
    name = _card_name(entry, "card")
    question = Question(
        name, topic, text(entry, "topic", 0, LONGEST_TITLE), whole(entry, "hash", *_HASHES), asked(entry)
    )
    _task(name, question.body, place)
    return question


def _happened(entry: Mapping[str, Any], questions: int) -> Happened:
    kind = _one_of(entry, "kind", _STEPS)
    _expect_none(entry, () if kind in _ABOUT_ONE else ("number",))
    _expect_none(entry, () if kind in _MARKED else ("given", "credit"))
    certain = [int(each) for each in Certainty]
    return Happened(
        kind=kind,
        at=_time(entry, "at"),
        number=whole(entry, "number", 1, questions) if kind in _ABOUT_ONE else None,
        given=_given(entry) if kind in _MARKED else None,
        credit=number(entry, "credit", 0, 1) if kind in _MARKED else None,
        milliseconds=_if_any(entry, "milliseconds", 0, _LONGEST_SPAN),
        certainty=_if_any(entry, "certainty", certain[0], certain[-1]),
        hash=_if_any(entry, "hash", *_HASHES),
        body=asked(entry) if "asked" in entry else None,
    )


def _check_end(attempt: Attempt) -> None:
    """A finished exam was closed once, and only marked anew since; an open one was not closed."""
    closed = [place for place, event in enumerate(attempt.events) if event.kind in _CLOSING]
    after = attempt.events[closed[0] + 1 :] if closed else ()
    is_sound = len(closed) == (attempt.finished is not None) and all(each.kind is Step.REGRADED for each in after)
    if not is_sound or (attempt.finished is not None and attempt.points is None):
        raise RefusedError(msg("it is not finished, or goes on after its end"))


def _check_answers(attempt: Attempt) -> None:
    """Every answer can be shown beside its question, and beside the corrected ones by which it was marked anew."""
    tasks = {place: [_task(question.card, question.body, place)] for place, question in enumerate(attempt.questions, 1)}
    for event in attempt.events:
        if event.body is not None and event.number is not None:
            tasks[event.number].append(_task(attempt.questions[event.number - 1].card, event.body, event.number))
    for event in attempt.events:
        if event.given is not None and event.number is not None:
            for task in tasks[event.number]:
                _mark(task, json.loads(event.given), event.number)


def _mark(task: Task, given: object, place: int) -> None:
    try:
        response = response_for(task, given)
        task.mark(response)
        task.given(response)
    except ResponseError:  # a corrected card, or a newer version, does not take it any more
        if not isinstance(given, str | bool | list | None):
            raise wrong("given") from None
    except Exception as error:
        raise RefusedError(msg("the answer to question {number} is none", number=place)) from error


def _task(name: CardName, body: str, place: int) -> Task:
    """What a question asks. Raises RefusedError for what is no card, or cannot be marked."""
    card = sound_card(name.card, "", body, place)
    return card.exam or card.study


# ── values ─────────────────────────────────────────────────────────────────────────────────────────


def _name(entry: Mapping[str, Any], key: str) -> Name:
    return Name(intern(text(entry, "device")), whole(entry, key, 1, LAST_NUMBER))


def _card_name(entry: Mapping[str, Any], key: str) -> CardName:
    deck, _slash, card = text(entry, key, 1, LONGEST_TITLE).partition("/")
    if not deck or not card:
        raise wrong(key)
    return CardName(intern(deck), intern(card))


def _one_of(entry: Mapping[str, Any], key: str, known: Mapping[str, Any]) -> Any:
    value = entry.get(key)
    if not isinstance(value, str) or value not in known:
        raise wrong(key)
    return known[value]


def _expect_none(entry: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Raise RefusedError for any of these that says something."""
    for key in keys:
        if entry.get(key) is not None:
            raise RefusedError(msg("“{key}” does not belong here", key=key))


def _if_any(entry: Mapping[str, Any], key: str, least: int, most: int) -> int | None:
    return None if entry.get(key) is None else whole(entry, key, least, most)


def _truth(entry: Mapping[str, Any], key: str) -> bool:
    value = entry.get(key)
    if not isinstance(value, bool):
        raise wrong(key)
    return value


def _points(entry: Mapping[str, Any], key: str, most: int) -> float | None:
    return None if entry.get(key) is None else number(entry, key, -most, most)


def _day(entry: Mapping[str, Any]) -> int:
    value = entry.get("day")
    try:
        day = date.fromisoformat(value).toordinal() if isinstance(value, str) and _DAY.fullmatch(value) else 0
    except ValueError as error:
        raise wrong("day") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise wrong("day")
    return day


def _time(entry: Mapping[str, Any], key: str) -> int:
    """Milliseconds since 1970 (UTC)."""
    value = entry.get(key)
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise wrong(key)
    try:
        time = datetime.fromisoformat(value)
    except ValueError as error:
        raise wrong(key) from error
    if not FIRST_DAY <= time.toordinal() <= LAST_DAY:
        raise wrong(key)
    return (time - _EPOCH) // timedelta(milliseconds=1)


def _time_if_any(entry: Mapping[str, Any], key: str) -> int | None:
    return None if entry.get(key) is None else _time(entry, key)


def _response(entry: Mapping[str, Any], key: str) -> str | None:
    """A response as the journal keeps it: texts, truths, nothing, and lists of these."""
    value = entry.get(key)
    _check_texts(value, key, _DEEPEST)
    return None if value is None else json.dumps(cleaned(value), ensure_ascii=False, separators=(",", ":"))


def _given(entry: Mapping[str, Any]) -> str:
    """The same as an attempt keeps it; saying nothing is an answer too."""
    value = entry.get("given")
    _check_texts(value, "given", _DEEPEST)
    return json.dumps(cleaned(value), ensure_ascii=False)


def _check_texts(value: object, key: str, depth: int) -> None:
    if isinstance(value, list) and depth:
        for each in value:
            _check_texts(each, key, depth - 1)
    elif not isinstance(value, str | bool | None):
        raise wrong(key)
