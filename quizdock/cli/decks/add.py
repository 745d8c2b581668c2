"""`quizdock deck add`."""

from pathlib import Path

import click

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import opened
from quizdock.sessions.shelf import Added
from quizdock.sessions.shelf import add as put
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate


@command("add", _("Put a deck file into the home, if nothing is wrong with it."))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--link", is_flag=True, help=_("Link to the file where it is, rather than copy it."))
@click.option("--replace", is_flag=True, help=_("Put it in the place of the deck's older version; progress is kept."))
@pass_globals
def add(options: Globals, file: Path, link: bool, replace: bool) -> None:
    """Add one deck."""
    from quizdock.deck.problems import DeckError

    with opened(options) as work:
        try:
            removed = work.home.removed_decks if replace else None
            added = put(work.store.catalogue, work.home.content, file, link=link, replaced=removed)
        except DeckError as error:
            for problem in error.problems:
                say(translate(problem.text), err=True)
            raise
    _tell(added)


def _tell(added: Added) -> None:
    count = len(added.deck.cards)
    cards = ngettext("{n} card", "{n} cards", count).format(n=count)
    text = _("Added: {path}, {cards}.") if added.new else _("It is there already: {path}, {cards}.")
    say(text.format(path=added.file, cards=cards))
    say(_("To study it: quizdock study {deck}").format(deck=added.deck.id))
