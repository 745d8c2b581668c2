"""`quizdock card list`."""

import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from quizdock.cli.completion import complete_decks, complete_notes, complete_tags, complete_topics
from quizdock.cli.csv_output import say_csv
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.workspace import Workspace, workspace
from quizdock.core.days import as_date
from quizdock.core.sm2 import ease_text
from quizdock.sessions.cards import Narrowed, Sort, Status, Wanted, lapses_of, listed, orphans, status_of
from quizdock.store.cards import Line
from quizdock.ui.translations import gettext as _

if TYPE_CHECKING:
    from quizdock.ui.cards import CardLine

_SORTS = ("id", "due", "ease", "interval", "lapses", "added")
_FIELDS = ("id", "state", "due", "interval", "ease", "repetitions", "lapses", "leech", "topic", "prompt")


@command(
    "list",
    _("List cards and how they stand. Without a deck: those you follow. Of several states any will do."),
)
@click.argument("decks", nargs=-1, metavar="[DECK]...", shell_complete=complete_decks)
@click.option(
    "--deck", "more_decks", multiple=True, metavar="DECK", shell_complete=complete_decks, help=_("Only this deck.")
)
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", shell_complete=complete_topics, help=_("Only this topic.")
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", shell_complete=complete_tags, help=_("Only this tag."))
@click.option("--note", "notes", multiple=True, metavar="ID", shell_complete=complete_notes, help=_("Only this note."))
@click.option("--due", "states", flag_value="due", multiple=True, help=_("Cards that wait today."))
@click.option("--new", "states", flag_value="new", multiple=True, help=_("Cards that were never studied."))
@click.option("--suspended", "states", flag_value="suspended", multiple=True, help=_("Suspended cards."))
@click.option("--buried", "states", flag_value="buried", multiple=True, help=_("Cards put off until tomorrow."))
@click.option("--leech", is_flag=True, help=_("Cards that are forgotten again and again."))
@click.option("--orphans", "lost", is_flag=True, help=_("Cards with progress that no deck has any more."))
@click.option("--search", default="", metavar="TEXT", help=_("Cards with this text in their question or id."))
@click.option("--sort", type=click.Choice(_SORTS), help=_("In this order, rather than the decks' own."))
@click.option("--reverse", is_flag=True, help=_("The other way round."))
@click.option("--limit", type=click.IntRange(0), metavar="N", help=_("At most so many."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for spreadsheets."))
@pass_globals
def list_cards(
    options: Globals,
    decks: tuple[str, ...],
    more_decks: tuple[str, ...],
    topics: tuple[str, ...],
    tags: tuple[str, ...],
    notes: tuple[str, ...],
    states: tuple[Status, ...],
    leech: bool,
    lost: bool,
    search: str,
    sort: Sort | None,
    reverse: bool,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Find and print."""
    narrowed = Narrowed((*decks, *more_decks), topics, notes, tags)
    with workspace(options) as work:
        threshold = work.settings.leech_after
        wanted = Wanted(frozenset(states), threshold if leech else None, search, sort, reverse, limit)
        lines = _found(work, narrowed, wanted, lost)
        work.tell_notices()
    if as_json:
        say_json([_as_data(line, work.today, threshold) for line in lines])
    elif as_csv:
        say_csv(_FIELDS, [[_as_data(line, work.today, threshold)[field] for field in _FIELDS] for line in lines])
    elif lines:
        _show(lines, work.today, threshold)
    else:
        say(_("No card matches. All of them: quizdock card list"))


def _found(work: Workspace, narrowed: Narrowed, wanted: Wanted, lost: bool) -> list[Line]:
    if lost:
        return orphans(work.store, work.learner, narrowed, work.today, wanted)
    scope = work.scope(narrowed.decks, narrowed.topics, narrowed.notes, narrowed.tags)
    return listed(work.store, work.learner, scope, work.today, wanted)


def _as_data(line: Line, day: int, threshold: int) -> dict[str, object]:
    standing = line.state.standing
    schedule = standing and standing.schedule
    return {
        "id": line.card.id,
        "deck": line.card.deck,
        "note": line.card.note,
        "topic": line.topic,
        "tags": list(line.tags),
        "prompt": line.prompt,
        "state": status_of(line, day),
        "due": as_date(schedule.due).isoformat() if schedule else None,
        "interval": schedule.interval if schedule else None,
        "ease": ease_text(schedule.ease) if schedule else None,
        "repetitions": schedule.repetitions if schedule else 0,
        "lapses": lapses_of(line.state),
        "leech": lapses_of(line.state) >= threshold,
        "suspended": line.state.suspended,
        "buried": line.state.buried == day,
        "orphan": line.card.orphan,
    }


def _show(lines: Sequence[Line], day: int, threshold: int) -> None:
    from quizdock.ui.cards import list_cells, list_headers, table_lines

    rows = [list_cells(_line(line, day, threshold)) for line in lines]
    for text in table_lines(list_headers(), rows, terminal_width(), give=0):
        say(text)


def _line(line: Line, day: int, threshold: int) -> "CardLine":
    from quizdock.ui.cards import CardLine

    standing, lapses = line.state.standing, lapses_of(line.state)
    bare = CardLine(line.card.id, status_of(line, day), lapses=lapses, leech=lapses >= threshold)
    if standing is None:
        return bare
    _repetitions, interval, ease, due = standing.schedule
    return bare._replace(due=due, interval=interval, ease=ease)


def terminal_width() -> int | None:
    """The width of the terminal; None where there is none, and nothing is to be shortened."""
    return get_terminal_size().columns if sys.stdout.isatty() else None
