"""`quizdock deck`."""

import os
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import NamedTuple

import click

from quizdock.cli.home import find_home
from quizdock.cli.options import Group, Settings, pass_settings
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.core.errors import QuizDockError
from quizdock.core.message import Message, msg
from quizdock.sessions.library import problems_in, same_id
from quizdock.ui.translations import translate


@click.group("deck", cls=Group, help=_("List and check decks."))
def deck() -> None:
    """The group."""


@deck.command("list", help=_("List the decks and how many cards each has."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_settings
def list_decks(settings: Settings, as_json: bool) -> None:
    """Print every deck that has a file."""
    with workspace(settings) as work:
        decks = work.store.catalogue.decks()
        work.tell_notices()
    if as_json:
        fields = ("name", "title", "lang", "cards", "file")
        rows = [{"id" if field == "name" else field: getattr(each, field) for field in fields} for each in decks]
        say_json(rows)
        return
    width = max((len(each.name) for each in decks), default=0)
    for each in decks:
        cards = ngettext("{n} card", "{n} cards", each.cards).format(n=each.cards)
        say(f"{each.name:<{width}}  {each.lang}  {cards:>10}  {each.title}")


@deck.command("check", help=_("Say what is wrong in deck files, where, and how to mend it."))
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
