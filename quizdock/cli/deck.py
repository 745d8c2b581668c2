"""`quizdock deck`: the group; each subcommand has its file in `quizdock/cli/decks/`."""

from gettext import gettext as _

import click

from quizdock.cli.decks.check import check
from quizdock.cli.decks.listing import list_decks
from quizdock.cli.options import Group


@click.group("deck", cls=Group, help=_("List and check decks."))
def deck() -> None:
    """The group."""


for subcommand in (list_decks, check):
    deck.add_command(subcommand)
