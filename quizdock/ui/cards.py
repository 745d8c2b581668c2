"""Cards in a table, and what happened to one of them."""

import json
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from quizdock.core.cleaning import clean
from quizdock.core.days import as_date
from quizdock.core.journal import Kind, State
from quizdock.ui.figures import number_text
from quizdock.ui.translations import gettext as _
from quizdock.ui.translations import ngettext
from quizdock.ui.wording import (
    ease_in_words,
    interval_text,
)

NEVER = "–"
"""Stands for a figure that a card has not got."""
WIDEST_PICTURE = 34
"""Reviews that the picture shows: the latest ones."""

_BARS = "▁▂▃▄▅▆▇█"
_LONGEST = 365
"""Days of an interval from which on its bar is the highest."""


class CardLine(NamedTuple):
    """A row of the list of cards: days are ordinals, the interval is in days, the ease in hundredths."""

    id: str
    status: str
    due: int | None = None
    interval: int | None = None
    ease: int | None = None
    lapses: int = 0
    leech: bool = False


class Past(NamedTuple):
    """An event in a card's history; `interval` and `ease` are those after it, None where the card is new.

    `card` is another card's id, where it was that card's event before this one took over. `moved` tells that the
    schedule moved.
    """

    day: int
    kind: Kind
    grade: int | None = None
    response: str | None = None
    milliseconds: int | None = None
    interval: int | None = None
    ease: int | None = None
    undone: bool = False
    card: str = ""
    moved: bool = False


def status_word(status: str) -> str:
    """What a card waits for, in a word."""
    words = {
        "new": _("new"),
        "due": _("due"),
        "waiting": _("waiting"),
        "suspended": _("suspended"),
        "buried": _("buried"),
        "orphan": _("orphan"),
    }
    return words[status]


def kind_word(kind: Kind) -> str:
    """What an event was, in a word or two."""
    words = {
        Kind.REVIEW: _("review"),
        Kind.DRILL: _("drill"),
        Kind.CRAM: _("crammed"),
        Kind.UNDO: _("taken back"),
        Kind.SUSPEND: _("suspended"),
        Kind.RESUME: _("resumed"),
        Kind.BURY: _("buried"),
        Kind.RESET: _("reset"),
        Kind.RELINK: _("re-linked"),
        Kind.DUE: _("brought forward"),
    }
    return words[kind]


def list_headers() -> list[str]:
    """The headers of the list of cards."""
    return [_("Card"), _("State"), _("Due"), _("Interval"), _("Ease"), _("Lapses")]


def list_cells(line: CardLine) -> list[str]:
    """A row of it."""
    return [
        clean(line.id),
        _("{state}, leech").format(state=status_word(line.status)) if line.leech else status_word(line.status),
        as_date(line.due).isoformat() if line.due else NEVER if line.status == "new" else "",
        NEVER if line.interval is None else interval_text(line.interval),
        NEVER if line.ease is None else ease_in_words(line.ease),
        str(line.lapses),
    ]


def history_headers() -> list[str]:
    """The headers of a card's history."""
    return [_("Date"), _("Event"), _("Grade"), _("Seconds"), _("Interval"), _("Ease"), _("Response")]


def history_cells(past: Past) -> list[str]:
    """A row of it; what was taken back has no effect to show."""
    return [
        as_date(past.day).isoformat(),
        kind_word(past.kind),
        "" if past.grade is None else str(past.grade),
        "" if past.milliseconds is None else number_text(round(past.milliseconds / 1000, 1)),
        "" if past.undone else NEVER if past.interval is None else interval_text(past.interval),
        "" if past.undone else NEVER if past.ease is None else ease_in_words(past.ease),
        " ".join(filter(None, (_remark(past), response_text(past.response)))),
    ]


def _remark(past: Past) -> str:
    """What else is to be known of an event: that it counts no more, or which card handed over what is above."""
    remarks = []
    if past.undone:
        remarks.append(_("[taken back]"))
    if past.card and past.kind is Kind.RELINK:
        remarks.append(_("[from {card}]").format(card=clean(past.card)))
    return " ".join(remarks)


def response_text(response: str | None) -> str:
    """A response as the journal keeps it, in words on one line."""
    if response is None:
        return ""
    try:
        given = json.loads(response)
    except ValueError:
        given = response
    return clean(_said(given)).replace("\n", " ")


def _said(given: object) -> str:
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if isinstance(given, list):
        return ", ".join(_said(each) if not isinstance(each, list) else " → ".join(map(_said, each)) for each in given)
    return "" if given is None else str(given)


def table_lines(headers: Sequence[str], rows: Iterable[Sequence[str]], widest: int | None, give: int) -> list[str]:
    """A table in lines, whole, or not wider than `widest`: then the column `give` is shortened.

    Numbers stand to the right. The last column is not padded.
    """
    from rich.cells import cell_len

    table = [list(headers), *map(list, rows)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    if widest is not None:
        spare = widest - sum(widths) - 2 * (len(widths) - 1)
        widths[give] = max(widths[give] + min(spare, 0), min(widths[give], _NARROWEST))
        for row in table:
            row[give] = shortened(row[give], widths[give])
    right = [all(_is_figure(cell) for cell in column[1:]) for column in zip(*table, strict=True)]
    lines = [_line(row, widths, right) for row in table]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return lines


_NARROWEST = 12
"""Cells that a shortened column keeps."""


def _is_figure(cell: str) -> bool:
    return cell in ("", NEVER) or (cell[0].isdigit() and "-" not in cell)  # a date is none


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    from rich.cells import cell_len

    cells = []
    for cell, width, to_the_right in zip(row, widths, right, strict=True):
        blank = " " * (width - cell_len(cell))
        cells.append(f"{blank}{cell}" if to_the_right else f"{cell}{blank}")
    return "  ".join(cells).rstrip()


def shortened(text: str, cells: int) -> str:
    """The text with its middle left out, where it takes more cells than these."""
    from rich.cells import cell_len

    if cell_len(text) <= cells:
        return text
    half = (cells - 1) // 2
    return f"{_beginning(text, cells - 1 - half)}…{_beginning(text[::-1], half)[::-1]}"


def _beginning(text: str, cells: int) -> str:
    from rich.cells import cell_len

    end = min(len(text), cells)
    while cell_len(text[:end]) > cells:
        end -= 1
    return text[:end]


def state_lines(state: State, day: int) -> list[str]:
    """A learner's schedule of a card, in words."""
    lines = []
    if state.standing is None:
        lines.append(_("New: not yet studied."))
    else:
        schedule, lapses = state.standing.schedule, state.standing.lapses
        lines.append(
            _("Due {date}; interval {interval}, ease {ease}; {repetitions}, {lapses}.").format(
                date=as_date(schedule.due).isoformat(),
                interval=interval_text(schedule.interval),
                ease=ease_in_words(schedule.ease),
                repetitions=ngettext(
                    "remembered {n} time in a row", "remembered {n} times in a row", schedule.repetitions
                ).format(n=schedule.repetitions),
                lapses=ngettext("{n} lapse", "{n} lapses", lapses).format(n=lapses),
            )
        )
        if state.standing.repeat_day == day:
            lines.append(_("It comes back today."))
    if state.suspended:
        lines.append(_("Suspended: it is not asked until it is resumed."))
    if state.buried == day:
        lines.append(_("Buried: it is not asked any more today."))
    return lines


def picture_lines(history: Sequence[Past]) -> list[str]:
    """The reviews as a row of bars, one a review: the higher, the longer the interval; below it the grade.

    A reset is a cross. What moved nothing is not drawn.
    """
    drawn = [past for past in history if not past.undone and (past.moved or past.kind is Kind.RESET)]
    shown = drawn[-WIDEST_PICTURE:]
    if not shown:
        return []
    labels = [_("Interval"), _("Grade"), ""]
    width = max(map(len, labels))
    first, last = as_date(shown[0].day).isoformat(), as_date(shown[-1].day).isoformat()
    span = max(2 * len(shown) - 1, len(first) + len(last) + 2)
    dates = first if first == last else f"{first}{last:>{span - len(first)}}"
    rows = (" ".join(map(_bar, shown)), " ".join(map(_mark, shown)), dates)
    more = "" if len(shown) == len(drawn) else "… "
    return [
        f"{label:<{width}}  {more if row is not dates else ''}{row}" for label, row in zip(labels, rows, strict=True)
    ]


def _bar(past: Past) -> str:
    if past.interval is None:
        return " "
    height = log(max(past.interval, 1)) / log(_LONGEST)
    return _BARS[min(round(height * (len(_BARS) - 1)), len(_BARS) - 1)]


def _mark(past: Past) -> str:
    return "×" if past.grade is None else str(past.grade)


def count_lines(history: Sequence[Past]) -> list[str]:
    """How much there is in a card's history; nothing where there is nothing."""
    standing = [past for past in history if not past.undone]
    reviews = sum(past.moved for past in standing)
    others = sum(past.grade is not None and not past.moved for past in standing)
    undone = len(history) - len(standing)
    seconds = sum(past.milliseconds or 0 for past in standing) // 1000
    if not history:
        return []
    parts = [
        ngettext("{n} review", "{n} reviews", reviews).format(n=reviews),
        ngettext("{n} drill", "{n} drills", others).format(n=others),
        _("{time} in all").format(time=f"{seconds // 60}:{seconds % 60:02d}"),
    ]
    if undone:
        parts.append(ngettext("{n} event taken back", "{n} events taken back", undone).format(n=undone))
    return [" · ".join(parts)]
