"""`quizdock card suspend`, `resume`, `bury` and `reset`."""

from collections.abc import Callable
from typing import Any

import click

from quizdock.cli.asking import agreed
from quizdock.cli.completion import complete_cards, complete_full_notes
from quizdock.cli.options import Command, Globals, command, pass_globals
from quizdock.cli.output import say
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.journal import Kind
from quizdock.sessions.cards import find, of_note, set_aside
from quizdock.sessions.clock import moment
from quizdock.store.cards import Named
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


def _on_cards(name: str, help_text: str) -> Callable[[Callable[..., Any]], Command]:
    """A command that takes cards, and notes for all of theirs."""

    def make(function: Callable[..., Any]) -> Command:
        cards = click.argument("cards", nargs=-1, metavar="[CARD]...", shell_complete=complete_cards)
        notes = click.option(
            "--note",
            "notes",
            multiple=True,
            metavar="NOTE",
            shell_complete=complete_full_notes,
            help=_("All cards of this note."),
        )
        return command(name, help_text)(cards(notes(function)))

    return make


@_on_cards("suspend", _("Ask a card no more, until it is resumed."))
@pass_globals
def suspend(options: Globals, cards: tuple[str, ...], notes: tuple[str, ...]) -> None:
    """Suspend every card named."""
    with workspace(options) as work:
        _set_aside(
            work, Kind.SUSPEND, _named(work, cards, notes), _("Suspended: {card}"), _("Suspended already: {card}")
        )


@_on_cards("resume", _("Ask a card again that was suspended or buried."))
@pass_globals
def resume(options: Globals, cards: tuple[str, ...], notes: tuple[str, ...]) -> None:
    """Resume every card named."""
    with workspace(options) as work:
        _set_aside(work, Kind.RESUME, _named(work, cards, notes), _("Resumed: {card}"), _("Not set aside: {card}"))


@_on_cards("bury", _("Ask a card no more today; it is back on the next study day."))
@pass_globals
def bury(options: Globals, cards: tuple[str, ...], notes: tuple[str, ...]) -> None:
    """Bury every card named."""
    with workspace(options) as work:
        found = _named(work, cards, notes)
        _set_aside(work, Kind.BURY, found, _("Put off until tomorrow: {card}"), _("Not asked today anyway: {card}"))


@_on_cards("reset", _("Make a card new again. Its history is kept."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@pass_globals
def reset(options: Globals, cards: tuple[str, ...], notes: tuple[str, ...], yes: bool) -> int:
    """Ask, then reset every card named; 1 if the answer was no."""
    with workspace(options) as work:
        found = _named(work, cards, notes)
        studied = [each for each in found if work.store.journal.standing(work.learner, each.number)]
        if studied and not yes and not _agreed(studied):
            say(_("Nothing was changed. To reset without a question: --yes"), err=True)
            return 1
        _set_aside(work, Kind.RESET, found, _("New again: {card}"), _("New already: {card}"))
        return 0


def _named(work: Workspace, cards: tuple[str, ...], notes: tuple[str, ...]) -> list[Named]:
    """The cards that were named, each once: nothing is done unless all of them are known."""
    if not cards and not notes:
        raise click.UsageError(_("Name a card, or with --note a note."))
    single = [find(work.store.cards, name) for name in cards]
    return list(dict.fromkeys([*single, *(card for name in notes for card in of_note(work.store.cards, name))]))


def _agreed(studied: list[Named]) -> bool:
    what = ngettext("Make {card} new again?", "Make {n} cards new again?", len(studied))
    lost = ngettext(
        "Its schedule is lost, its history is kept.",
        "Their schedules are lost, their histories are kept.",
        len(studied),
    )
    return agreed(f"{what.format(card=studied[0].id, n=len(studied))} {lost}")


def _set_aside(work: Workspace, kind: Kind, cards: list[Named], done: str, already: str) -> None:
    written = 0
    for card in cards:
        changed = set_aside(work.store, work.learner, kind, card, moment(work.clock))
        say((done if changed else already).format(card=card.id))
        written += changed
    say_how_to_undo(written)


def say_how_to_undo(events: int) -> None:
    """What takes back the last so many events; nothing for none."""
    if events:
        text = ngettext("To take it back: quizdock undo", "To take them back: quizdock undo -n {n}", events)
        say(text.format(n=events))
