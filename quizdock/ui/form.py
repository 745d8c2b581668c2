"""A few questions in a row, each answered by a line."""

from collections.abc import Callable
from typing import Protocol, TextIO

from quizdock.ui.translations import gettext as _

Check = Callable[[str], str]
"""Says what is wrong with an answer; an empty text where nothing is."""

_YES = {"y", "yes", "o", "oui"}
_NO = {"n", "no", "non"}


class Form(Protocol):
    """Asks for lines."""

    def line(self, label: str, default: str, check: Check) -> str | None:
        """An answer that `check` accepts; an empty line takes the default; None at the end of input."""


class PlainForm:
    """One line out, one line in."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        """Read from the source, ask on the sink."""
        self._source = source
        self._sink = sink

    def line(self, label: str, default: str, check: Check) -> str | None:
        """The next good line."""
        while True:
            self._sink.write(f"{asked(label, default)}\n")
            self._sink.flush()
            line = self._source.readline()
            if not line:
                return None
            answer = line.strip() or default
            problem = check(answer)
            if not problem:
                return answer
            self._sink.write(f"{problem}\n")


def asked(label: str, default: str) -> str:
    """The label, with what an empty line stands for."""
    text = _("{label} [{default}]:") if default else _("{label}:")
    return text.format(label=label, default=default)


def agreed(form: Form, question: str) -> bool:
    """Whether the answer is yes; the end of input is no."""

    def check(answer: str) -> str:
        return "" if answer.lower() in _YES | _NO else _("Answer y or n.")

    answer = form.line(_("{question} (y/n)").format(question=question), "", check)
    return answer is not None and answer.lower() in _YES
