"""`quizdock restore`."""

import os
from pathlib import Path

import click

from quizdock.cli.amounts import counted_events, counted_exams
from quizdock.cli.asking import agreed
from quizdock.cli.backup import made_text, tell_copies, time_name
from quizdock.cli.clock import clock_of
from quizdock.cli.home import find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.sessions.restoring import Rescue, copy_at, rescued, state_of
from quizdock.store.backups import Backups, Contents
from quizdock.store.rescue import put_in_place
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command(
    "restore",
    _(
        "Put a copy in the database's place, or mend a damaged database from what is left of it and the latest sound"
        " copy. What was there is set aside."
    ),
)
@click.argument("file", required=False, metavar="[COPY]", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@pass_globals
def restore(options: Globals, file: Path | None, yes: bool) -> None:
    """Show what would change, ask, restore."""
    database = find_home(options.home, os.environ).database
    name = time_name(clock_of(os.environ).now())
    now = state_of(database)
    if file is not None:
        file = _named(database, file)
        _tell_copy(now, copy_at(file))
        _agree(yes)
        _tell_done(put_in_place(database, file, name))
    elif now is not None:
        say(_("The database is sound. To go back to a copy: quizdock restore COPY"))
        tell_copies(Backups(database), as_json=False)
    else:
        _check_there(database)
        with rescued(database, Backups(database)) as rescue:
            _tell_rescue(rescue)
            _agree(yes)
            _tell_done(put_in_place(database, rescue.file, name))


def _named(database: Path, file: Path) -> Path:
    """The file of this path, or the copy of this name, with or without its ending."""
    if len(file.parts) > 1 or file.exists():
        return file
    known = {end: copy.path for copy in Backups(database).all() for end in (copy.path.name, copy.path.stem)}
    return known.get(file.name, file)


def _check_there(database: Path) -> None:
    if not database.exists() and not Backups(database).all():
        raise QuizDockError(
            msg("{path}: there is no database, and no copy of one", path=database), msg("To begin: quizdock study")
        )


def _tell_copy(now: Contents | None, then: Contents) -> None:
    """The copy beside what there is, learner by learner where they differ."""
    say(
        _("The copy holds {events}, {exams}.").format(
            events=counted_events(then.events), exams=counted_exams(then.exams)
        )
    )
    if now is None:
        say(_("What there is now is damaged, or is not there."))
        return
    say(_("Now there are {events}, {exams}.").format(events=counted_events(now.events), exams=counted_exams(now.exams)))
    for name in sorted(now.learners.keys() | then.learners.keys()):
        before, after = now.learners.get(name), then.learners.get(name)
        if before != after:
            parts = [_("not there") if count is None else counted_events(count) for count in (before, after)]
            say(f"  {name}: {parts[0]} → {parts[1]}")


def _tell_rescue(rescue: Rescue) -> None:
    found = rescue.found
    say(_("The database is damaged, or is not there."))
    if rescue.base is None:
        say(_("There is no sound copy of it."))
    else:
        say(_("The latest sound copy is of {time}: {path}").format(time=made_text(rescue.base), path=rescue.base.path))
    say(
        _("Can be had: {events}, {exams}.").format(
            events=counted_events(found.events), exams=counted_exams(found.exams)
        )
        + (f" {_of_copy(found.from_copy)}" if found.from_copy else "")
    )
    if found.lost:
        say(ngettext("{n} event is lost.", "{n} events are lost.", found.lost).format(n=found.lost))
    else:
        say(_("No event is missing among these. Later ones than the last of them would leave no trace."))


def _of_copy(count: int) -> str:
    return ngettext("{n} of them is only in the copy.", "{n} of them are only in the copy.", count).format(n=count)


def _agree(yes: bool) -> None:
    if not yes and not agreed(_("Put this in the database's place? What is there is set aside.")):
        raise QuizDockError(msg("nothing was restored"), msg("To restore without a question: --yes"))


def _tell_done(aside: Path | None) -> None:
    say(_("Restored."))
    if aside is not None:
        say(_("What was there before: {path}").format(path=aside))
