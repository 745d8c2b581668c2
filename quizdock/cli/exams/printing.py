"""`quizdock exam print`: papers for a class without computers."""

from pathlib import Path
from random import SystemRandom

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.exams.sitting import LARGEST_SEED, SEED, TOPICS
from quizdock.cli.files import write_new
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import workspace
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.sessions.papers import Wishes
from quizdock.sessions.sheets import LETTERS, Sheet, variants
from quizdock.ui.translations import gettext as _


@command("print", _("Write exam papers to print, and their answer keys apart."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("-n", "--questions", type=click.IntRange(1, 1000), metavar="N", help=_("How many questions."))
@TOPICS
@click.option(
    "--variants",
    "count",
    type=click.IntRange(1, len(LETTERS)),
    default=1,
    show_default=True,
    metavar="N",
    help=_("So many papers with the same questions in other orders."),
)
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="N", help=_("The time limit to print."))
@SEED
@click.option(
    "--format",
    "kind",
    type=click.Choice(["markdown", "html", "both"]),
    default="both",
    show_default=True,
    help=_("Markdown to edit, or HTML to print."),
)
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help=_("The folder; else this one."))
@click.option("--force", is_flag=True, help=_("Overwrite files that are there."))
@pass_globals
def print_papers(
    options: Globals,
    decks: tuple[str, ...],
    questions: int | None,
    topics: tuple[str, ...],
    count: int,
    minutes: int | None,
    seed: int | None,
    kind: str,
    output: Path | None,
    force: bool,
) -> None:
    """Write the files and say which."""
    with workspace(options) as work:
        work.tell_notices()
        chosen = SystemRandom().randint(0, 999_999) if seed is None else min(seed, LARGEST_SEED - count)
        wishes = Wishes(work.scope(decks, topics), chosen, questions=questions, minutes=minutes)
        sheets = variants(work.store, wishes, count)
    files = {(output or Path()) / name: text for name, text in _files(sheets, kind).items()}
    for file in files:
        if file.exists() and not force:
            raise QuizDockError(msg("{path} is there already", path=file), msg("To overwrite it: --force"))
    for file, text in files.items():
        write_new(file, text, force=force)
        say(_("Written: {file}").format(file=file))


def _files(sheets: list[Sheet], kind: str) -> dict[str, str]:
    """The texts by the names of their files."""
    from quizdock.ui.sheets import key_markdown, keys_page, sheet_markdown, sheets_page

    files: dict[str, str] = {}
    if kind != "html":
        files |= {f"paper-{sheet.letter}.md": sheet_markdown(sheet) for sheet in sheets}
        files |= {f"key-{sheet.letter}.md": key_markdown(sheet) for sheet in sheets}
    if kind != "markdown":
        files |= {"papers.html": sheets_page(sheets), "keys.html": keys_page(sheets)}
    return files
