"""`quizdock deck remove`."""

from shlex import quote

import click

from quizdock.cli.asking import agreed
from quizdock.cli.completion import complete_decks
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import Opened, opened
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.sessions.library import refresh
from quizdock.sessions.shelf import Removed, own_file
from quizdock.sessions.shelf import remove as take_out
from quizdock.ui.translations import gettext as _


@command("remove", _("Take a deck of your own out of the home. Progress is kept."))
@click.argument("deck", metavar="DECK", shell_complete=complete_decks)
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@pass_globals
def remove(options: Globals, deck: str, yes: bool) -> None:
    """Remove one deck, after a question."""
    with opened(options) as work:
        catalogue, home = work.store.catalogue, work.home
        file = own_file(catalogue, home.content, deck)
        if not yes and not agreed(_("Take {path} out of the home?").format(path=file)):
            raise QuizDockError(msg("nothing was removed"), msg("To remove without a question: --yes"))
        removed = take_out(catalogue, home.content, deck, home.removed_decks)
        refresh(catalogue, home.deck_folders)
        _tell(work, deck, removed)


def _tell(work: Opened, deck: str, removed: Removed) -> None:
    say(_("Removed: {path}. The file is kept as {kept}").format(path=removed.file, kept=removed.kept))
    replaced = next((each.file for each in work.store.catalogue.decks() if each.name == deck), None)
    if replaced:
        say(_("The deck {deck} now comes from {path}").format(deck=deck, path=replaced))
        return
    say(_("Learners' progress is kept, and comes back if the deck does:"))
    say(f"  quizdock deck add {quote(str(removed.kept))}")
