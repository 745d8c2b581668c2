"""`quizdock deck follow` and `quizdock deck unfollow`."""

from collections.abc import Sequence

import click

from quizdock.cli.completion import complete_decks
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import Workspace, workspace
from quizdock.store.catalogue import DeckRow
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext


@command("follow", _("Follow decks: study, exam and due cover them. Without a deck: list those you follow."))
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def follow(options: Globals, decks: tuple[str, ...], as_json: bool) -> None:
    """Follow these from now on, then list what is followed."""
    with workspace(options) as work:
        work.tell_notices()
        work.follow(decks)
        _show(work, as_json)


@command("unfollow", _("Follow decks no more. Progress is kept."))
@click.argument("decks", nargs=-1, required=True, metavar="DECK...", shell_complete=complete_decks)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def unfollow(options: Globals, decks: tuple[str, ...], as_json: bool) -> None:
    """Follow these no more, then list what is still followed."""
    with workspace(options) as work:
        work.tell_notices()
        rows = [work.store.catalogue.deck(name) for name in decks]
        followed = work.store.learners.followed(work.learner)
        for row in rows:
            if row.id not in followed:
                say(_("You did not follow {deck}.").format(deck=row.name), err=True)
        work.store.learners.unfollow(work.learner, [row.id for row in rows])
        _show(work, as_json)


def _show(work: Workspace, as_json: bool) -> None:
    followed = set(work.store.learners.followed(work.learner))
    rows = [deck for deck in work.store.catalogue.decks() if deck.id in followed]
    if as_json:
        say_json([{"id": row.name, "title": row.title, "lang": row.lang, "cards": row.cards} for row in rows])
        return
    if rows:
        _list(rows)
        return
    chosen = work.scope().decks
    covered = ", ".join(deck.name for deck in work.store.catalogue.decks() if deck.id in chosen)
    say(_("You follow no deck, so that study covers: {decks}").format(decks=covered))


def _list(rows: Sequence[DeckRow]) -> None:
    count = len(rows)
    say(ngettext("You follow {n} deck:", "You follow {n} decks:", count).format(n=count))
    width = max(len(row.name) for row in rows)
    for row in rows:
        say(f"  {row.name:<{width}}  {row.title}")
