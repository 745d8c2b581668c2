"""Single prompts in a terminal: one key, one of several, several, a line. All raise KeyboardInterrupt on Ctrl-C.

questionary's own shortcuts only move the cursor; the keys that act at once are merged in here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from quizdock.ui.theme import PROMPT_STYLE

Value = TypeVar("Value")

STYLE = Style(PROMPT_STYLE)


def key(keys: Mapping[str, Value], footer: Sequence[tuple[str, str]]) -> Value:
    """The value of the first of these keys to be pressed; the footer of (key, meaning) vanishes afterwards."""
    bindings = _bindings(keys)
    control = FormattedTextControl(_footer(footer), show_cursor=False)
    application: Application[Value] = Application(
        layout=Layout(Window(control, height=1, wrap_lines=False)),
        key_bindings=bindings,
        style=STYLE,
        erase_when_done=True,
    )
    return application.run()


def one_of(
    message: str, choices: Sequence[str], keys: Mapping[str, Value], footer: Sequence[tuple[str, str]]
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
    return _run(question, {**digits, **keys})  # type: ignore[no-any-return]  # questionary is untyped here


def some_of(
    message: str,
    choices: Sequence[str],
    keys: Mapping[str, Value],
    footer: Sequence[tuple[str, str]],
    too_few: str,
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
    return _run(question, keys, digits)  # type: ignore[no-any-return]


def line(message: str, keys: Mapping[str, Value], footer: Sequence[tuple[str, str]]) -> str | Value:
    """The typed line, or the value of a key."""
    question = questionary.text(
        message, qmark="", style=STYLE, erase_when_done=True, bottom_toolbar=None, placeholder=_footer(footer)
    )
    return _run(question, keys)  # type: ignore[no-any-return]


def _run(question: questionary.Question, keys: Mapping[str, Any], more: KeyBindings | None = None) -> Any:
    application = question.application
    existing = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*existing, *([more] if more else []), _bindings(keys)])
    return application.run()


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


def _footer(entries: Sequence[tuple[str, str]]) -> StyleAndTextTuples:
    parts: StyleAndTextTuples = [("", " ")]
    for name, meaning in entries:
        parts += [("class:footer-key", f" {name} "), ("class:footer", f"{meaning} ")]
    return parts


def _below(footer: Sequence[tuple[str, str]]) -> list[questionary.Separator]:
    """The footer under a list of choices, where the cursor never goes."""
    return [
        questionary.Separator(" "),
        questionary.Separator(" · ".join(f"{name} {meaning}" for name, meaning in footer)),
    ]
