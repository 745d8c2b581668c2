"""Simulations on a terminal: a table with its bars, a picture with its figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from quizdock.core.days import as_date
from quizdock.core.simulation import Answered, Simulation, spans
from quizdock.ui import simulation as words
from quizdock.ui.prose import Prose
from quizdock.ui.translations import gettext as _

_HEIGHT = 8
_WIDEST_COLUMN = 3


def answers_view(row: Sequence[Answered], left_out: int) -> RenderableType:
    """The table, what is to be known about it, and the picture of its intervals."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for header in words.answer_headers():
        side: JustifyMethod = "left" if header in (_("Date"), _("Grade"), _("Next due")) else "right"
        table.add_column(header, justify=side, overflow="fold")
    for each in row:
        table.add_row(*words.answer_cells(each, row[0].day))
    return Group(table, *(Prose(note, style="quiet") for note in words.marked_notes(row, left_out)), Text(), _Bars(row))


@dataclass(frozen=True, slots=True)
class _Bars:
    """The intervals as bars, as wide as there is room."""

    row: Sequence[Answered]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield Prose(_("Intervals: a bar grows by the same step each time its days double"), style="title")
        for label, bar, days in words.interval_bars(self.row, options.max_width, ascii_only=options.ascii_only):
            yield Text.assemble((label, "quiet"), (bar, "accent"), f" {days}")


def simulation_view(simulation: Simulation) -> RenderableType:
    """The picture, the figures and what they rest on."""
    figures = Table.grid(padding=(0, 2))
    figures.add_column(style="quiet")
    figures.add_column(overflow="fold")
    for what, text in words.facts(simulation):
        figures.add_row(what, Prose(text))
    resting = [Prose(line, style="quiet") for line in words.assumptions(simulation)]
    heading = Prose(words.heading(simulation), style="title")
    return Group(heading, Text(), _Columns(simulation), Text(), figures, Text(), *resting)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Reviews a day as columns, each of as few days as there is room for."""

    simulation: Simulation

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        days = self.simulation.days
        margin = len(str(max(each.done.reviews for each in days))) + 2
        room = max(1, options.max_width - margin)
        length = words.span_length(len(days), room)
        averages = [span.average for span in spans(days, length)]
        width = min(_WIDEST_COLUMN, max(1, room // len(averages)))
        lines = words.columns(averages, _HEIGHT, width, ascii_only=options.ascii_only)
        axis = "|" if options.ascii_only else "│"
        yield Prose(words.picture_title(length), style="title")
        for label, line in zip(_labels(max(averages)), lines, strict=True):
            yield Text.assemble((f"{label:>{margin - 2}} {axis}", "quiet"), (line, "accent"))
        yield Text(f"{'':{margin}}{_dates(days[0].day, days[-1].day, width * len(averages))}", style="quiet")


def _labels(top: float) -> list[str]:
    """What stands at the lines: the greatest value, its half, and nothing at the foot."""
    labels = [""] * _HEIGHT
    labels[0], labels[_HEIGHT // 2] = f"{top:.0f}", f"{top / 2:.0f}" if top >= 4 else ""
    return labels


def _dates(first: int, last: int, width: int) -> str:
    """The first date, the middle one and the last, as far as there is room."""
    start, middle, end = (as_date(day).isoformat() for day in (first, (first + last) // 2, last))
    if width < 22:
        return start if first == last else f"{start} – {end}"
    space = width - len(start) - len(end)
    return f"{start}{middle:^{space}}{end}" if space > len(middle) + 1 else f"{start}{'':{space}}{end}"
