"""The store as a whole: one database, its parts side by side."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizdock.store.database import Database, prepare
from quizdock.store.schema import VERSION, migrate

if TYPE_CHECKING:
    from quizdock.store.attempts import Attempts
    from quizdock.store.cards import Cards
    from quizdock.store.catalogue import Catalogue
    from quizdock.store.collected import Collected
    from quizdock.store.health import Health
    from quizdock.store.history import History
    from quizdock.store.journal import Journal
    from quizdock.store.learners import Learners
    from quizdock.store.selection import Selection


class Store:
    """Everything QuizDock remembers. Each part is loaded when it is first used: few commands need them all."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self.database = database

    @cached_property
    def catalogue(self) -> "Catalogue":
        """Decks, topics and cards."""
        from quizdock.store.catalogue import Catalogue

        return Catalogue(self.database)

    @cached_property
    def journal(self) -> "Journal":
        """What learners did, and what that made of cards and days."""
        from quizdock.store.journal import Journal

        return Journal(self.database)

    @cached_property
    def selection(self) -> "Selection":
        """Which cards may be asked."""
        from quizdock.store.selection import Selection

        return Selection(self.database)

    @cached_property
    def learners(self) -> "Learners":
        """Who learns, and which decks they follow."""
        from quizdock.store.learners import Learners

        return Learners(self.database)

    @cached_property
    def attempts(self) -> "Attempts":
        """Exams that were sat here."""
        from quizdock.store.attempts import Attempts

        return Attempts(self.database)

    @cached_property
    def collected(self) -> "Collected":
        """Exams that were sat on other devices."""
        from quizdock.store.collected import Collected

        return Collected(self.database, self.attempts)

    @cached_property
    def cards(self) -> "Cards":
        """Single cards, and what learners have made of them."""
        from quizdock.store.cards import Cards

        return Cards(self.database)

    @cached_property
    def health(self) -> "Health":
        """Whether the file is sound."""
        from quizdock.store.health import Health

        return Health(self.database)

    @cached_property
    def history(self) -> "History":
        """What a learner has done, counted."""
        from quizdock.store.history import History

        return History(self.database)

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_store(path: Path, device: str) -> Store:
    """Open the database at `path`, creating or migrating it as needed.

    `device` names this machine in a new database's journal; an existing one keeps its own name. Raises
    QuizDockError for a file that cannot be opened, is not a database, is another program's or from a newer version.
    """
    database = Database(path)
    try:
        prepare(database, VERSION, migrate)
        if database.row("SELECT 1 FROM device") is None:
            database.execute("INSERT OR IGNORE INTO device (id, name) VALUES (1, ?)", [device])
    except BaseException:
        database.close()
        raise
    return Store(database)
