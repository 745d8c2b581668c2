"""`quizdock due`."""

import click

from quizdock.cli.completion import complete_decks, complete_topics
from quizdock.cli.counting import tell
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.ui.translations import gettext as _


@command("due", _("Say how many cards wait today: fast enough for a shell prompt."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", shell_complete=complete_topics, help=_("Only this topic.")
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def due(options: Globals, decks: tuple[str, ...], topics: tuple[str, ...], as_json: bool) -> None:
    """Count and print."""
    tell(options, decks, topics, as_json=as_json)
