"""`quizdock deck preview`."""

import os
import sys
from shlex import split
from shutil import which
from typing import TYPE_CHECKING

import click

from quizdock.cli.completion import complete_decks_or_files
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.signals import Ended
from quizdock.cli.study import interactive
from quizdock.cli.workspace import deck_files
from quizdock.sessions.preview import Preview, previews
from quizdock.ui.translations import gettext as _

if TYPE_CHECKING:
    from subprocess import Popen


@command("preview", _("Show every card as the learner will see it, with its answer. Without a deck: those you follow."))
@click.argument("deck", required=False, metavar="[FILE|DECK]", shell_complete=complete_decks_or_files)
@click.option("--note", metavar="ID", help=_("Only the cards of this note."))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@pass_globals
def preview(options: Globals, deck: str | None, note: str | None, plain: bool) -> None:
    """Print the cards; nobody is asked, nothing is kept."""
    from quizdock.deck.reader import read_deck

    decks = [read_deck(path) for path in deck_files(options, deck)]
    having = [each for each in decks if note is None or any(card.note == note for card in each.cards)]
    _show([card for each in having or decks for card in previews(each, note)], plain)


def _show(cards: list[Preview], plain: bool) -> None:
    if interactive(plain):
        from quizdock.ui.interactive import console
        from quizdock.ui.preview_screen import show as show_on_screen

        screen = console()
        with screen.capture() as drawn:
            for study, exam in cards:
                show_on_screen(screen, study, exam)
        _page(drawn.get())
        return
    from quizdock.ui.preview import show

    for study, exam in cards:
        show(study, exam, sys.stdout)


def _page(text: str) -> None:
    """Through the pager, if there is one; where a signal ends QuizDock, it ends too and leaves the terminal."""
    import subprocess
    from tempfile import TemporaryFile

    command = split(os.environ.get("PAGER", "")) or ["less"]
    if os.environ.get("TERM", "dumb") == "dumb" or not which(command[0]):
        click.echo(text, color=True)
        return
    os.environ.setdefault("LESS", "-RFX")  # with colours, and no pager for what fits the screen
    with TemporaryFile("w+", encoding=sys.stdout.encoding, errors="replace") as file:
        file.write(text)
        file.seek(0)
        _wait_for(subprocess.Popen(command, stdin=file))


def _wait_for(pager: "Popen[bytes]") -> None:
    """Until it is left; Ctrl-C is for the pager alone."""
    while pager.poll() is None:
        try:
            pager.wait()
        except Ended:
            pager.terminate()
            pager.wait()
            raise
        except KeyboardInterrupt:
            continue
