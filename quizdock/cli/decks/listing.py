"""`quizdock deck list`."""

import click

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command("list", _("List the decks and how many cards each has."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def list_decks(options: Globals, as_json: bool) -> None:
    """Print every deck that has a file."""
    with workspace(options) as work:
        decks = work.store.catalogue.decks()
        followed = set(work.store.learners.followed(work.learner))
        work.tell_notices()
    if as_json:
        fields = ("name", "title", "lang", "cards", "file")
        rows = [{"id" if field == "name" else field: getattr(each, field) for field in fields} for each in decks]
        say_json([{**row, "followed": each.id in followed} for row, each in zip(rows, decks, strict=True)])
        return
    width = max((len(each.name) for each in decks), default=0)
    for each in decks:
        cards = ngettext("{n} card", "{n} cards", each.cards).format(n=each.cards)
        mark = _(" (followed)") if each.id in followed else ""
        say(f"{each.name:<{width}}  {each.lang}  {cards:>10}  {each.title}{mark}")
