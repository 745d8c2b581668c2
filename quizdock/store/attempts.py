"""Exam attempts: the paper is stored whole before the first question, then every step is one durable event.

Attempts that were collected from other devices stand beside those of this one; only the own can be sat.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from quizdock.core.errors import QuizDockError, unknown_name
from quizdock.core.marking import Certainty, Mark, Place, Result, Rules
from quizdock.core.message import msg
from quizdock.core.sitting import Event, Kind
from quizdock.store.database import Database, Row
from quizdock.store.journal import HERE, Moment
from quizdock.store.learners import empty_exams, expect_there

if TYPE_CHECKING:
    from quizdock.core.paper import Asked


class AttemptRow(NamedTuple):
    """One attempt, for listings. Days are ordinals, times milliseconds since 1970 (UTC).

    `who` tells learners apart who have one name on different devices; `points` are None while it is open.
    """

    id: int
    device: str
    number: int
    who: str
    learner: str
    is_here: bool
    """Whether it was sat on this device."""
    decks: Mapping[str, str]
    """Titles by ids."""
    seed: int
    rules: Rules
    day: int
    started: int
    deadline: int | None
    finished: int | None
    points: float | None
    certainty_points: float | None
    questions: int

    @property
    def percent(self) -> float:
        """0–100, rounded to one decimal, as core.marking.Score has it."""
        return round(max(0.0, 100 * (self.points or 0.0) / self.questions), 1) if self.questions else 0.0

    @property
    def passed(self) -> bool:
        """Whether it reached the pass mark."""
        return self.finished is not None and self.percent >= self.rules.pass_percent


class Answered(NamedTuple):
    """How a question of an attempt's paper was last answered; `id` is the card's."""

    attempt: int
    number: int
    deck: str
    id: str
    credit: float | None
    """None where it was not answered."""
    texts: tuple[str, ...]
    """What was typed, ticked or chosen."""


_ATTEMPT = (
    "SELECT attempt.id, device.name, number, coalesce('#' || learner.id, device.name || '/' || candidate),"
    " coalesce(learner.name, candidate), learner.id IS NOT NULL,"
    " (SELECT json_group_object(deck, title) FROM (SELECT deck, title FROM attempt_deck"
    " WHERE attempt_deck.attempt = attempt.id ORDER BY deck)),"
    " seed, rules, day, started, deadline, finished, points, certainty_points, questions"
    " FROM attempt JOIN device ON device.id = attempt.device LEFT JOIN learner ON learner.id = attempt.learner"
    " WHERE NOT gone"
)


class Attempts:
    """Every sitting of an exam."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def start(
        self,
        learner: int,
        paper: "Sequence[Asked]",
        decks: Mapping[str, str],
        seed: int,
        rules: Rules,
        when: Moment,
    ) -> int:
        """Store a paper; `decks` are titles by ids. Returns the attempt's number.

        Raises QuizDockError for a learner who was removed.
        """
        deadline = when.at + rules.minutes * 60_000 if rules.minutes else None
        with self._database.transaction():
            expect_there(self._database, learner)
            attempt: int = self._database.value(
                "INSERT INTO attempt (device, number, learner, seed, rules, day, started, deadline, questions)"
                " SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM attempt WHERE device = ?1"
                " RETURNING id",
                [HERE, learner, seed, json.dumps(rules.as_data()), when.day, when.at, deadline, len(paper)],
            )
            self.put_paper(attempt, paper, decks)
        return attempt

    def put_paper(self, attempt: int, paper: "Sequence[Asked]", decks: Mapping[str, str]) -> None:
        """Store the questions and decks of an attempt. Call it inside the transaction that makes the attempt."""
        self._database.executemany(
            "INSERT INTO attempt_deck VALUES (?, ?, ?)", [(attempt, *deck) for deck in decks.items()]
        )
        self._database.executemany(
            "INSERT INTO attempt_question (attempt, number, deck, card, topic, title, hash, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (attempt, number, place.deck, card, place.topic, place.title, digest, body)
                for number, (place, card, digest, body) in enumerate(paper, 1)
            ],
        )

    def append(self, attempt: int, last: int, event: Event) -> int:
        """Store what happened, durably, as the event after number `last`; returns its own number.

        Raises QuizDockError for a learner who was removed, where the attempt is finished or gone, and where another
        terminal has gone on with it.
        """
        with self._database.transaction():
            self._expect_open(attempt, last)
            self.put_event(attempt, last + 1, event)
        return last + 1

    def finish(self, attempt: int, last: int, event: Event, result: Result) -> int:
        """Store that the attempt is finished, and with what result; else like `append`."""
        with self._database.transaction():
            self._expect_open(attempt, last)
            self.put_event(attempt, last + 1, event)
            self._database.execute("UPDATE attempt SET finished = ? WHERE id = ?", [event.at, attempt])
            self.put_result(attempt, result)
        return last + 1

    def regrade(self, attempt: int, last: int, events: Iterable[Event], result: Result) -> None:
        """Store marks that were given anew, and the result that they make. Raises QuizDockError if it has changed."""
        with self._database.transaction():
            if self._last(attempt) != last:
                raise QuizDockError(msg("this attempt has changed meanwhile"), msg("Try again."))
            for seq, event in enumerate(events, last + 1):
                self.put_event(attempt, seq, event)
            self.put_result(attempt, result)

    def put_event(self, attempt: int, seq: int, event: Event) -> None:
        """Store one event. Call it inside a transaction."""
        given = None if event.credit is None else json.dumps(event.given, ensure_ascii=False)
        self._database.execute(
            "INSERT INTO attempt_event (attempt, seq, kind, at, number, given, credit, milliseconds, certainty, hash,"
            " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                attempt,
                seq,
                int(event.kind),
                event.at,
                event.number or None,
                given,
                event.credit,
                event.milliseconds,
                event.certainty,
                event.hash,
                event.body,
            ],
        )

    def put_result(self, attempt: int, result: Result) -> None:
        """Store what an attempt came to. Call it inside a transaction."""
        certainty = result.certainty.points if result.certainty else None
        self._database.execute(
            "UPDATE attempt SET points = ?, certainty_points = ? WHERE id = ?",
            [result.score.points, certainty, attempt],
        )

    def delete(self, attempt: int) -> None:
        """Take an attempt away for good. Its number is never given to another."""
        with self._database.transaction():
            empty_exams(self._database, "id = ?", attempt)

    def attempt(self, number: int) -> AttemptRow:
        """The attempt with this number. Raises QuizDockError with the known ones for one that is not there."""
        found = self._attempts("AND attempt.id = ?", [number])
        if not found:
            known = [str(row.id) for row in self._attempts("ORDER BY attempt.id DESC LIMIT 20", [])]
            raise unknown_name(msg("there is no exam No. {number}", number=number), "", known)
        return found[0]

    def finished(self, learner: int | None = None) -> list[AttemptRow]:
        """The finished attempts of one learner, or of all and all devices, oldest first."""
        return self._attempts(
            "AND finished IS NOT NULL AND ?1 IN (learner.id, 0) ORDER BY finished, attempt.id", [learner or 0]
        )

    def latest(self, learner: int) -> AttemptRow | None:
        """The learner's last finished attempt of those that are evidence: no practice, and no retry."""
        rows = self._database.each(
            f"{_ATTEMPT} AND finished IS NOT NULL AND learner.id = ? ORDER BY finished DESC, attempt.id DESC", [learner]
        )
        return next((row for row in map(_attempt, rows) if row.rules.is_evidence), None)

    def open(self, learner: int | None = None) -> list[AttemptRow]:
        """The attempts of one learner, or of all on this device, that can be gone on with, oldest first."""
        return self._attempts(
            "AND finished IS NULL AND learner.id IS NOT NULL AND ?1 IN (learner.id, 0) ORDER BY started, attempt.id",
            [learner or 0],
        )

    def paper(self, attempt: int) -> "list[Asked]":
        """The questions of an attempt, in order."""
        rows = self._database.rows(
            "SELECT deck, topic, title, card, hash, body FROM attempt_question WHERE attempt = ? ORDER BY number",
            [attempt],
        )
        return [_asked(row) for row in rows]

    def marks(self) -> dict[int, list[Mark]]:
        """The marks of every finished attempt, in the order of its paper, by the attempts' numbers."""
        rows = self._marked("deck, asked.topic, asked.title, credit, given")
        return {
            attempt: [_mark(deck, topic, title, credit, given) for _, deck, topic, title, credit, given in of]
            for attempt, of in groupby(rows, key=itemgetter(0))
        }

    def answers(self) -> dict[int, list[Answered]]:
        """The answers of every finished attempt, in the order of its paper, by the attempts' numbers."""
        rows = self._marked("asked.number, deck, deck || '/' || card, credit, given")
        return {
            attempt: [
                Answered(attempt, number, deck, name, credit, _texts(given))
                for _, number, deck, name, credit, given in of
            ]
            for attempt, of in groupby(rows, key=itemgetter(0))
        }

    def _marked(self, columns: str) -> Iterator[Row]:
        """The attempt's number and these columns of each question of all finished attempts, in order."""
        return self._database.each(
            f"SELECT asked.attempt, {columns} FROM attempt_question AS asked JOIN attempt ON attempt.id = asked.attempt"
            " LEFT JOIN attempt_answer AS answer ON answer.attempt = asked.attempt AND answer.number = asked.number"
            " WHERE finished IS NOT NULL AND NOT gone ORDER BY asked.attempt, asked.number"
        )

    def question(self, attempt: int, number: int) -> "Asked":
        """A question of a paper, with the body of the card by which it was last marked."""
        row = self._database.row(
            "SELECT deck, topic, title, card, hash, coalesce((SELECT body FROM attempt_event AS event"
            " WHERE event.attempt = asked.attempt AND event.number = asked.number AND event.body IS NOT NULL"
            " ORDER BY seq DESC LIMIT 1), body) FROM attempt_question AS asked WHERE attempt = ? AND number = ?",
            [attempt, number],
        )
        assert row is not None
        return _asked(row)

    def hashes_now(self, attempt: int) -> dict[int, int]:
        """The hashes of an attempt's cards as the decks have them now, by the questions' numbers; none of one gone."""
        return dict(
            self._database.rows(
                "SELECT number, card.hash FROM attempt_question AS asked JOIN deck ON deck.name = asked.deck"
                " JOIN card ON card.deck = deck.id AND card.name = asked.card"
                " WHERE attempt = ? AND card.position IS NOT NULL",
                [attempt],
            )
        )

    def learner_of(self, attempt: int) -> int | None:
        """The number of the learner who sat the attempt here; None for one of another device."""
        learner: int | None = self._database.value("SELECT learner FROM attempt WHERE id = ?", [attempt])
        return learner

    def events(self, attempt: int) -> list[Event]:
        """What happened in an attempt, in order."""
        rows = self._database.rows(
            "SELECT kind, at, number, given, credit, milliseconds, certainty, hash, body FROM attempt_event"
            " WHERE attempt = ? ORDER BY seq",
            [attempt],
        )
        return [_event(*row) for row in rows]

    def _attempts(self, where: str, parameters: Sequence[object]) -> list[AttemptRow]:
        return [_attempt(row) for row in self._database.rows(f"{_ATTEMPT} {where}", parameters)]

    def _last(self, attempt: int) -> int:
        last: int = self._database.value("SELECT count(*) FROM attempt_event WHERE attempt = ?", [attempt])
        return last

    def _expect_open(self, attempt: int, last: int) -> None:
        row = self._database.row("SELECT learner, finished, gone FROM attempt WHERE id = ?", [attempt])
        if row is None or row[2]:
            raise QuizDockError(msg("this exam was deleted meanwhile"), msg("The last answer was not saved."))
        expect_there(self._database, row[0])
        if row[1] is not None:
            raise QuizDockError(
                msg("this exam was finished in another terminal"), msg("The last answer was not saved.")
            )
        if self._last(attempt) != last:
            raise QuizDockError(
                msg("this exam goes on in another terminal"),
                msg("The last answer given here was not saved. To go on here: quizdock exam --resume"),
            )


# Of a hundred thousand answers most are alike, where options are chosen: to find one that was made before takes half as
# long as to make it, and the garbage collector has no more to look through.
@lru_cache(maxsize=10_000)
def _mark(deck: str, topic: str, title: str, credit: float | None, given: str | None) -> Mark:
    return Mark(Place(deck, topic, title), None if given in ("null", '""', "[]") else credit)


@lru_cache(maxsize=10_000)
def _texts(given: str | None) -> tuple[str, ...]:
    data = None if given is None else json.loads(given)
    return tuple(text for text in (data if isinstance(data, list) else [data]) if isinstance(text, str))


def _asked(row: Row) -> "Asked":
    from quizdock.core.paper import Asked  # which loads all forms of answer: the dashboard does without

    return Asked(Place(*row[:3]), *row[3:])


def _attempt(row: Row) -> AttemptRow:
    values: dict[str, Any] = dict(zip(AttemptRow._fields, row, strict=True))
    values["is_here"] = bool(values["is_here"])
    values["decks"] = json.loads(values["decks"])
    values["rules"] = Rules.from_data(json.loads(values["rules"]))
    return AttemptRow(**values)


def _event(kind: int, at: int, number: int | None, given: str | None, credit: float | None, *more: Any) -> Event:
    milliseconds, certainty, digest, body = more
    return Event(
        Kind(kind),
        at,
        number or 0,
        None if given is None else json.loads(given),
        credit,
        milliseconds or 0,
        None if certainty is None else Certainty(certainty),
        digest,
        body,
    )
