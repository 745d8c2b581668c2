"""`quizdock undo`."""

import click

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.core.dialogue import TakenBack
from quizdock.sessions.clock import moment
from quizdock.sessions.undo import taken_back
from quizdock.ui.translations import gettext as _


@command("undo", _("Take back your last answer of today, or whatever else you did to a card."))
@click.option("-n", "--steps", type=click.IntRange(1, 10_000), default=1, metavar="N", help=_("So many steps."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def undo(options: Globals, steps: int, as_json: bool) -> int:
    """Take back step by step, the last first; 1 if there was nothing at all."""
    with workspace(options) as work:
        journal = work.store.journal
        done: list[TakenBack] = []
        while len(done) < steps and (event := journal.undo_last(work.learner, moment(work.clock))):
            done.append(taken_back(work.store, event))
    if as_json:
        say_json([{"card": each.id, "event": each.kind.name.lower(), "grade": each.grade} for each in done])
    else:
        from quizdock.ui.wording import undone_text

        for each in done:
            say(f"{undone_text(each)} ({each.id})")
        if len(done) < steps:
            say(undone_text(None), err=True)
    return 0 if done else 1
