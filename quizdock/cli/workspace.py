"""What a command works with, opened once: home, store, learner, clock, and the decks in step with their files."""

import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizdock.cli.clock import SystemClock, clock_of
from quizdock.cli.globals import Globals
from quizdock.cli.home import Home, find_home
from quizdock.cli.output import say
from quizdock.core.cleaning import tidy_name
from quizdock.core.days import study_day
from quizdock.core.errors import QuizDockError
from quizdock.core.message import Message, msg
from quizdock.core.settings import DEFAULTS, Settings
from quizdock.sessions.library import refresh
from quizdock.store import Store, open_store
from quizdock.store.catalogue import DeckRow, Scope
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import translate

if TYPE_CHECKING:
    from quizdock.store.learners import Learners


class Opened:
    """An open home. `notices` are what people should know about the deck files."""

    def __init__(
        self, home: Home, store: Store, clock: SystemClock, notices: Sequence[Message], settings: Settings
    ) -> None:
        """Hold what was opened."""
        self.home = home
        self.store = store
        self.clock = clock
        self.notices = notices
        self.settings = settings

    @property
    def today(self) -> int:
        """The ordinal of the clock's study day."""
        return study_day(self.clock.now(), self.clock.rollover)

    def back_up(self) -> None:
        """Make the day's copy of the database, unless there is one; what keeps it from being made is told, no more."""
        from quizdock.store.backups import Backups

        try:
            Backups(self.home.database).daily(self.store.database, self.today)
        except QuizDockError as error:
            warning = _("Today's copy of the database could not be made: {problem}")
            say(warning.format(problem=translate(error.message)), err=True)

    def tell_notices(self) -> None:
        """Print the notices to stderr."""
        for notice in self.notices:
            say(translate(notice), err=True)


class Workspace(Opened):
    """An open home with its learner."""

    def __init__(self, base: Opened, learner: int, learner_name: str) -> None:
        """Add the learner's number and name."""
        super().__init__(base.home, base.store, base.clock, base.notices, base.settings)
        self.learner = learner
        self.learner_name = learner_name

    def scope(
        self,
        decks: Sequence[str] = (),
        topics: Sequence[str] = (),
        notes: Sequence[str] = (),
        tags: Sequence[str] = (),
    ) -> Scope:
        """The cards of these decks (by id), or of those that the learner follows, narrowed to topics, notes and tags.

        Who follows none has the home's own decks, the shipped ones in the interface's language, and the begun.
        Raises QuizDockError for any unknown name (with the nearest one), and where there is no deck at all.
        """
        catalogue = self.store.catalogue
        numbers = [catalogue.deck(name).id for name in decks] or self._followed()
        found = [number for name in topics for number in catalogue.topics(numbers, name)]
        catalogue.check_notes(numbers, notes)
        catalogue.check_tags(numbers, tags)
        return Scope(tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(found)), tuple(notes), tuple(tags))

    def follow(self, decks: Sequence[str]) -> None:
        """Follow the decks that the learner named."""
        self.store.learners.follow(self.learner, [self.store.catalogue.deck(name).id for name in decks])

    def _followed(self) -> list[int]:
        decks = self.store.catalogue.decks()
        if not decks:
            raise QuizDockError(
                msg("there is no deck to work with"),
                msg(
                    "Put a deck into {folder}; content/README.md says how to write one.",
                    folder=self.home.content,
                ),
            )
        followed = set(self.store.learners.followed(self.learner))
        chosen = [deck.id for deck in decks if deck.id in followed]
        return chosen or self._own_and_shipped(decks)

    def _own_and_shipped(self, decks: Sequence[DeckRow]) -> list[int]:
        """The home's own decks, the shipped ones in the interface's language, or else all, and those begun."""
        language = os.environ.get("LANGUAGE", "en")
        folder = f"{self.home.shipped}{os.sep}"
        shipped = {deck.id: deck.lang for deck in decks if (deck.file or "").startswith(folder)}
        spoken = {number for number, lang in shipped.items() if lang[:2] == language} or {*shipped}
        begun = self.store.journal.decks_begun(self.learner)
        return [deck.id for deck in decks if deck.id in spoken | begun or deck.id not in shipped]


@contextmanager
def opened(options: Globals, settings: Settings | None = None) -> Iterator[Opened]:
    """Open the home for whomever; close the database at the end.

    `settings` stand in for the home's own, so that these can be mended where they are wrong.
    """
    home = find_home(options.home, os.environ)
    clock = clock_of(os.environ)
    settings = settings or _settings(options, home)
    clock.rollover = settings.rollover
    store = open_store(home.database, os.urandom(8).hex())
    if store.warning is not None:
        say(translate(store.warning), err=True)
    try:
        yield Opened(home, store, clock, refresh(store.catalogue, home.deck_folders, _tell_at_once), settings)
    finally:
        store.close()


@contextmanager
def workspace(options: Globals) -> Iterator[Workspace]:
    """Open the home for its learner. Raises QuizDockError for one that is neither there nor the system's user."""
    with opened(options) as base:
        name = learner_name(options, base.settings)
        learner = _learner(base.store.learners, name, options)
        yield Workspace(base, learner, name)


def _tell_at_once(message: Message) -> None:
    """Say why it takes a while, to whoever sits before a terminal."""
    if sys.stderr.isatty():
        say(translate(message), err=True)


def _settings(options: Globals, home: Home) -> Settings:
    """The settings; the defaults at once where nobody says anything, as mostly: reading what is said loads much."""
    is_silent = not (options.learner or options.lang or os.path.lexists(home.settings))
    if is_silent and not any(name.startswith("QUIZDOCK_") and name != "QUIZDOCK_HOME" for name in os.environ):
        return DEFAULTS
    from quizdock.cli.sources import look_up

    return look_up(options, home).settings()


def _learner(learners: "Learners", name: str, options: Globals) -> int:
    if name == system_user():
        return learners.find_or_add(name)
    try:
        return learners.find(name)
    except QuizDockError as error:
        if options.learner:
            raise
        raise QuizDockError(
            msg("{problem}, whom the settings name", problem=error.message),
            msg(
                "Choose another: quizdock learner use NAME. Or go back to {user}: quizdock settings unset learner",
                user=system_user(),
            ),
        ) from error


def named_file(options: Globals, deck: str) -> Path:
    """The file of this path, which need not be in the home, or of the deck with this id; a path opens no database."""
    from quizdock.sessions.shelf import deck_file, path_of

    path = path_of(find_home(options.home, os.environ).root, deck)
    if path is not None:
        return path
    with opened(options) as work:
        return deck_file(work.store.catalogue, work.home.root, deck)


def deck_files(options: Globals, deck: str | None) -> list[Path]:
    """The file that was named, or else those of the decks that the learner follows."""
    if deck is not None:
        return [named_file(options, deck)]
    with workspace(options) as work:
        chosen = work.scope().decks
        return [Path(each.file or "") for each in work.store.catalogue.decks() if each.id in chosen]


def learner_name(options: Globals, settings: Settings) -> str:
    """Who was named, else the settings' learner, else one named after the system's user."""
    return tidy_name(options.learner) if options.learner else settings.learner or system_user()


def system_user() -> str:
    """Who uses this machine, as a learner's name."""
    try:
        return tidy_name(getpass.getuser()) or "learner"
    except (OSError, KeyError):  # a container may run as a user without a name
        return "learner"
