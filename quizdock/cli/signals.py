"""Signals that end QuizDock end it as Ctrl-C does: with everything saved, and the terminal as it was."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIG_IGN, SIGTERM, Signals, getsignal, signal

_ENDING = [SIGTERM, *([Signals["SIGHUP"]] if "SIGHUP" in Signals.__members__ else [])]


class Ended(KeyboardInterrupt):
    """A signal has come, rather than Ctrl-C."""


@contextmanager
def ended_by_signals() -> Iterator[list[int]]:
    """A signal to end interrupts what runs, which then closes cleanly; yields the signal that came, if any.

    What was started deaf to one of them, as by nohup, stays so.
    """
    came: list[int] = []

    def end(number: int, _frame: object) -> None:
        if came:
            return  # it is closing already
        came.append(number)
        prompts = sys.modules.get("quizdock.ui.prompts")  # where none was imported, none is open
        if prompts is None or not prompts.interrupt():
            raise Ended

    before = [(number, signal(number, end)) for number in _ENDING if getsignal(number) is not SIG_IGN]
    try:
        yield came
    finally:
        for number, handler in before:
            signal(number, handler)
