"""Single prompts in a terminal: a key, one of several, several, a line, a page. All raise KeyboardInterrupt on Ctrl-C.

questionary's own shortcuts only move the cursor; the keys that act at once are merged in here. Every prompt takes
what is to be drawn above it once more when the terminal changes its size.
"""

from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, TypeVar

import questionary
from prompt_toolkit.application import Application, get_app_or_none, run_in_terminal
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth
from questionary.prompts.common import InquirerControl

from quizdock.ui.theme import PROMPT_STYLE

Value = TypeVar("Value")
Redraw = Callable[[], None]
Footer = Sequence[tuple[str, str]]
"""Keys, and what each does."""

STYLE = Style(PROMPT_STYLE)


def key(keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None) -> Value:
    """The value of the first of these keys to be pressed; the footer vanishes afterwards."""
    control = FormattedTextControl(lambda: _footer(footer), show_cursor=False)
    application: Application[Value] = Application(
        layout=Layout(Window(control, height=lambda: len(footer_rows(footer)), wrap_lines=False)),
        key_bindings=_bindings(keys),
        style=STYLE,
        erase_when_done=True,
    )
    _redraw_on_resize(application, redraw)
    return application.run()


def page(text: str, footer: Footer) -> None:
    """Show a text with ANSI colours that may be longer than the screen, until a key leaves it."""
    lines = text.rstrip("\n").split("\n")
    top = 0
    bindings = KeyBindings()

    def body() -> ANSI:
        return ANSI("\n".join(lines[top:]))

    def scroll(by: Callable[[int], int]) -> Callable[[KeyPressEvent], None]:
        def move(event: KeyPressEvent) -> None:
            nonlocal top
            height = max(1, event.app.output.get_size().rows - 1)
            top = max(0, min(top + by(height), len(lines) - height))

        return move

    for names, by in (
        (("down", "j"), lambda _height: 1),
        (("up", "k"), lambda _height: -1),
        (("pagedown", " "), lambda height: height - 1),
        (("pageup",), lambda height: 1 - height),
        (("home",), lambda _height: -len(lines)),
        (("end",), lambda _height: len(lines)),
    ):
        for name in names:
            bindings.add(name)(scroll(by))
    leave = _bindings(dict.fromkeys(("enter", "q", "e", "escape", "c-d"), None))
    application: Application[None] = Application(
        layout=Layout(
            HSplit(
                [
                    Window(FormattedTextControl(body, show_cursor=False), wrap_lines=False),
                    Window(FormattedTextControl(lambda: _footer(footer)), height=1, wrap_lines=False),
                ]
            )
        ),
        key_bindings=merge_key_bindings([bindings, leave]),
        style=STYLE,
        full_screen=True,
    )
    application.run()


def interrupt() -> bool:
    """End the prompt that is open, as Ctrl-C would; False if there is none. May be called by a signal's handler."""
    application = get_app_or_none()
    if application is None or application.loop is None or not application.is_running:
        return False
    application.loop.call_soon_threadsafe(lambda: application.exit(exception=KeyboardInterrupt))
    return True


def one_of(
    message: str, choices: Sequence[str], keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None
) -> int | Value:
    """The index of the chosen text, or the value of a key; digits choose at once."""
    question = questionary.select(
        message,
        choices=[
            *(questionary.Choice([("", _numbered(index, text))], value=index) for index, text in enumerate(choices)),
            *_below(footer),
        ],
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
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
        choices=[
            *(questionary.Choice([("", _numbered(index, text))], value=index) for index, text in enumerate(choices)),
            *_below(footer),
        ],
        validate=lambda ticked: bool(ticked) or too_few,
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
    digits = _tick_digits(question.application.layout, len(choices))
    return _run(question, keys, redraw, digits)  # type: ignore[no-any-return]


def line(
    message: str, keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None, default: str = ""
) -> str | Value:
    """The typed line, or the value of a key; `default` is there to be corrected."""
    question = questionary.text(
        message, default, qmark="", style=STYLE, erase_when_done=True, bottom_toolbar=None, placeholder=_placed(footer)
    )
    return _run(question, keys, redraw)  # type: ignore[no-any-return]


def _run(
    question: questionary.Question, keys: Mapping[str, Any], redraw: Redraw | None, more: KeyBindings | None = None
) -> Any:
    application = question.application
    existing = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*existing, *([more] if more else []), _bindings(keys)])
    _redraw_on_resize(application, redraw)
    return application.run()


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


def _tick_digits(layout: Layout, count: int) -> KeyBindings:
    """Keys that tick and untick the choice of their number, wherever the cursor is."""
    lists = (window.content for window in layout.find_all_windows())
    ticks = next(control for control in lists if isinstance(control, InquirerControl))
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
        event.app.exit(exception=KeyboardInterrupt)

    return bindings


def _leave_with(value: Any) -> Any:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=value)

    return leave


def _numbered(index: int, text: str) -> str:
    return f"{index + 1}  {text}" if index < 9 else f"   {text}"


def footer_rows(entries: Footer, columns: int | None = None) -> list[Footer]:
    """The entries in as many lines as the terminal's width, or so many columns, ask for."""
    room = (columns or get_terminal_size().columns) - 2
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0
    for name, meaning in entries:
        width = get_cwidth(f" {name} {meaning} ")
        if used + width > room and rows[-1]:
            rows.append([])
            used = 0
        rows[-1].append((name, meaning))
        used += width
    return [tuple(row) for row in rows]


def _footer(entries: Footer) -> StyleAndTextTuples:
    parts: StyleAndTextTuples = []
    for number, row in enumerate(footer_rows(entries)):
        parts.append(("", "\n " if number else " "))
        for name, meaning in row:
            parts += [("class:footer-key", f" {name} "), ("class:footer", f"{meaning} ")]
    return parts


def _placed(entries: Footer) -> StyleAndTextTuples:
    """A footer inside a line to type in: as much of it as fits."""
    columns = get_terminal_size().columns - 4
    return _footer(footer_rows(entries, columns)[0]) if columns > 0 else []


def _below(footer: Footer) -> list[questionary.Separator]:
    """The footer under a list of choices, where the cursor never goes."""
    rows = (" · ".join(f"{name} {meaning}" for name, meaning in row) for row in footer_rows(footer))
    return [questionary.Separator(" "), *map(questionary.Separator, rows)]
