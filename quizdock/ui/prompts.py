"""Single prompts in a terminal: a key, one of several, several, a line, a page. All raise KeyboardInterrupt on Ctrl-C.

questionary's own shortcuts only move the cursor; the keys that act at once are merged in here, and its choices are
folded and get a footer. Every prompt takes what is to be drawn above it once more when the terminal changes its size,
and may have a countdown, which ends it with a TimeUp: who gives one takes that for one of the values.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size
from types import MappingProxyType
from typing import Any, TypeVar

import questionary
from prompt_toolkit.application import Application, get_app_or_none, run_in_terminal
from prompt_toolkit.filters import Always
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, fragment_list_to_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth
from questionary.prompts.common import InquirerControl

from quizdock.core.dialogue import TimeUp
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
_WITH_TIME = 24
"""Columns of a line to type in that the prompt and the time left take."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A deadline: the seconds until then (None: there is none), and how that is shown."""

    seconds_left: Callable[[], float | None]
    text: Callable[[float], str]

    @property
    def footer(self) -> "Footer":
        """What goes before a footer."""
        left = self.seconds_left()
        return [] if left is None else [(self.text(left), "")]


def _for_ever() -> None:
    return None


def _nothing() -> None:
    return None


def _forget(_so_far: object) -> None:
    return None


ENDLESS = Countdown(_for_ever, str)
"""No deadline."""


def key(
    keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None, countdown: Countdown = ENDLESS
) -> Value:
    """The value of the first of these keys to be pressed; the footer vanishes afterwards."""
    application: Application[Value] = Application(
        layout=Layout(_footer_window(footer, countdown)),
        key_bindings=_bindings(keys),
        style=STYLE,
        erase_when_done=True,
    )
    _redraw_on_resize(application, redraw)
    return _answer(application, countdown)


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


_interruptions: list[None] = []
"""One for each that found no prompt open."""


def interrupt() -> bool:
    """End the prompt that is open, as Ctrl-C would; False if there is none, and then the next one will end at once.

    May be called by a signal's handler.
    """
    application = get_app_or_none()
    if application is None or application.loop is None or not application.is_running:
        _interruptions.append(None)
        return False
    application.loop.call_soon_threadsafe(_interrupted, application)
    return True


def forget_interruptions() -> None:
    """Whatever was interrupted has ended."""
    _interruptions.clear()


def _interrupted(application: Application[Any]) -> None:
    """Once: a second signal, or an answer at the same moment, finds the prompt ended already."""
    if application.future is not None and not application.future.done():
        application.exit(exception=KeyboardInterrupt)


def one_of(
    message: str, choices: Sequence[str], keys: Mapping[str, Value], footer: Footer, redraw: Redraw | None = None
) -> int | Value:
    """The index of the chosen text, or the value of a key; digits choose at once."""
    question, _control = _select(message, choices, footer, ENDLESS)
    digits: dict[str, Any] = {str(index + 1): index for index in range(min(9, len(choices)))}
    return _run(question, {**digits, **keys}, redraw)  # type: ignore[no-any-return]  # questionary is untyped here


def pick(
    choices: Sequence[str],
    keys: Mapping[str, Value],
    footer: Footer,
    redraw: Redraw,
    countdown: Countdown,
    chosen: int | None,
    untouched: str,
    letters: Mapping[str, int] = MappingProxyType({}),
    hold: Callable[[object], None] = _forget,
) -> int | Value:
    """The index of the chosen text, or the value of a key; digits and arrows only point, Enter confirms.

    `letters` point at choices too, unless they are among the keys. `chosen` is pointed at in the beginning; without it
    nothing is, and Enter says `untouched` instead: a key that is pressed twice answers nothing. `hold` is given what is
    pointed at in the end.
    """
    question, control = _select("", choices, footer, countdown)
    pointer = _Pointer(control, chosen)
    free = {letter: index for letter, index in letters.items() if letter not in keys}
    bindings = pointer.bindings(len(choices), untouched, free)
    return _run(question, keys, redraw, bindings, countdown, lambda: pointer.touched, hold)  # type: ignore[no-any-return]


def from_list(
    lines: Sequence[str], keys: Mapping[str, Value], footer: Footer, redraw: Redraw, countdown: Countdown
) -> int | Value:
    """The index of a line of a list that may be longer than the screen, or the value of a key.

    The lines are numbered: digits go to the line of that number.
    """
    width = len(str(len(lines)))
    numbered = [f"{number:>{width}} {line}" for number, line in enumerate(lines, 1)]
    question, control = _select("", numbered, footer, countdown, numbered=False)
    typed = ""

    def go_to(event: KeyPressEvent) -> None:
        nonlocal typed
        typed += event.data
        if not 1 <= int(typed) <= len(lines):
            typed = event.data
        if 1 <= int(typed) <= len(lines):
            control.pointed_at = int(typed) - 1

    bindings = KeyBindings()
    for digit in "0123456789":
        bindings.add(digit, eager=True)(go_to)
    return _run(question, keys, redraw, bindings, countdown)  # type: ignore[no-any-return]


class _Pointer:
    """Which choice is pointed at, if any; until then the list shows no pointer."""

    def __init__(self, control: InquirerControl, chosen: int | None) -> None:
        self._control = control
        self._sign = control.pointer
        self.touched: int | None = None
        control.pointer = " "
        if chosen is not None:
            self._point(chosen)

    def _point(self, index: int) -> None:
        self._control.pointer = self._sign
        self._control.error_message = None
        self._control.pointed_at = self.touched = index

    def bindings(self, count: int, untouched: str, letters: Mapping[str, int]) -> KeyBindings:
        """Digits, letters, arrows and Enter."""
        bindings = KeyBindings()
        digits = {str(index + 1): index for index in range(min(9, count))}
        for key, index in {**digits, **letters}.items():
            bindings.add(key, eager=True)(lambda _event, index=index: self._point(index))
        for names, first, by in ((("down", "j", "c-n"), 0, 1), (("up", "k", "c-p"), count - 1, -1)):
            for name in names:
                bindings.add(name, eager=True)(lambda _event, first=first, by=by: self._move(first, by, count))

        @bindings.add("enter", eager=True)
        def confirm(event: KeyPressEvent) -> None:
            if self.touched is None:
                self._control.error_message = [("", untouched)]  # type: ignore[assignment]  # None is only where it begins
            else:
                event.app.exit(result=self.touched)

        return bindings

    def _move(self, first: int, by: int, count: int) -> None:
        self._point(first if self.touched is None else (self.touched + by) % count)


def _select(
    message: str, choices: Sequence[str], footer: Footer, countdown: Countdown, *, numbered: bool = True
) -> tuple[questionary.Question, InquirerControl]:
    question = questionary.select(
        message,
        choices=[questionary.Choice([("", text)], value=index) for index, text in enumerate(choices)],
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
    return question, _put_together(question.application, choices, footer, countdown, numbered=numbered)


def some_of(
    message: str,
    choices: Sequence[str],
    keys: Mapping[str, Value],
    footer: Footer,
    too_few: str,
    redraw: Redraw | None = None,
    countdown: Countdown = ENDLESS,
    ticked: Sequence[int] = (),
    hold: Callable[[object], None] = _forget,
) -> list[int] | Value:
    """The indices of the ticked texts, at least one, or the value of a key; digits tick at once.

    `ticked` are so in the beginning; `too_few` is said where nothing is; `hold` is given what is ticked in the end.
    """
    question = questionary.checkbox(
        message,
        choices=[
            questionary.Choice([("", text)], value=index, checked=index in ticked) for index, text in enumerate(choices)
        ],
        validate=lambda chosen: bool(chosen) or too_few,
        qmark="",
        pointer="›",
        instruction=" ",
        style=STYLE,
        erase_when_done=True,
    )
    offered = _put_together(question.application, choices, footer, countdown, _TICK)
    digits = _tick_digits(offered, len(choices))

    def so_far() -> list[int] | None:
        return sorted(offered.selected_options) or None

    return _run(question, keys, redraw, digits, countdown, so_far, hold)  # type: ignore[no-any-return]


def line(
    message: str,
    keys: Mapping[str, Value],
    footer: Footer,
    redraw: Redraw | None = None,
    default: str = "",
    countdown: Countdown = ENDLESS,
) -> str | Value:
    """The typed line, or the value of a key; `default` is there to be corrected."""
    question = questionary.text(
        message,
        default,
        qmark="",
        style=STYLE,
        erase_when_done=True,
        bottom_toolbar=None,
        placeholder=lambda: _placed(footer, _WITH_TIME if countdown.footer else 6),
        rprompt=lambda: _footer([countdown.footer]),
    )

    def so_far() -> str | None:
        return question.application.current_buffer.text or None

    return _run(question, keys, redraw, None, countdown, so_far)  # type: ignore[no-any-return]


def _run(
    question: questionary.Question,
    keys: Mapping[str, Any],
    redraw: Redraw | None,
    more: KeyBindings | None = None,
    countdown: Countdown = ENDLESS,
    so_far: Callable[[], object] = _nothing,
    hold: Callable[[object], None] = _forget,
) -> Any:
    application = question.application
    existing = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*existing, *([more] if more else []), _bindings(keys)])
    _redraw_on_resize(application, redraw)
    try:
        return _answer(application, countdown, so_far)
    finally:
        hold(so_far())


def _answer(
    application: Application[Value],
    countdown: Countdown = ENDLESS,
    so_far: Callable[[], object] = _nothing,
) -> Value:
    """What a prompt brings, or what it held at the deadline. A terminal that has gone interrupts, as a key would."""
    left = countdown.seconds_left()
    if left is not None and left <= 0:
        return TimeUp()  # type: ignore[return-value]  # who gives a countdown takes it for one of the values

    async def end_in_time() -> None:
        while (left := countdown.seconds_left() or 0.0) > 0:
            await asyncio.sleep(min(left, 1.0))
            application.invalidate()
        if application.future is not None and not application.future.done():
            application.exit(result=TimeUp(so_far()))  # type: ignore[arg-type]  # likewise

    def begin() -> None:
        if _interruptions:
            forget_interruptions()
            _interrupted(application)
        if left is not None:
            application.create_background_task(end_in_time())

    try:
        return application.run(pre_run=begin)
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
    application: Application[Any],
    choices: Sequence[str],
    footer: Footer,
    countdown: Countdown = ENDLESS,
    mark: str = "",
    *,
    numbered: bool = True,
) -> InquirerControl:
    """questionary's list with its choices folded to the terminal's width, and below it what is wrong and the footer."""
    title, offered = application.layout.container.get_children()[:2]
    windows = application.layout.find_all_windows()
    window, control = next((each, each.content) for each in windows if isinstance(each.content, InquirerControl))
    window.dont_extend_height = Always()
    below = HSplit([_grown(lambda: [("class:question", f" {_error(control)}")]), _footer_window(footer, countdown)])
    application.layout.container = HSplit([title, offered, below])

    def fold(_application: Application[Any]) -> None:
        columns = get_terminal_size().columns
        for index, text in enumerate(choices):
            number = f"{index + 1}  " if index < 9 else "   "
            before = len(_POINTER + mark)
            shown = _choice_text(number if numbered else "", text, columns, before)
            control.choices[index].title = [("", shown)]

    application.before_render += fold
    return control


def _choice_text(number: str, text: str, columns: int, before: int) -> str:
    """A choice behind its number, folded so that it ends within the terminal's columns, of which some come before."""
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
    @bindings.add(Keys.SIGINT, eager=True)  # Ctrl-C before the terminal hands over keys, or from another process
    def interrupt(event: KeyPressEvent) -> None:
        _interrupted(event.app)

    @bindings.add(Keys.ControlJ, eager=True)  # what Enter is while the terminal still edits lines, between two prompts
    def enter(event: KeyPressEvent) -> None:
        event.key_processor.feed(KeyPress(Keys.ControlM, "\r"), first=True)

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


def _footer_window(footer: Footer, countdown: Countdown = ENDLESS) -> Window:
    return _grown(lambda: _footer(footer_rows([*countdown.footer, *footer])))


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


def _placed(entries: Footer, taken: int) -> StyleAndTextTuples:
    """A footer inside a line to type in, of which so many columns are taken: as much of it as fits."""
    return _footer(footer_rows(entries, get_terminal_size().columns - taken, 1))
