"""`quizdock export` and `quizdock import`: a learner's whole history, to keep or to take elsewhere."""

import os
import sys
from pathlib import Path
from shlex import quote

import click

from quizdock.cli.amounts import counted_events, counted_exams
from quizdock.cli.files import history_stem, write_private
from quizdock.cli.learner import new_name
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import opened, workspace
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext

STDOUT = Path("-")


@command(
    "export",
    _(
        "Write all that you ever did to FILE, as JSON Lines: every answer and every exam. Without FILE it goes into"
        " this folder, or to wherever stdout leads; - is stdout."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--force", is_flag=True, help=_("Overwrite a file that is there."))
@pass_globals
def export(options: Globals, file: Path | None, force: bool) -> None:
    """Write the current learner's history, and say how much it is."""
    with workspace(options) as work:
        lines, exported = work.store.histories.export(work.learner)
    if file is None and sys.stdout.isatty():
        file = Path(f"{history_stem(work.learner_name, work.clock.now().date())}.jsonl")
    events, exams = counted_events(exported.events), counted_exams(exported.attempts)
    if file is None or file == STDOUT:
        _print(lines)
        say(_("Exported: {events}, {exams}.").format(events=events, exams=exams), err=True)
    else:
        write_private(file, lines, force=force)
        say(_("Exported: {events}, {exams}, to {file}").format(events=events, exams=exams, file=file))


def _print(lines: str) -> None:
    """Print to stdout in UTF-8, whatever the terminal speaks."""
    sys.stdout.flush()
    sys.stdout.buffer.write(lines.encode())
    sys.stdout.buffer.flush()


@command(
    "import",
    _(
        "Take in a history that `quizdock export` or `quizdock learner remove` wrote: all of it, or nothing. Whoever"
        " did it is a learner here from then on."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NAME", help=_("The learner's name here, if not the one in the file."))
@pass_globals
def import_(options: Globals, file: Path, name: str | None) -> None:
    """Read, store, and say what has come."""
    from quizdock.cli.backup import time_name
    from quizdock.sessions.histories import take_in
    from quizdock.store.backups import Backups

    wanted = None if name is None else new_name(name, "--as")
    with opened(options) as work:
        if work.store.journal.events():
            Backups(work.home.database).named(work.store.database, f"before-import-{time_name(work.clock.now())}")
        learner, done = take_in(work.store, file, wanted, os.urandom(8).hex())
    events, exams = counted_events(done.events), counted_exams(done.attempts)
    say(_("Imported: {events}, {exams}, of {learner}.").format(events=events, exams=exams, learner=learner))
    if done.known:
        known = counted_events(done.known)
        say(_("They were removed here before: {events} in the journal are theirs again.").format(events=known))
    if done.waiting:
        text = ngettext(
            "{n} card is in no deck here. Add its deck, and its progress is there again.",
            "{n} cards are in no deck here. Add their decks, and their progress is there again.",
            done.waiting,
        )
        say(text.format(n=done.waiting))
    say(_("To study as {name}: quizdock --learner {quoted} study").format(name=learner, quoted=quote(learner)))
