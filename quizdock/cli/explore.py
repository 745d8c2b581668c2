"""`quizdock explore`."""

import sys
from collections.abc import Iterable

import click

from quizdock.cli.completion import completing
from quizdock.cli.main import INTERRUPTED
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.study import interactive
from quizdock.cli.workspace import workspace
from quizdock.sessions.explore import Asker, find_machine, machines
from quizdock.sessions.explore import explore as walk
from quizdock.store import Store
from quizdock.ui.translations import gettext as _


def _machines(store: Store, _ctx: click.Context) -> Iterable[str]:
    """Every machine by its short name, and by its long one once a deck was typed."""
    found = machines(store.catalogue.decks())
    return [*sorted({diagram.id for diagram in found.values()}), *found]


@command("explore", _("Walk a state machine by hand: type events, undo, ask which events are possible."))
@click.argument("machine", required=False, metavar="[MACHINE]", shell_complete=completing(_machines))
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@pass_globals
def explore(options: Globals, machine: str | None, plain: bool) -> int:
    """Walk once; nothing is kept of it."""
    with workspace(options) as work:
        work.tell_notices()
        diagram = find_machine(work.store.catalogue, work.scope().decks, machine)
    walked = walk(diagram, _asker(plain))
    if interactive(plain):
        work.tell_notices()  # once more: the screen was cleared
    return INTERRUPTED if walked.interrupted else 0


def _asker(plain: bool) -> Asker:
    if interactive(plain):
        from quizdock.ui.explore_screen import InteractiveExplore
        from quizdock.ui.interactive import console

        return InteractiveExplore(console())
    from quizdock.ui.explore import PlainExplore

    return PlainExplore(sys.stdin, sys.stdout)
