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
        message = msg("The database is damaged. Restore a copy of it; nothing was changed.")
        yield Finding("database", Level.WRONG, message, details)
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
        message = msg("Something in the database refers to what is not there. Restore a copy of it.")
        yield Finding("references", Level.WRONG, message, details)
    else:
        yield Finding("references", Level.FINE, msg("All references lead somewhere."))


def _journal(store: Store, progress: Progress | None = None) -> Iterator[Finding]:
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
    "orphans": _orphans,
}
"""Every check by its name; one more is one more function here."""
