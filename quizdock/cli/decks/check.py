"""`quizdock deck check`."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizdock.cli.completion import complete_decks_or_files
from quizdock.cli.home import Home, find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import named_file
from quizdock.core.errors import QuizDockError
from quizdock.core.message import NOTHING, Message, msg, nmsg
from quizdock.sessions.checking import Checked, checked, put_in_ids
from quizdock.sessions.library import same_id
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate

if TYPE_CHECKING:
    from quizdock.core.card import Deck
    from quizdock.deck.missing_ids import NewId


@command("check", _("Say what is wrong or doubtful in deck files, where, and how to mend it."))
@click.argument("decks", nargs=-1, metavar="[FILE|DECK]...", shell_complete=complete_decks_or_files)
@click.option("--fix", is_flag=True, help=_("Write the ids that are missing, and nothing else."))
@click.option("--strict", is_flag=True, help=_("Let warnings count as errors."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def check(options: Globals, decks: tuple[str, ...], fix: bool, strict: bool, as_json: bool) -> int:
    """Check the files, or every deck of the home."""
    home = find_home(options.home, os.environ)
    chosen = [named_file(options, name) for name in decks] or _all_decks(home)
    if not chosen:
        raise QuizDockError(msg("there is no deck to check"))
    mended = [put_in_ids(path) for path in chosen] if fix else [[]] * len(chosen)
    seen = [checked(path) for path in chosen]
    clashes = list(_clashes(seen))
    if as_json:
        say_json([_as_data(*each) for each in zip(seen, mended, strict=True)])
    else:
        for each, ids in zip(seen, mended, strict=True):
            _tell(each, ids)
    for message in clashes:
        say(translate(message), err=as_json)
    return 1 if clashes or any(each.deck is None or (strict and each.found) for each in seen) else 0


def _all_decks(home: Home) -> list[Path]:
    return [path for folder in home.deck_folders for path in sorted(folder.glob("*.toml")) if path.is_file()]


def _tell(seen: Checked, ids: "Sequence[NewId]") -> None:
    for each in ids:
        say(_("{path}: {where} has got the id “{id}”").format(path=seen.path, where=each.where, id=each.id))
    for problem in seen.found:
        say(translate(problem.text))
    if seen.unreadable is not NOTHING:
        say(translate(seen.unreadable))
    if seen.deck is not None:
        say(_sound(seen, seen.deck))
    elif len(seen.found) > 1:
        say(translate(nmsg("{file}: {count} problem", "{file}: {count} problems", len(seen.found), file=seen.path)))


def _sound(seen: Checked, deck: "Deck") -> str:
    """What a file without problems holds."""
    cards = ngettext("{n} card", "{n} cards", len(deck.cards)).format(n=len(deck.cards))
    in_exams = ngettext("{n} for exams", "{n} for exams", deck.in_exams).format(n=deck.in_exams)
    if not seen.found:
        return _("{path}: no problem; {cards}, {in_exams}").format(path=seen.path, cards=cards, in_exams=in_exams)
    warnings = ngettext("{n} warning", "{n} warnings", len(seen.found)).format(n=len(seen.found))
    return _("{path}: no problem, but {warnings}; {cards}, {in_exams}").format(
        path=seen.path, warnings=warnings, cards=cards, in_exams=in_exams
    )


def _as_data(seen: Checked, ids: "Sequence[NewId]") -> dict[str, Any]:
    deck = seen.deck
    return {
        "file": str(seen.path),
        "deck": deck and deck.id,
        "cards": deck and len(deck.cards),
        "in_exams": deck and deck.in_exams,
        "error": translate(seen.unreadable) or None,
        "problems": [
            {
                "line": each.line,
                "key": each.where,
                "severity": "warning" if each.is_warning else "error",
                "message": translate(each.message),
                "hint": translate(each.hint),
            }
            for each in seen.found
        ],
        "new_ids": [{"key": each.where, "id": each.id} for each in ids],
    }


def _clashes(seen: Sequence[Checked]) -> Iterator[Message]:
    """Two files of one folder with the same deck id: only one of them would ever be used."""
    first: dict[tuple[Path, str], Path] = {}
    for each in seen:
        if each.deck is not None:
            used = first.setdefault((each.path.absolute().parent, each.deck.id), each.path)
            if used.absolute() != each.path.absolute():
                yield same_id(each.deck.id, str(used), str(each.path))
