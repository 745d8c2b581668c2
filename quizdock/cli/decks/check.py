"""`quizdock deck check`."""

import os
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import NamedTuple

import click

from quizdock.cli.home import find_home
from quizdock.cli.options import Settings, command, pass_settings
from quizdock.cli.output import say
from quizdock.core.errors import QuizDockError
from quizdock.core.message import Message, msg
from quizdock.sessions.library import problems_in, same_id
from quizdock.ui.translations import translate


@command("check", _("Say what is wrong in deck files, where, and how to mend it."))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@pass_settings
def check(settings: Settings, files: tuple[Path, ...]) -> int:
    """Check the files, or every deck of the home."""
    chosen = files or tuple(_all_decks(settings))
    if not chosen:
        raise QuizDockError(msg("there is no deck to check"))
    good = [deck for deck in map(_checked, chosen) if deck is not None]
    clashes = list(_clashes(good))
    for message in clashes:
        say(translate(message))
    return 1 if clashes or len(good) < len(chosen) else 0


def _all_decks(settings: Settings) -> list[Path]:
    folders = find_home(settings.home, os.environ).deck_folders
    return [path for folder in folders for path in sorted(folder.glob("*.toml")) if path.is_file()]


class _Checked(NamedTuple):
    """A file without problems, and the id of its deck."""

    path: Path
    deck: str


def _checked(path: Path) -> _Checked | None:
    """Print what was found in a file; None if it cannot be used."""
    try:
        read, error = problems_in(path)
    except QuizDockError as cannot_open:
        say(translate(cannot_open.message))
        return None
    if error is not None:
        for problem in error.problems:
            say(translate(problem.text))
        return None
    assert read is not None, "a file without problems is a deck"
    cards = ngettext("{n} card", "{n} cards", len(read.cards)).format(n=len(read.cards))
    examinable = sum(card.exam is not None for card in read.cards)
    in_exams = ngettext("{n} for exams", "{n} for exams", examinable).format(n=examinable)
    say(_("{path}: no problem; {cards}, {in_exams}").format(path=path, cards=cards, in_exams=in_exams))
    return _Checked(path, read.id)


def _clashes(checked: Sequence[_Checked]) -> Iterator[Message]:
    """Two files of one folder with the same deck id: only one of them would ever be used."""
    first: dict[tuple[Path, str], Path] = {}
    for path, deck in checked:
        folder = path.absolute().parent
        used = first.setdefault((folder, deck), path)
        if used.absolute() != path.absolute():
            yield same_id(deck, str(used), str(path))
