"""`quizdock learner`."""

from gettext import gettext as _
from shlex import quote

import click

from quizdock.cli.options import Globals, Group, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import opened, workspace
from quizdock.core.text import tidy_name

LONGEST_NAME = 60


@click.group("learner", cls=Group, help=_("List and add learners."))
def learner() -> None:
    """The group."""


@learner.command("list", help=_("List the learners."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def list_learners(options: Globals, as_json: bool) -> None:
    """Print every name; a mark at the current one."""
    with workspace(options) as work:
        names = work.store.learners.names()
    if as_json:
        say_json([{"learner": name, "current": name == work.learner_name} for name in names])
        return
    for name in names:
        say(f"{'*' if name == work.learner_name else ' '} {name}")


@learner.command("add", help=_("Add a learner; then use --learner NAME or QUIZDOCK_LEARNER."))
@click.argument("name")
@pass_globals
def add(options: Globals, name: str) -> None:
    """Add one name."""
    tidy = tidy_name(name)
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise click.BadParameter(_("a name has 1 to {most} characters").format(most=LONGEST_NAME), param_hint="NAME")
    with opened(options) as work:
        work.store.learners.add(tidy)
    say(_("Added: {name}. To study as {name}: quizdock --learner {quoted} study").format(name=tidy, quoted=quote(tidy)))
