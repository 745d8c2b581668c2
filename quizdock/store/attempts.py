"""Exam attempts: the paper is stored whole before the first question, then one durable record an answer."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from quizdock.core.card import encode
from quizdock.core.errors import QuizDockError
from quizdock.core.marking import Mark, Score
from quizdock.core.message import msg
from quizdock.store.database import Database
from quizdock.store.journal import Moment
from quizdock.store.learners import expect_there

if TYPE_CHECKING:
    from quizdock.core.dialogue import Question


class AttemptRow(NamedTuple):
    """One finished attempt, for listings; `day` is the study day of its beginning, `finished` is in UTC."""

    id: int
    learner: str
    decks: str
    seed: int
    day: int
    finished: str
    points: float
    questions: int
    percent: float
    passed: bool


class Attempts:
    """Every sitting of an exam."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def start(
        self,
        learner: int,
        paper: Sequence[tuple[int, int, "Question"]],
        decks: Sequence[int],
        seed: int,
        pass_percent: float,
        when: Moment,
    ) -> int:
        """Store a paper of (card's number, content hash, question); returns the attempt's number.

        Raises QuizDockError for a learner who was removed.
        """
        with self._database.transaction():
            expect_there(self._database, learner)
            attempt: int = self._database.value(
                "INSERT INTO attempt (device, learner, seed, pass_percent, day, started, questions)"
                " VALUES (1, ?, ?, ?, ?, ?, ?) RETURNING id",
                [learner, seed, pass_percent, when.day, when.at, len(paper)],
            )
            self._database.executemany(
                "INSERT INTO attempt_deck VALUES (?, ?)", [(attempt, deck) for deck in sorted(set(decks))]
            )
            self._database.executemany(
                "INSERT INTO attempt_question (attempt, number, card, topic, hash, body) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (attempt, number, card, question.topic, digest, encode(question.card))
                    for number, (card, digest, question) in enumerate(paper, 1)
                ],
            )
        return attempt

    def record(
        self, learner: int, attempt: int, number: int, response: object, credit: float, milliseconds: int
    ) -> None:
        """Store the answer to one question, durably.

        Raises QuizDockError for a learner who was removed, and where the attempt is not an open one of theirs.
        """
        self._change(
            learner,
            "UPDATE attempt_question SET response = ?, credit = ?, milliseconds = ? WHERE number = ? AND attempt ="
            " (SELECT id FROM attempt WHERE id = ? AND learner = ? AND finished IS NULL)",
            [json.dumps(response, ensure_ascii=False), credit, milliseconds, number, attempt, learner],
        )

    def marks(self, attempt: int) -> list[Mark]:
        """Every question's mark, in the paper's order."""
        rows = self._database.rows(
            "SELECT topic, credit FROM attempt_question WHERE attempt = ? ORDER BY number", [attempt]
        )
        return [Mark(*row) for row in rows]

    def finish(self, learner: int, attempt: int, points: float, when: Moment) -> None:
        """Close the attempt with its points. Raises QuizDockError like `record`."""
        self._change(
            learner,
            "UPDATE attempt SET finished = ?, points = ? WHERE id = ? AND learner = ? AND finished IS NULL",
            [when.at, points, attempt, learner],
        )

    def finished(self, learner: int | None = None) -> list[AttemptRow]:
        """The finished attempts of one learner or of all, oldest first."""
        chosen, parameters = (" AND learner = ?", [learner]) if learner is not None else ("", [])
        return [
            _attempt(row)
            for row in self._database.rows(
                "SELECT attempt.id, learner.name, (SELECT group_concat(name, ', ') FROM (SELECT deck.name"
                " FROM attempt_deck JOIN deck ON deck.id = attempt_deck.deck"
                " WHERE attempt_deck.attempt = attempt.id ORDER BY deck.name)),"
                " seed, day, finished, points, questions, pass_percent"
                " FROM attempt JOIN learner ON learner.id = attempt.learner"
                f" WHERE finished IS NOT NULL{chosen} ORDER BY finished, attempt.id",
                parameters,
            )
        ]

    def _change(self, learner: int, sql: str, parameters: Sequence[object]) -> None:
        """Change the one row that the statement is about."""
        with self._database.transaction():
            expect_there(self._database, learner)
            if self._database.execute(sql, parameters).rowcount != 1:
                raise QuizDockError(msg("this exam is not open any more"), msg("The last answer was not saved."))


def _attempt(row: tuple[Any, ...]) -> AttemptRow:
    number, learner, decks, seed, day, finished, points, questions, pass_percent = row
    percent = Score(points, questions).percent
    when = datetime.fromtimestamp(finished / 1000, UTC).isoformat(timespec="seconds")
    return AttemptRow(number, learner, decks, seed, day, when, points, questions, percent, percent >= pass_percent)
