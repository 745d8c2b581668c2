"""`quizdock card relink`."""

from shlex import quote

import click

from quizdock.cli.cards.setting_aside import say_how_to_undo
from quizdock.cli.completion import complete_cards
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import Workspace, workspace
from quizdock.sessions.clock import moment
from quizdock.sessions.relinking import Plan, candidates, holding, plan
from quizdock.sessions.relinking import relink as move
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext, translate


@command(
    "relink",
    _(
        "Give the progress on a card to another, after its note or deck got another id. Takes cards, notes"
        " (deck/note) or whole decks. Without NEW: what may be the same card."
    ),
)
@click.argument("old", shell_complete=complete_cards)
@click.argument("new", required=False, shell_complete=complete_cards)
@click.option("--force", is_flag=True, help=_("Even if the new card has progress of its own, which is then given up."))
@pass_globals
def relink(options: Globals, old: str, new: str | None, force: bool) -> None:
    """Move the progress of every learner, or propose where to."""
    with workspace(options) as work:
        if new is None:
            _propose(work, old)
            return
        planned = plan(work.store, old, new)
        events = move(work.store, planned, moment(work.clock), force=force)
        _tell(planned)
        say_how_to_undo(sum(work.learner in pair.learners for pair in planned.pairs))
        if events > len(planned.pairs):
            say(_("Other learners take theirs back by themselves: quizdock --learner NAME undo"))


def _propose(work: Workspace, old: str) -> None:
    cards, _level = holding(work.store, old)
    for card in cards:
        near = candidates(work.store, card)
        say(_("{card} may be now:").format(card=card.id) if near else _("Nothing is like {card}.").format(card=card.id))
        for each in near:
            say(f"  quizdock card relink {quote(card.id)} {quote(each.card.id)}  ({translate(each.reason)})")


def _tell(planned: Plan) -> None:
    for pair in planned.pairs:
        say(_("{new} takes over from {old}").format(new=pair.new.id, old=pair.old.id))
    for card in planned.unmatched:
        say(_("Nothing takes over from {old}").format(old=card.id))
    n = planned.learners
    say(ngettext("The progress of {n} learner has moved.", "The progress of {n} learners has moved.", n).format(n=n))
