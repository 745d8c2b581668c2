"""Examining a home: what is wrong, what is worth knowing, and what to type next. Nothing is changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import partial
from shlex import join, quote
from typing import NamedTuple

from quizdock.core.errors import QuizDockError
from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.sessions.relinking import Proposal, proposals
from quizdock.store import Store

LEAST_FREE = 100_000_000
"""Bytes that should be free on the disk."""
_RESTORE = ("quizdock restore",)
MOST_TOLD = 20
"""Commands that one finding lists."""


class Level(IntEnum):
    """How bad it is."""

    FINE = 0
    NOTICE = 1
    WRONG = 2


class Finding(NamedTuple):
    """What a check found; `details` say more of it, `commands` are what to type next."""

    check: str
    level: Level
    message: Message
    details: Sequence[Message] = ()
    commands: Sequence[str] = ()


Progress = Callable[[int], None]
Check = Callable[[Store], Iterable[Finding]]


def examine(store: Store, progress: Progress = lambda events: None) -> list[Finding]:
    """What every check finds, in their order. Where one cannot go on, that is its finding, told once of equal ones.

    `progress` is told how many events of the journal have been replayed.
    """
    findings: list[Finding] = []
    checks: Mapping[str, Check] = {**CHECKS, "journal": partial(_journal, progress=progress)}
    for name, check in checks.items():
        try:
            findings.extend(check(store))
        except QuizDockError as error:
            failed = failure(name, error)
            findings += [] if failed.message in [each.message for each in findings] else [failed]
    return findings


def failure(check: str, error: QuizDockError) -> Finding:
    """The finding that an error is."""
    return Finding(check, Level.WRONG, error.message, [] if error.hint is NOTHING else [error.hint])


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong; notices are not."""
    return all(finding.level is not Level.WRONG for finding in findings)


def _database(store: Store) -> Iterator[Finding]:
    damage = store.health.damage()
    if damage:
        details = [msg("{reason}", reason=text) for text in damage]
        message = msg("The database is damaged; nothing was changed.")
        yield Finding("database", Level.WRONG, message, details, _RESTORE)
    else:
        yield Finding("database", Level.FINE, msg("The database is sound."))


def _references(store: Store) -> Iterator[Finding]:
    strays = store.health.strays()
    details = [
        nmsg(
            "{table}: {count} row names no row of {parent}",
            "{table}: {count} rows name no row of {parent}",
            stray.rows,
            table=stray.table,
            parent=stray.parent,
        )
        for stray in strays
    ]
    if details:
        message = msg("Something in the database refers to what is not there.")
        yield Finding("references", Level.WRONG, message, details, _RESTORE)
    else:
        yield Finding("references", Level.FINE, msg("All references lead somewhere."))


def _journal(store: Store, progress: Progress | None = None) -> Iterator[Finding]:
    absurd = store.health.absurd()
    if absurd:
        message = nmsg(
            "{count} event of the journal cannot have happened.",
            "{count} events of the journal cannot have happened.",
            absurd,
        )
        yield Finding("journal", Level.WRONG, message, commands=_RESTORE)
        return
    found = store.journal.compare(progress)
    if found.wrong:
        message = nmsg(
            "{count} row is not as the journal says.", "{count} rows are not as the journal says.", found.wrong
        )
        yield Finding("journal", Level.WRONG, message, commands=["quizdock rebuild"])
    else:
        message = nmsg(
            "The schedules are what the journal makes of its {count} event.",
            "The schedules are what the journal makes of its {count} events.",
            found.events,
        )
        yield Finding("journal", Level.FINE, message)


def _decks(store: Store) -> Iterator[Finding]:
    files = store.catalogue.files().values()
    broken = [file for file in files if file.problems]
    for file in broken:
        message = nmsg("{path}: {count} problem", "{path}: {count} problems", file.problems, path=file.path)
        yield Finding("decks", Level.WRONG, message, commands=[f"quizdock deck check {quote(file.path)}"])
    if not broken:
        sound = nmsg("{count} deck file without a problem.", "{count} deck files without a problem.", len(files))
        yield Finding("decks", Level.FINE, sound)


def _cards(store: Store) -> Iterator[Finding]:
    altered = store.catalogue.altered()
    if altered:
        message = nmsg(
            "{count} card is not as its deck has it.", "{count} cards are not as their decks have them.", len(altered)
        )
        yield Finding("cards", Level.WRONG, message, commands=["quizdock rebuild"])
    else:
        yield Finding("cards", Level.FINE, msg("The cards are as they were stored."))


def _orphans(store: Store) -> Iterator[Finding]:
    lost = store.cards.abandoned()
    if not lost:
        yield Finding("orphans", Level.FINE, msg("Every card that somebody has progress on is in a deck."))
        return
    message = nmsg(
        "{count} card with progress is in no deck any more. Nothing is lost: it waits to come back, or for another id.",
        "{count} cards with progress are in no deck any more."
        " Nothing is lost: they wait to come back, or for other ids.",
        len(lost),
    )
    yield Finding("orphans", Level.NOTICE, message, commands=_commands(proposals(store)))


def _files(store: Store) -> Iterator[Finding]:
    """Who may read them, and whether there is room for more."""
    seen = store.health.open_to_others()
    if seen:
        message = msg("Other users of this machine can read your answers.")
        typed = [join(["chmod", "go-rwx", *map(str, seen)])]
        yield Finding("files", Level.NOTICE, message, commands=typed)
    room = store.health.room()
    if room.free < max(LEAST_FREE, 2 * room.taken):
        message = msg(
            "{free} MB are free on this disk. A copy of the database takes {taken} MB.",
            free=room.free // 1_000_000,
            taken=-(-room.taken // 1_000_000),
        )
        yield Finding("files", Level.NOTICE, message)
    if not seen:
        yield Finding("files", Level.FINE, msg("Nobody else on this machine can read your answers."))


def _copies(store: Store) -> Iterator[Finding]:
    copies = store.health.copies()
    if copies:
        message = nmsg(
            "{count} copy of the database: {path}",
            "{count} copies of the database, the latest: {path}",
            len(copies),
            path=copies[0].path,
        )
        yield Finding("copies", Level.FINE, message)
    elif store.journal.events():
        message = msg("There is no copy of the database yet. One is made after the first session of each day.")
        yield Finding("copies", Level.NOTICE, message, commands=["quizdock backup"])


def _commands(found: Sequence[Proposal]) -> list[str]:
    """What to type for the plainest first; a command without a new name says what may be the same card."""
    plain_first = sorted(found, key=lambda each: not each.new)[:MOST_TOLD]
    typed = [join(["quizdock", "card", "relink", *filter(None, (each.old, each.new))]) for each in plain_first]
    return typed if len(typed) == len(found) else [*typed, "quizdock card list --orphans"]


CHECKS: Mapping[str, Check] = {
    "database": _database,
    "references": _references,
    "journal": _journal,
    "decks": _decks,
    "cards": _cards,
    "orphans": _orphans,
    "files": _files,
    "copies": _copies,
}
"""Every check by its name; one more is one more function here."""
