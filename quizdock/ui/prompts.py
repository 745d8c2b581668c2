"""Single prompts in a terminal: a key, one of several, several, a line, a page. All raise KeyboardInterrupt on Ctrl-C.

questionary's own shortcuts only move the cursor; the keys that act at once are merged in here, and its choices are
folded and get a footer. Every prompt takes what is to be drawn above it once more when the terminal changes its size.
"""

from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, TypeVar

import questionary
from prompt_toolkit.application import Application, get_app_or_none, run_in_terminal
from prompt_toolkit.filters import Always
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, fragment_list_to_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth
from questionary.prompts.common import InquirerControl

from quizdock.ui.prose import folded
from quizdock.ui.theme import PROMPT_STYLE

Value = TypeVar("Value")
Redraw = Callable[[], None]
Footer = Sequence[tuple[str, str]]
"""Keys, and what each does."""

STYLE = Style(PROMPT_STYLE)
FOOTER_SHARE = 4
"""A footer takes no more than this part of the terminal's lines, but always two."""
_POINTER = " › "
_TICK = "○ "


def key(keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None) -> Value:
    """The value of the first of these keys to be pressed; the footer vanishes afterwards."""
    application: Application[Value] = Application(
        layout=Layout(_footer_window(footer)), key_bindings=_bindings(keys), style=STYLE, erase_when_done=True
    )
    _redraw_on_resize(application, redraw)
    return _answer(application)


def page(text: Callable[[], str], footer: Footer) -> None:
    """Show a text with ANSI colours that may be longer than the screen, until a key leaves it.

    It is asked for again when the terminal changes its size.
    """
    _answer(_Page(text, footer).application())


class _Page:
    """A text, and how far it is scrolled."""

    def __init__(self, text: Callable[[], str], footer: Footer) -> None:
        self._text = text
        self._footer = footer
        self._size = get_terminal_size()
        self._lines = _lines(text())
        self._top = 0

    def application(self) -> Application[None]:
        """The whole screen, with keys that scroll and keys that leave."""
        body = Window(FormattedTextControl(self._shown, show_cursor=False), wrap_lines=False)
        leave = _bindings(dict.fromkeys(("enter", "q", "e", "?", "escape", "c-d"), None))
        return Application(
            layout=Layout(HSplit([body, _footer_window(self._footer)])),
            key_bindings=merge_key_bindings([self._scrolling(), leave]),
            style=STYLE,
            full_screen=True,
        )

    def _shown(self) -> ANSI:
        """From the top line on, at the terminal's width."""
        size = get_terminal_size()
        if size != self._size:
            self._size, self._lines = size, _lines(self._text())
            self._move(0)
        return ANSI("\n".join(self._lines[self._top :]))

    @property
    def _height(self) -> int:
        return max(1, get_terminal_size().lines - len(footer_rows(self._footer)))

    def _move(self, by: int) -> None:
        self._top = max(0, min(self._top + by, len(self._lines) - self._height))

    def _scrolling(self) -> KeyBindings:
        bindings = KeyBindings()
        all_of_it = len(self._lines)
        for names, by in (
            (("down", "j"), lambda: 1),
            (("up", "k"), lambda: -1),
            (("pagedown", " "), lambda: self._height - 1),
            (("pageup",), lambda: 1 - self._height),
            (("home",), lambda: -all_of_it),
            (("end",), lambda: all_of_it),
        ):
            for name in names:
                bindings.add(name)(self._moved(by))
        return bindings

    def _moved(self, by: Callable[[], int]) -> Callable[[KeyPressEvent], None]:
        return lambda _event: self._move(by())


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def interrupt() -> bool:
    """End the prompt that is open, as Ctrl-C would; False if there is none. May be called by a signal's handler."""
    application = get_app_or_none()
    if application is None or application.loop is None or not application.is_running:
        return False
    application.loop.call_soon_threadsafe(_interrupted, application)
    return True


def _interrupted(application: Application[Any]) -> None:
    """Once: a second signal, or an answer at the same moment, finds the prompt ended already."""
    if application.future is not None and not application.future.done():
        application.exit(exception=KeyboardInterrupt)


def one_of(
    message: str, choices: Sequence[str], keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None
) -> int | Value:
    """The index of the chosen text, or the value of a key; digits choose at once."""
    question = questionary.select(
        message,
        choices=[questionary.Choice([("", text)], value=index) for index, text in enumerate(choices)],
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
    _put_together(question.application, choices, footer)
    digits: dict[str, Any] = {str(index + 1): index for index in range(min(9, len(choices)))}
    return _run(question, {**digits, **keys}, redraw)  # type: ignore[no-any-return]  # questionary is untyped here


def some_of(
    message: str,
    choices: Sequence[str],
    keys: Mapping[str, Value],
    footer: Footer,
    too_few: str,
    redraw: Redraw | None = None,
) -> list[int] | Value:
    """The indices of the ticked texts, at least one, or the value of a key; digits tick at once.

    `too_few` is said where nothing is ticked.
    """
    question = questionary.checkbox(
        message,
        choices=[questionary.Choice([("", text)], value=index) for index, text in enumerate(choices)],
        validate=lambda ticked: bool(ticked) or too_few,
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
    offered = _put_together(question.application, choices, footer, _TICK)
    digits = _tick_digits(offered, len(choices))
    return _run(question, keys, redraw, digits)  # type: ignore[no-any-return]


def line(
    message: str, keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None, default: str = ""
) -> str | Value:
    """The typed line, or the value of a key; `default` is there to be corrected."""
    question = questionary.text(
        message,
        default,
        qmark="",
        style=STYLE,
        erase_when_done=True,
        bottom_toolbar=None,
        placeholder=lambda: _placed(footer),
    )
    return _run(question, keys, redraw)  # type: ignore[no-any-return]


def _run(
    question: questionary.Question, keys: Mapping[str, Any], redraw: Redraw | None, more: KeyBindings | None = None
) -> Any:
    application = question.application
    existing = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*existing, *([more] if more else []), _bindings(keys)])
    _redraw_on_resize(application, redraw)
    return _answer(application)


def _answer(application: Application[Value]) -> Value:
    """What a prompt brings. A terminal that has gone away interrupts, as a key would."""
    try:
        return application.run()
    except EOFError:
        raise KeyboardInterrupt from None


def _redraw_on_resize(application: Application[Any], redraw: Redraw | None) -> None:
    """Draw what stands above the prompt once more whenever the terminal has another size; what was typed stays."""
    if redraw is None:
        return
    size = application.output.get_size()

    def look(_application: Application[Any]) -> None:
        nonlocal size
        if application.output.get_size() != size:
            size = application.output.get_size()
            run_in_terminal(redraw)

    application.before_render += look


def _put_together(
    application: Application[Any], choices: Sequence[str], footer: Footer, mark: str = ""
) -> InquirerControl:
    """questionary's list with its choices folded to the terminal's width, and below it what is wrong and the footer."""
    title, offered = application.layout.container.get_children()[:2]
    windows = application.layout.find_all_windows()
    window, control = next((each, each.content) for each in windows if isinstance(each.content, InquirerControl))
    window.dont_extend_height = Always()
    below = HSplit([_grown(lambda: [("class:question", f" {_error(control)}")]), _footer_window(footer)])
    application.layout.container = HSplit([title, offered, below])

    def fold(_application: Application[Any]) -> None:
        columns = get_terminal_size().columns
        for index, text in enumerate(choices):
            control.choices[index].title = [("", _choice_text(index, text, columns, len(_POINTER + mark)))]

    application.before_render += fold
    return control


def _choice_text(index: int, text: str, columns: int, before: int) -> str:
    """A choice behind its number, folded so that it ends within the terminal's columns, of which some come before."""
    number = f"{index + 1}  " if index < 9 else "   "
    lines = folded(text, max(columns - before - len(number) - 1, 1))
    return number + f"\n{' ' * (before + len(number))}".join(lines)


def _error(control: InquirerControl) -> str:
    return fragment_list_to_text(control.error_message or [])


def _tick_digits(ticks: InquirerControl, count: int) -> KeyBindings:
    """Keys that tick and untick the choice of their number, wherever the cursor is."""
    bindings = KeyBindings()
    for index in range(min(9, count)):
        bindings.add(str(index + 1), eager=True)(_toggle(ticks, index))
    return bindings


def _toggle(ticks: InquirerControl, index: int) -> Any:
    def toggle(_event: KeyPressEvent) -> None:
        ticks.error_message = None
        if index in ticks.selected_options:
            ticks.selected_options.remove(index)
        else:
            ticks.selected_options.append(index)

    return toggle


def _bindings(keys: Mapping[str, Any]) -> KeyBindings:
    bindings = KeyBindings()
    for name, value in keys.items():
        bindings.add(name, eager=True)(_leave_with(value))

    @bindings.add(Keys.ControlC, eager=True)
    def interrupt(event: KeyPressEvent) -> None:
        _interrupted(event.app)

    return bindings


def _leave_with(value: Any) -> Any:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=value)

    return leave


def footer_rows(entries: Footer, columns: int | None = None, lines: int | None = None) -> list[Footer]:
    """The entries in as many lines as the terminal's width, or so many columns, ask for.

    Where that is more than the terminal's share, or so many lines, those in the middle are left out: what comes
    first is what is done most, and the last two are help and leaving.
    """
    size = get_terminal_size()
    room = max(columns or size.columns - 2, 1)
    most = lines or max(2, size.lines // FOOTER_SHARE)
    kept = list(entries)
    while len(rows := _rows(kept, room)) > most and len(kept) > 3:
        del kept[-3]
    return rows[:most]


def _rows(entries: Footer, room: int) -> list[Footer]:
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0
    for name, meaning in entries:
        width = get_cwidth(_entry(name, meaning))
        if used + width > room and rows[-1]:
            rows.append([])
            used = 0
        rows[-1].append((name, _cut(meaning, room - get_cwidth(_entry(name, "")))))
        used += width
    return [tuple(row) for row in rows]


def _entry(name: str, meaning: str) -> str:
    return f" {name} {meaning} "


def _cut(text: str, room: int) -> str:
    """As much as there is room for."""
    if get_cwidth(text) <= room:
        return text
    while text and get_cwidth(text) >= room:
        text = text[:-1]
    return f"{text}…" if room > 0 else ""


def _footer_window(footer: Footer) -> Window:
    return _grown(lambda: _footer(footer_rows(footer)))


def _grown(fragments: Callable[[], StyleAndTextTuples]) -> Window:
    """A window as high as what it shows, but lower where there is no room."""
    control = FormattedTextControl(fragments, show_cursor=False)

    def height() -> Dimension:
        lines = 1 + fragment_list_to_text(fragments()).count("\n")
        return Dimension(min=1, max=lines, preferred=lines)

    return Window(control, height=height, wrap_lines=False)


def _footer(rows: Sequence[Footer]) -> StyleAndTextTuples:
    parts: StyleAndTextTuples = []
    for number, row in enumerate(rows):
        parts.append(("", "\n " if number else " "))
        for name, meaning in row:
            parts += [("class:footer-key", f" {name} "), ("class:footer", f"{meaning} ")]
    return parts


def _placed(entries: Footer) -> StyleAndTextTuples:
    """A footer inside a line to type in: as much of it as fits behind the prompt."""
    return _footer(footer_rows(entries, get_terminal_size().columns - 6, 1))
