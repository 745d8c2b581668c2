"""Exploring a state machine on a terminal: the drawing stays in place, the state in focus moves."""

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from quizdock.core.drawing import Look
from quizdock.core.walk import Diagram, Listed, Moved, Refused, Sight, Unknown, Walk
from quizdock.ui import prompts
from quizdock.ui.explore import commands_of, count_text, end_lines, remark_lines, summary_text
from quizdock.ui.translations import gettext as _

_PROMPT = 1
"""Lines that the prompt takes."""
_LEAST = 3
"""Lines of a drawing that are shown on the lowest of screens."""
_BOX = 4
"""Columns that the box and its padding take."""


class InteractiveExplore:
    """A walk on a terminal."""

    def __init__(self, screen: Console) -> None:
        """Draw on the screen."""
        self._screen = screen

    def open(self, diagram: Diagram) -> None:
        """The first sight says it all."""

    def ask(self, sight: Sight) -> str | None:
        """A clear screen with the drawing, the state and what is to be said; then a line."""
        self._screen.clear()
        self._screen.print(sight_view(self._screen, sight))
        leave: dict[str, None] = {"c-d": None}
        return prompts.line("›", leave, commands_of(sight.diagram))

    def close(self, walk: Walk) -> None:
        """The path taken, under the last drawing."""
        self._screen.print(Padding(Text(summary_text(walk), style="accent"), (0, 1)))


def sight_view(console: Console, sight: Sight) -> RenderableType:
    """The drawing and what is said under it, boxed where there is room for that.

    Of a drawing that is larger than the room left, the part around the state in focus is shown.
    """
    drawing = _drawing(sight)
    header, below = _header(sight), _below(sight)
    room = console.height - _PROMPT - len(console.render_lines(Group(header, below)))
    lines = list(drawing.split())
    width = max(line.cell_len for line in lines)
    if len(lines) + 2 <= room and width + _BOX <= console.width:
        return Group(header, Panel(drawing, box=box.ROUNDED, padding=(0, 1), border_style="quiet"), below)
    shown = _around_focus(lines, max(room, _LEAST), console.width)
    return Group(header, Text("\n", no_wrap=True, overflow="crop").join(shown), below)


def _around_focus(lines: list[Text], height: int, width: int) -> list[Text]:
    """The part of the drawing that fits, with the state in focus as near to its middle as can be."""
    places = [(row, span.start) for row, line in enumerate(lines) for span in line.spans if span.style == "focus"]
    row, column = places[0] if places else (0, 0)
    top = _window(row, height, len(lines))
    left = _window(column, width, max(map(len, lines)))
    return [line[left:] if left < len(line) else Text() for line in lines[top : top + height]]


def _window(focus: int, size: int, length: int) -> int:
    """Where a window of this size begins, on something of this length, with the focus in its middle if possible."""
    return max(0, min(focus - size // 2, length - size))


def _drawing(sight: Sight) -> Text:
    pieces = sight.diagram.drawn(sight.walk.state).pieces(revealed=True)
    parts = ((piece.text, "focus" if piece.look is Look.FOCUS else "") for piece in pieces)
    return Text.assemble(*parts, no_wrap=True, overflow="crop")


def _header(sight: Sight) -> RenderableType:
    line = Table.grid(expand=True)
    line.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    line.add_column(justify="right", no_wrap=True)
    line.add_row(Text(sight.diagram.title, style="title"), Text(f"  {count_text(sight.walk)}", style="quiet"))
    return Padding(line, (0, 1))


def _below(sight: Sight) -> RenderableType:
    walk = sight.walk
    meaning = sight.diagram.meanings.get(walk.state, "")
    state = Text.assemble((walk.state, "title"), (f"  {meaning}" if meaning else ""))
    ends = [Text(line, style="accent") for line in end_lines(walk)]
    return Padding(Group(state, *ends, Text(), *_remark(sight)), (0, 1))


def _remark(sight: Sight) -> list[Text]:
    """What came of the last line, its first line with a sign and a colour for what it is."""
    lines = remark_lines(sight)
    if not lines:
        return [Text(_("Type an event and press Enter."), style="quiet")]
    sign, style = _sign(sight)
    return [Text(f"{sign}{lines[0]}", style=style), *map(Text, lines[1:])]


def _sign(sight: Sight) -> tuple[str, str]:
    match sight.remark:
        case Moved():
            return "✓ ", "good"
        case Refused() | Unknown():
            return "✗ ", "bad"
        case Listed():
            return "", "accent"
        case _:
            return "↶ ", "half"
