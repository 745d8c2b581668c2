"""Learners, and the decks they follow."""

from collections.abc import Iterable

from quizdock.core.errors import QuizDockError, unknown_name
from quizdock.core.message import msg
from quizdock.core.text import fold
from quizdock.store.database import Database


class Learners:
    """Who studies with this database."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self._database = database

    def names(self) -> list[str]:
        """Every learner's name, in alphabetical order."""
        return sorted((name for (name,) in self._database.rows("SELECT name FROM learner")), key=fold)

    def find(self, name: str) -> int:
        """The learner's number. Raises QuizDockError with the nearest name for one that is not there."""
        found: int | None = self._database.value("SELECT id FROM learner WHERE name = ?", [name])
        if found is None:
            raise unknown_name(msg("there is no learner called {name}", name=name), name, self.names())
        return found

    def find_or_add(self, name: str) -> int:
        """The learner's number, added if not there yet."""
        if name not in self.names():
            self._database.execute("INSERT OR IGNORE INTO learner (name) VALUES (?)", [name])
        return self.find(name)

    def add(self, name: str) -> int:
        """Add a learner. Raises QuizDockError if the name is taken."""
        if name in self.names():
            raise QuizDockError(msg("there is already a learner called {name}", name=name))
        return self.find_or_add(name)

    def followed(self, learner: int) -> list[int]:
        """The numbers of the decks that the learner follows."""
        return [
            deck
            for (deck,) in self._database.rows("SELECT deck FROM follow WHERE learner = ? ORDER BY deck", [learner])
        ]

    def follow(self, learner: int, decks: Iterable[int]) -> None:
        """Follow these decks from now on."""
        missing = set(decks) - set(self.followed(learner))
        if missing:
            self._database.executemany(
                "INSERT OR IGNORE INTO follow (learner, deck) VALUES (?, ?)",
                [(learner, deck) for deck in sorted(missing)],
            )

    def unfollow(self, learner: int, decks: Iterable[int]) -> None:
        """Follow these decks no more. Progress stays as it is."""
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
