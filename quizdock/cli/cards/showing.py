"""`quizdock card show` and `quizdock card history`."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from quizdock.cli.cards.listing import terminal_width
from quizdock.cli.completion import complete_cards
from quizdock.cli.csv_output import say_csv
from quizdock.cli.options import Globals, command, pass_globals
from quizdock.cli.output import say, say_json
from quizdock.cli.study import interactive
from quizdock.cli.workspace import workspace
from quizdock.core.days import as_date
from quizdock.core.sm2 import ease_text
from quizdock.sessions.cards import Happened, Shown, find, history, lapses_of, shown
from quizdock.ui.translations import gettext as _

if TYPE_CHECKING:
    from quizdock.ui.cards import Past

_FIELDS = ("day", "at", "kind", "grade", "response", "seconds", "interval", "ease", "undone", "card")


@command("show", _("Show a card: its text, where it is written, its schedule and its history."))
@click.argument("card", shell_complete=complete_cards)
@click.option("--plain", is_flag=True, help=_("Lines of text, for screen readers and pipes."))
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@pass_globals
def show(options: Globals, card: str, plain: bool, as_json: bool) -> None:
    """Print everything about one card."""
    with workspace(options) as work:
        found = shown(work.store, work.learner, find(work.store.cards, card))
    if as_json:
        say_json(_as_data(found, work.today))
        return
    _show_text(found, plain)
    _show_progress(found, work.today)


def _show_text(found: Shown, plain: bool) -> None:
    if interactive(plain):
        from quizdock.ui.interactive import console
        from quizdock.ui.preview_screen import show as show_on_screen

        show_on_screen(console(), *found.preview)
        return
    from quizdock.ui.preview import show as show_lines

    show_lines(*found.preview, sys.stdout)
    say("")


def _show_progress(found: Shown, day: int) -> None:
    from quizdock.ui.cards import count_lines, picture_lines, state_lines

    if found.named.orphan:
        say(_("No deck has this card any more. Another card can take over: quizdock card relink"))
    elif found.row.file:
        place = f"{found.row.file}:{found.line}" if found.line else found.row.file
        say(_("Written in {place}").format(place=place))
    past = list(map(_past, found.history))
    for text in (*state_lines(found.state, day), *count_lines(past), *picture_lines(past)):
        say(text)


def _as_data(found: Shown, day: int) -> dict[str, object]:
    card, standing = found.row.card, found.state.standing
    schedule = standing and standing.schedule
    return {
        "id": found.named.id,
        "topic": card.topic,
        "tags": list(card.tags),
        "prompt": card.prompt,
        "answer": card.study.answer,
        "explanation": card.explain,
        "source": card.source,
        "orphan": found.named.orphan,
        "file": found.row.file,
        "line": found.line,
        "due": as_date(schedule.due).isoformat() if schedule else None,
        "interval": schedule.interval if schedule else None,
        "ease": ease_text(schedule.ease) if schedule else None,
        "repetitions": schedule.repetitions if schedule else 0,
        "lapses": lapses_of(found.state),
        "suspended": found.state.suspended,
        "buried": found.state.buried == day,
        "history": [_event_data(each) for each in found.history],
    }


@command("history", _("Show every event of a card, with what was taken back."))
@click.argument("card", shell_complete=complete_cards)
@click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
@click.option("--csv", "as_csv", is_flag=True, help=_("As CSV, for spreadsheets."))
@pass_globals
def show_history(options: Globals, card: str, as_json: bool, as_csv: bool) -> None:
    """Print one row an event."""
    with workspace(options) as work:
        named = find(work.store.cards, card)
        events = history(work.store, work.learner, named)
    if as_json:
        say_json([_event_data(each) for each in events])
    elif as_csv:
        rows = map(_event_data, events)
        say_csv(_FIELDS, [[row[field] for field in _FIELDS] for row in rows])
    elif events:
        _show_events(events, named.id)
    else:
        say(_("Nothing has happened to {card} yet.").format(card=named.id))


def _show_events(events: Sequence[Happened], card: str) -> None:
    from quizdock.ui.cards import history_cells, history_headers, table_lines

    rows = [history_cells(_past(each, card)) for each in events]
    for text in table_lines(history_headers(), rows, terminal_width(), give=-1):
        say(text)


def _past(each: Happened, card: str = "") -> "Past":
    """The event as it is shown; `card` is whose history this is."""
    from quizdock.ui.cards import Past

    event = each.told.event
    schedule = each.after.standing.schedule if each.after and each.after.standing else None
    return Past(
        event.when.day,
        event.kind,
        event.grade,
        event.response,
        event.milliseconds,
        schedule and schedule.interval,
        schedule and schedule.ease,
        each.told.undone,
        "" if each.told.card == card else each.told.card,
        each.moved,
    )


def _event_data(each: Happened) -> dict[str, object]:
    past, event = _past(each), each.told.event
    return {
        "day": as_date(past.day).isoformat(),
        "at": datetime.fromtimestamp(event.when.at / 1000, UTC).isoformat(timespec="seconds"),
        "kind": past.kind.name.lower(),
        "grade": past.grade,
        "response": past.response,
        "seconds": None if past.milliseconds is None else past.milliseconds / 1000,
        "interval": past.interval,
        "ease": None if past.ease is None else ease_text(past.ease),
        "undone": past.undone,
        "card": each.told.card,
    }
