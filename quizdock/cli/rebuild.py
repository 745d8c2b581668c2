"""`quizdock rebuild`."""

from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.progress import followed
from quizdock.cli.workspace import workspace
from quizdock.sessions.library import refresh
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
        altered = work.store.catalogue.forget_altered()
        if altered:
            refresh(work.store.catalogue, work.home.deck_folders)
    events = ngettext("{n} event replayed", "{n} events replayed", found.events).format(n=found.events)
    schedules = ngettext("{n} schedule", "{n} schedules", found.schedules).format(n=found.schedules)
    wrong = (
        ngettext("{n} row was corrected", "{n} rows were corrected", found.wrong).format(n=found.wrong)
        if found.wrong
        else _("all were already right")
    )
    say(_("{events}, {schedules}: {wrong}.").format(events=events, schedules=schedules, wrong=wrong))
    if altered:
        text = ngettext("{n} card was read anew from its deck.", "{n} cards were read anew from their decks.", altered)
        say(text.format(n=altered))
