"""`quizdock due`."""

from gettext import gettext as _
from gettext import ngettext

import click

from quizdock.cli.completion import complete_decks, complete_topics
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.core.days import as_date
from quizdock.sessions.today import waiting


@command("due", _("Say how many cards wait today: fast enough for a shell prompt."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", shell_complete=complete_topics, help=_("Only this topic.")
)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def due(options: Globals, decks: tuple[str, ...], topics: tuple[str, ...], as_json: bool) -> None:
    """Count and print."""
    with workspace(options) as work:
        counts = waiting(work.store, work.learner, work.scope(decks, topics), work.today, work.settings)
        if as_json:
            day = as_date(work.today).isoformat()
            say_json({"learner": work.learner_name, "day": day, **counts._asdict()})
            return
        to_repeat = ngettext("{n} card to repeat", "{n} cards to repeat", counts.due).format(n=counts.due)
        new = ngettext("{n} new", "{n} new ones", counts.new).format(n=counts.new)
        say(f"{to_repeat}, {new}")
