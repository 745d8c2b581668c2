"""Learners, and the decks they follow."""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from quizdock.core.errors import QuizDockError, reason_of, unknown_name
from quizdock.core.message import msg
from quizdock.store.database import Database

if TYPE_CHECKING:
    from quizdock.store.export import Exported

_GONE = "\x1f"
"""How the name of a removed learner begins: `tidy_name` leaves no such character, so that nobody can be called so."""
NAMED = "learner.name NOT GLOB char(31) || '*'"
"""The SQL condition that a learner was not removed."""


def is_removed(name: str) -> bool:
    """Whether this is the name that a removed learner has."""
    return name.startswith(_GONE)


def expect_there(database: Database, learner: int) -> None:
    """Raise QuizDockError for a learner who was removed. Call it inside the transaction that writes for them."""
    if database.value(f"SELECT 1 FROM learner WHERE id = ? AND {NAMED}", [learner]) is None:
        raise removed_meanwhile()


def removed_meanwhile() -> QuizDockError:
    """The error for a learner who was removed while something of theirs was to be written."""
    return QuizDockError(
        msg("this learner was removed meanwhile"),
        msg("Nothing of this was saved. What came before is in the export that the removal made."),
    )


def empty_exams(database: Database, where: str, value: int) -> None:
    """Leave nothing of these attempts but their numbers: one that is given again might be that of a sitting under way.

    Call it inside a transaction.
    """
    for table in ("attempt_event", "attempt_question", "attempt_deck"):
        database.execute(f"DELETE FROM {table} WHERE attempt IN (SELECT id FROM attempt WHERE {where})", [value])
    database.execute(
        "UPDATE attempt SET gone = 1, seed = 0, rules = '{}', day = 0, started = 0, deadline = NULL, finished = NULL,"
        f" points = NULL, certainty_points = NULL, questions = 0 WHERE {where}",
        [value],
    )


class Learners:
    """Who studies with this database."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def names(self) -> list[str]:
        """Every learner's name, in alphabetical order."""
        from quizdock.core.text import fold

        return sorted((name for (name,) in self._database.rows(f"SELECT name FROM learner WHERE {NAMED}")), key=fold)

    def find(self, name: str) -> int:
        """The learner's number. Raises QuizDockError with the nearest name for one that is not there."""
        found = self._number(name)
        if found is None:
            raise unknown_name(msg("there is no learner called {name}", name=name), name, self.names())
        return found

    def find_or_add(self, name: str) -> int:
        """The learner's number, added if not there yet."""
        found = self._number(name)
        if found is None:
            self._database.execute("INSERT OR IGNORE INTO learner (name) VALUES (?)", [name])
        return found or self.find(name)

    def add(self, name: str) -> int:
        """Add a learner. Raises QuizDockError if the name is taken."""
        if name in self.names():
            raise QuizDockError(msg("there is already a learner called {name}", name=name))
        return self.find_or_add(name)

    def rename(self, old: str, new: str) -> None:
        """Give a learner another name. Raises QuizDockError for one that is not there, and for a name that is taken."""
        with self._database.transaction():
            learner = self.find(old)
            if new in self.names():
                raise QuizDockError(msg("there is already a learner called {name}", name=new))
            self._database.execute("UPDATE learner SET name = ? WHERE id = ?", [new, learner])

    def remove(self, name: str, file: Path) -> "Exported":
        """Write a learner's whole history to a new file, then forget who it was; returns what was written.

        The name, the exams and the decks that were followed go. The journal is never edited: its events stay, and
        with them the figures that they make, under a learner who has no name. So sequence numbers stay without
        gaps, `rebuild` finds what it expects, and a later merge has nothing to bring back. Raises QuizDockError
        for a learner who is not there, and where the file cannot be written: then nothing has changed, and no part
        of a file is left.
        """
        from quizdock.store.export import history

        with ExitStack() as on_failure:
            with self._database.transaction():
                learner = self.find(name)
                lines, exported = history(self._database, learner)
                on_failure.callback(_write_new(file, lines).unlink, missing_ok=True)
                empty_exams(self._database, "learner = ?", learner)
                self._database.execute("DELETE FROM follow WHERE learner = ?", [learner])
                self._database.execute("UPDATE learner SET name = ? WHERE id = ?", [f"{_GONE}{learner}", learner])
            on_failure.pop_all()
        return exported

    def followed(self, learner: int) -> list[int]:
        """The numbers of the decks that the learner follows."""
        return [
            deck
            for (deck,) in self._database.rows("SELECT deck FROM follow WHERE learner = ? ORDER BY deck", [learner])
        ]

    def follow(self, learner: int, decks: Iterable[int]) -> None:
        """Follow these decks from now on: all of them or none."""
        missing = set(decks) - set(self.followed(learner))
        if missing:
            with self._database.transaction():
                self._database.executemany(
                    "INSERT OR IGNORE INTO follow (learner, deck) VALUES (?, ?)",
                    [(learner, deck) for deck in sorted(missing)],
                )

    def unfollow(self, learner: int, decks: Iterable[int]) -> None:
        """Follow these decks no more: all of them or none. Progress stays as it is."""
        with self._database.transaction():
            self._database.executemany(
                "DELETE FROM follow WHERE learner = ? AND deck = ?", [(learner, deck) for deck in decks]
            )

    def studied(self, learner: int, deck: str) -> set[str]:
        """The ids within their deck of the cards that the learner has a schedule for, orphans included."""
        rows = self._database.rows(
            "SELECT card.name FROM schedule JOIN card ON card.id = schedule.card JOIN deck ON deck.id = card.deck"
            " WHERE schedule.learner = ? AND deck.name = ?",
            [learner, deck],
        )
        return {name for (name,) in rows}

    def _number(self, name: str) -> int | None:
        found: int | None = self._database.value("SELECT id FROM learner WHERE name = ?", [name])
        return found


def _write_new(file: Path, text: str) -> Path:
    """Write a file that was not there, whole or not at all, durably, for its owner alone; returns it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "w", encoding="utf-8") as sink:  # noqa: PTH123 - of a descriptor
                sink.write(text)
                sink.flush()
                os.fsync(sink.fileno())
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return file
    except OSError as error:
        raise QuizDockError(
            msg("{path}: {reason}", path=file, reason=reason_of(error)), msg("Nobody was removed.")
        ) from error
