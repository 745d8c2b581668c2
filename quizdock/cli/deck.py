"""`quizdock deck`: the group; each subcommand has its file in `quizdock/cli/decks/`."""

import click

from quizdock.cli.decks.add import add
from quizdock.cli.decks.check import check
from quizdock.cli.decks.diff import diff
from quizdock.cli.decks.follow import follow, unfollow
from quizdock.cli.decks.ids import ids
from quizdock.cli.decks.listing import list_decks
from quizdock.cli.decks.new import new
from quizdock.cli.decks.preview import preview
from quizdock.cli.decks.remove import remove
from quizdock.cli.decks.schema import print_schema
from quizdock.cli.options import Group
from quizdock.ui.translations import gettext as _


@click.group("deck", cls=Group, help=_("Write, check, add and follow decks."))
def deck() -> None:
    """The group."""


for subcommand in (list_decks, new, check, preview, ids, diff, print_schema, add, remove, follow, unfollow):
    deck.add_command(subcommand)
