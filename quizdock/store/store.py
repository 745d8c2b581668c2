"""The store as a whole: one database, its parts side by side."""

from pathlib import Path
from typing import NamedTuple

from quizdock.store.attempts import Attempts
from quizdock.store.cards import Cards
from quizdock.store.catalogue import Catalogue
from quizdock.store.collected import Collected
from quizdock.store.database import Database, prepare
from quizdock.store.health import Health
from quizdock.store.history import History
from quizdock.store.journal import Journal
from quizdock.store.learners import Learners
from quizdock.store.schema import VERSION, migrate
from quizdock.store.selection import Selection


class Store(NamedTuple):
    """Everything QuizDock remembers."""

    database: Database
    catalogue: Catalogue
    journal: Journal
    selection: Selection
    learners: Learners
    attempts: Attempts
    collected: Collected
    cards: Cards
    health: Health
    history: History

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
    attempts = Attempts(database)
    return Store(
        database,
        Catalogue(database),
        Journal(database),
        Selection(database),
        Learners(database),
        attempts,
        Collected(database, attempts),
        Cards(database),
        Health(database),
        History(database),
    )
