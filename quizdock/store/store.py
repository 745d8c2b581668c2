"""The store as a whole: one database, its parts side by side."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizdock.core.message import Message, msg, nmsg
from quizdock.store.database import DamagedError, Database, prepare
from quizdock.store.schema import VERSION, migrate

if TYPE_CHECKING:
    from quizdock.store.attempts import Attempts
    from quizdock.store.cards import Cards
    from quizdock.store.catalogue import Catalogue
    from quizdock.store.collected import Collected
    from quizdock.store.health import Health
    from quizdock.store.histories import Histories
    from quizdock.store.history import History
    from quizdock.store.journal import Journal
    from quizdock.store.learners import Learners
    from quizdock.store.log import Log
    from quizdock.store.selection import Selection

FOLDER = "backups"
"""Beside the database: its copies."""


class Store:
    """Everything QuizDock remembers. Each part is loaded when it is first used: few commands need them all."""

    def __init__(self, database: Database) -> None:
        """Read and write through the database."""
        self.database = database
        self.warning: Message | None = None
        """What people must know of how it was opened."""

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

    @cached_property
    def histories(self) -> "Histories":
        """Whole histories, written out and taken in."""
        from quizdock.store.histories import Histories

        return Histories(self.database)

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_store(path: Path, device: str) -> Store:
    """Open the database at `path`, creating or migrating it as needed.

    `device` names this machine in a new database's journal; an existing one keeps its own name. Raises
    QuizDockError for a file that cannot be opened, is not a database, is another program's or from a newer version.
    """
    log = _log_of(path)
    database = Database(path)
    try:
        prepare(database, VERSION, migrate)
        if database.row("SELECT 1 FROM device") is None:
            database.execute("INSERT OR IGNORE INTO device (id, name) VALUES (1, ?)", [device])
        store = Store(database)
        store.warning = _lost_of(path, log) if log else None
    except BaseException:
        database.close()
        raise
    return store


def _log_of(path: Path) -> "Log | None":
    """The write-ahead log that is there before anything is opened. Raises QuizDockError for an emptied database.

    A database is new without a log and without a copy; SQLite takes any empty file for a new one.
    """
    has_log = any(_size(Path(f"{path}{end}")) > 0 for end in ("-wal", "-shm"))
    if _size(path) == 0 and (has_log or any((path.parent / FOLDER).glob("*.db"))):
        raise DamagedError(
            msg("{path}: this file is empty, and was not", path=path),
            msg("To get back what can be had: quizdock restore"),
        )
    if not has_log:
        return None
    from quizdock.store.log import read_log

    return read_log(path)


def _size(path: Path) -> int:
    """Bytes of a file; -1 for what is none, or cannot be looked at: opening it says why."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _lost_of(path: Path, log: "Log") -> Message | None:
    """What SQLite passes over of the log, said and set aside before it is overwritten."""
    from quizdock.store.log import lost

    steps = lost(path, log)
    if not steps:
        return None
    from quizdock.store.rescue import copied_aside

    kept = copied_aside(path, f"log-{log.salts.hex()}")
    return nmsg(
        "The log of the last answers was damaged: {count} step of saving is lost. The files as they were: {path}",
        "The log of the last answers was damaged: {count} steps of saving are lost. The files as they were: {path}",
        steps,
        path=kept,
    )
