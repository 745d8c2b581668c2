"""`quizdock rebuild`."""

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.progress import followed
from quizdock.cli.workspace import workspace
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command(
    "rebuild",
    _("Replay the journal into the schedules and daily figures, and say what was not as it should be."),
)
@pass_globals
def rebuild(options: Globals) -> None:
    """Replay and report."""
    with workspace(options) as work, followed(work.store.journal.events(), _("Replaying")) as progress:
        found = work.store.journal.rebuild(progress)
    events = ngettext("{n} event replayed", "{n} events replayed", found.events).format(n=found.events)
    schedules = ngettext("{n} schedule", "{n} schedules", found.schedules).format(n=found.schedules)
    wrong = (
        ngettext("{n} row was corrected", "{n} rows were corrected", found.wrong).format(n=found.wrong)
        if found.wrong
        else _("all were already right")
    )
    say(_("{events}, {schedules}: {wrong}.").format(events=events, schedules=schedules, wrong=wrong))
