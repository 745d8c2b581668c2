"""`quizdock deck diff`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from quizdock.cli.completion import complete_decks_or_files
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import workspace
from quizdock.sessions.shelf import deck_file
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext

if TYPE_CHECKING:
    from quizdock.core.card import Deck
    from quizdock.deck.changes import Changes


class _Seen(NamedTuple):
    """Two decks, what changes between them, and the ids of the cards that the learner has studied."""

    old: "Deck"
    new: "Deck"
    changes: "Changes"
    studied: set[str]


@command("diff", _("Say what an edit of a deck does to its cards, and to learners' progress."))
@click.argument("old", metavar="OLD", shell_complete=complete_decks_or_files)
@click.argument("new", metavar="NEW", shell_complete=complete_decks_or_files)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def diff(options: Globals, old: str, new: str, as_json: bool) -> None:
    """Compare two files, or decks by their ids."""
    seen = _compared(options, old, new)
    if as_json:
        say_json(
            {
                "old": seen.old.id,
                "new": seen.new.id,
                "cards": {
                    "kept": seen.changes.kept,
                    "edited": seen.changes.edited,
                    "orphaned": seen.changes.orphaned,
                    "new": seen.changes.new,
                },
                "renamed": [{"old": before, "new": after} for before, after in seen.changes.renamed],
                "studied": sorted(seen.studied),
            }
        )
        return
    for line in _lines(seen):
        say(line)


def _compared(options: Globals, old: str, new: str) -> _Seen:
    from quizdock.deck.changes import changes
    from quizdock.deck.reader import read_deck

    with workspace(options) as work:
        before, after = (read_deck(deck_file(work.store.catalogue, work.home.root, name)) for name in (old, new))
        found = changes(before, after)
        cards = {*found.kept, *found.edited, *found.orphaned, *found.new}
        studied = {
            f"{deck}/{card}"
            for deck in (before.id, after.id)
            for card in work.store.learners.studied(work.learner, deck)
        }
    return _Seen(before, after, found, studied & cards)


def _lines(seen: _Seen) -> Iterator[str]:
    """Each sort of change with its consequence, and the cards concerned; those kept are only counted."""
    kept, edited, orphaned, new, renamed = seen.changes
    if seen.old.id != seen.new.id:
        yield _("The deck's id changes from {old} to {new}: learners start again with every card.").format(
            old=seen.old.id, new=seen.new.id
        )
    yield ngettext(
        "{n} card is kept as it is, with its schedule.",
        "{n} cards are kept as they are, with their schedules.",
        len(kept),
    ).format(n=len(kept))
    if edited:
        yield ngettext(
            "{n} card is edited, and keeps its schedule:",
            "{n} cards are edited, and keep their schedules:",
            len(edited),
        ).format(n=len(edited))
        yield from _listed(edited)
    if orphaned:
        yield from _orphaned(orphaned, len(seen.studied.intersection(orphaned)))
    if new:
        yield from _new(new, len(seen.studied.intersection(new)))
    if renamed:
        yield _("Renamed, it seems. Give them their old ids back, and no progress is lost:")
        yield from (f"  {after} → {before}" for before, after in renamed)


def _orphaned(cards: Sequence[str], studied: int) -> Iterator[str]:
    yield ngettext(
        "{n} card is orphaned: no longer asked. Its history is kept, and comes back if its id does:",
        "{n} cards are orphaned: no longer asked. Their history is kept, and comes back if their ids do:",
        len(cards),
    ).format(n=len(cards))
    yield from _listed(cards)
    yield ngettext("{n} of them is studied by you.", "{n} of them are studied by you.", studied).format(n=studied)


def _new(cards: Sequence[str], studied: int) -> Iterator[str]:
    yield ngettext("{n} card is new:", "{n} cards are new:", len(cards)).format(n=len(cards))
    yield from _listed(cards)
    if studied:
        yield ngettext(
            "{n} of them was studied before: its history comes back.",
            "{n} of them were studied before: their history comes back.",
            studied,
        ).format(n=studied)


def _listed(cards: Sequence[str]) -> Iterator[str]:
    return (f"  {card}" for card in cards)
