"""Attempts of other devices, collected from result files."""

import json
from typing import Literal

from quizdock.core.result_file import Attempt
from quizdock.store.attempts import Attempts
from quizdock.store.database import Database
from quizdock.store.journal import HERE

Put = Literal["new", "updated", "known", "other"]


class Collected:
    """Keeps what was sat elsewhere beside what was sat here."""

    def __init__(self, database: Database, attempts: Attempts) -> None:
        """Write through the database."""
        self._database = database
        self._attempts = attempts

    @property
    def here(self) -> str:
        """The name of this device."""
        name: str = self._database.value("SELECT name FROM device WHERE id = ?", [HERE])
        return name

    def put(self, device: str, learner: str, attempt: Attempt) -> Put:
        """Store an attempt, or what happened in it since it was collected; "known" where there is nothing new.

        What came with a learner's whole history is known: it goes on here. "other" tells that this contradicts what
        was collected before, which stays.
        """
        with self._database.transaction():
            number = self._device(device)
            row = self._database.row(
                "SELECT id, gone OR learner IS NOT NULL,"
                " (SELECT count(*) FROM attempt_event WHERE attempt = attempt.id) FROM attempt"
                " WHERE device = ? AND number = ?",
                [number, attempt.number],
            )
            if number == HERE or (row is not None and (row[1] or row[2] >= len(attempt.events))):
                return "known"
            if row and self._attempts.events(row[0]) != list(attempt.events[: row[2]]):
                return "other"
            found: int = row[0] if row else self._insert(number, learner, attempt)
            self._put_rest(found, attempt, row[2] if row else 0)
            return "updated" if row else "new"

    def _device(self, name: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO device (name) VALUES (?)", [name])
        number: int = self._database.value("SELECT id FROM device WHERE name = ?", [name])
        return number

    def _insert(self, device: int, learner: str, attempt: Attempt) -> int:
        number: int = self._database.value(
            "INSERT INTO attempt (device, number, candidate, seed, rules, day, started, deadline, finished, questions)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [
                device,
                attempt.number,
                learner,
                attempt.seed,
                json.dumps(attempt.rules.as_data()),
                attempt.day,
                attempt.started,
                attempt.deadline,
                attempt.finished,
                len(attempt.paper),
            ],
        )
        self._attempts.put_paper(number, attempt.paper, attempt.decks)
        return number

    def _put_rest(self, number: int, attempt: Attempt, known: int) -> None:
        for seq, event in enumerate(attempt.events[known:], known + 1):
            self._attempts.put_event(number, seq, event)
        self._attempts.put_result(number, attempt.result)
