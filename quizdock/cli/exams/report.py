"""`quizdock exam report`: an exam as a page."""

from pathlib import Path

import click

from quizdock.cli.exams.listing import ATTEMPT, chosen
from quizdock.cli.files import write_new
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import workspace
from quizdock.sessions.records import record_of
from quizdock.ui.translations import gettext as _


@command("report", _("Write the report of an exam: one HTML page, to keep, to send or to print."))
@ATTEMPT
@click.option(
    "--html",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=_("Where to; else exam-N.html in this folder."),
)
@click.option("--force", is_flag=True, help=_("Overwrite a file that is there."))
@pass_globals
def report(options: Globals, attempt: int | None, file: Path | None, force: bool) -> None:
    """Write the page of one attempt, the latest unless one is named."""
    with workspace(options) as work:
        record = record_of(work.store, chosen(work, attempt))
    from quizdock.ui.report_page import report_page

    path = file or Path(f"exam-{record.attempt}.html")
    write_new(path, report_page(record), force=force)
    say(_("Written: {file}").format(file=path))
