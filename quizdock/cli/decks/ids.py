"""`quizdock deck ids`."""

import click

from quizdock.cli.completion import complete_decks_or_files
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import deck_files
from quizdock.ui.translations import gettext as _


@command("ids", _("List the ids of cards, which progress hangs on. Without a deck: those you follow."))
@click.argument("deck", required=False, metavar="[FILE|DECK]", shell_complete=complete_decks_or_files)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON, with what each card asks."))
@pass_globals
def ids(options: Globals, deck: str | None, as_json: bool) -> None:
    """Print one card a line."""
    from quizdock.deck.reader import read_deck

    decks = [read_deck(path) for path in deck_files(options, deck)]
    cards = [(f"{each.id}/{card.name}", card) for each in decks for card in each.cards]
    if as_json:
        fields = [
            {"id": name, "note": card.note, "topic": card.topic, "form": card.study.form, "prompt": card.prompt}
            for name, card in cards
        ]
        say_json(fields)
        return
    for name, _card in cards:
        say(name)
