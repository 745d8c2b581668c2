"""`quizdock exam stats`: which questions are good."""

import sys

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.csv_output import say_csv
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.study import interactive
from quizdock.cli.workspace import workspace
from quizdock.core.item_verdicts import FEWEST
from quizdock.core.items import analysis, first_attempts
from quizdock.sessions.results import counted
from quizdock.ui.translations import gettext as _


@command("stats", _("Say which questions are too easy, guessable, or have a wrong key, from everybody's exams."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--all-attempts", is_flag=True, help=_("Not only each learner's first one."))
@click.option(
    "--least",
    type=click.IntRange(2, 1000),
    default=FEWEST,
    show_default=True,
    metavar="N",
    help=_("Attempts from which on a verdict is given."),
)
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for spreadsheets."))
@pass_globals
def stats(
    options: Globals, decks: tuple[str, ...], all_attempts: bool, least: int, plain: bool, as_json: bool, as_csv: bool
) -> None:
    """Print the item analysis of the finished exams, own and collected."""
    with workspace(options) as work:
        found = counted(work.store, decks)
        if not found.sheets:
            for deck in decks:
                work.store.catalogue.deck(deck)
    sheets = found.sheets if all_attempts else first_attempts(found.sheets)
    figures = analysis(found.items, sheets)
    from quizdock.ui.items import FIELDS, items_data, items_lines, items_rows, items_view

    if as_json:
        say_json(items_data(figures, least))
    elif as_csv:
        say_csv(FIELDS, items_rows(figures, least))
    elif not sheets:
        say(_("No exam yet. To take one: quizdock exam"))
    elif interactive(plain) or (not plain and sys.stdout.isatty()):
        from quizdock.ui.tables import show

        show(items_view(figures, least))
    else:
        for line in items_lines(figures, least):
            say(line)
