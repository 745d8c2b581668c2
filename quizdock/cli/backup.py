"""`quizdock backup`."""

import os
from datetime import datetime
from pathlib import Path

import click

from quizdock.cli.amounts import counted_events, counted_exams
from quizdock.cli.home import find_home
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import opened
from quizdock.core.errors import QuizDockError
from quizdock.core.message import msg
from quizdock.core.settings import DEFAULTS
from quizdock.store.backups import Backups, Copy, contents, make_copy
from quizdock.store.schema import VERSION
from quizdock.ui.translations import gettext as _


@command("backup", _("Copy the database, whole and checked, while it may be in use."))
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--list", "lists", is_flag=True, help=_("List the copies that there are, the latest first."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def backup(options: Globals, file: Path | None, lists: bool, as_json: bool) -> None:
    """Make a copy, in the folder of all copies unless a file is named, or list them."""
    if lists:
        tell_copies(Backups(find_home(options.home, os.environ).database), as_json=as_json)
        return
    with opened(options, DEFAULTS) as work:
        database = work.store.database
        if file is None:
            made = Backups(work.home.database).named(database, time_name(work.clock.now()))
        elif file.exists():
            raise QuizDockError(msg("{path} is there already", path=file), msg("Name another file."))
        else:
            made = make_copy(database, file.absolute())
    held = contents(made, VERSION)
    if as_json:
        say_json({"path": str(made), "bytes": made.stat().st_size, "events": held.events, "exams": held.exams})
        return
    say(_("Copied: {path}").format(path=made))
    say(f"  {counted_events(held.events)}, {counted_exams(held.exams)}")


def tell_copies(backups: Backups, *, as_json: bool) -> None:
    """Print every copy."""
    copies = backups.all()
    if as_json:
        say_json([{"path": str(copy.path), "made": _iso(copy), "bytes": copy.size} for copy in copies])
        return
    if not copies:
        say(_("No copy yet. One is made after the first session of each day; to make one now: quizdock backup"))
    for copy in copies:
        say(f"{made_text(copy)}  {size_text(copy.size):>9}  {copy.path}")


def time_name(now: datetime) -> str:
    """A file's name, without an ending, that tells the time."""
    return now.strftime("%Y-%m-%dT%H-%M-%S")


def made_text(copy: Copy) -> str:
    """When it was made, here."""
    return datetime.fromtimestamp(copy.made).strftime("%Y-%m-%d %H:%M")


def _iso(copy: Copy) -> str:
    return datetime.fromtimestamp(copy.made).astimezone().isoformat(timespec="seconds")


def size_text(size: int) -> str:
    """Bytes, as people read them."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
