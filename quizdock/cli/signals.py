"""Signals that end QuizDock end it as Ctrl-C does: with everything saved, and the terminal as it was.

Ctrl-C is one itself until a prompt takes the keys over. Python loses the exception that its handler raises where that
happens to run in a callback of the interpreter's own: so the next prompt is told as well, and ends at once.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIG_IGN, SIGINT, SIGTERM, Signals, getsignal, signal
from typing import Any

_ENDING = [SIGINT, SIGTERM, *([Signals["SIGHUP"]] if "SIGHUP" in Signals.__members__ else [])]


class Ended(KeyboardInterrupt):
    """A signal has come, rather than Ctrl-C."""


@contextmanager
def ended_by_signals() -> Iterator[list[int]]:
    """A signal to end interrupts what runs, which then closes cleanly; yields the signal that came, if not Ctrl-C's.

    What was started deaf to one of them, as by nohup, stays so.
    """
    came: list[int] = []

    def end(number: int, _frame: object) -> None:
        if came:
            return  # it is closing already
        if number != SIGINT:
            came.append(number)
        prompts = _prompts()
        if prompts is None or not prompts.interrupt():
            raise KeyboardInterrupt if number == SIGINT else Ended

    before = [(number, signal(number, end)) for number in _ENDING if getsignal(number) is not SIG_IGN]
    try:
        yield came
    finally:
        for number, handler in before:
            signal(number, handler)
        if (prompts := _prompts()) is not None:
            prompts.forget_interruptions()


def _prompts() -> Any:
    """The module, or None where it was not imported: then no prompt is open."""
    return sys.modules.get("quizdock.ui.prompts")
