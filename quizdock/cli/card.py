"""`quizdock card`: the group; each of its subcommands is in a file of `quizdock/cli/cards/`."""

import click

from quizdock.cli.cards.listing import list_cards
from quizdock.cli.cards.relinking import relink
from quizdock.cli.cards.setting_aside import bury, reset, resume, suspend
from quizdock.cli.cards.showing import show, show_history
from quizdock.cli.options import Group
from quizdock.ui.translations import gettext as _


@click.group("card", cls=Group, help=_("Find cards, set them aside, see what happened to them."))
def card() -> None:
    """The group."""


for subcommand in (list_cards, show, show_history, suspend, resume, bury, reset, relink):
    card.add_command(subcommand)
