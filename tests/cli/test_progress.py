"""How far a long replay is, told on a terminal."""

import io
import sys

import pytest

from quizdock.cli.progress import LONG, followed


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("events", "is_terminal", "shown"), [(LONG, True, True), (LONG - 1, True, False), (LONG, False, False)]
)
def test_a_bar_is_for_a_terminal_and_for_what_takes_a_while(
    monkeypatch: pytest.MonkeyPatch, events: int, is_terminal: bool, shown: bool
) -> None:
    stderr = Terminal() if is_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with followed(events, "Replaying") as progress:
        progress(events // 2)
        progress(events)
    assert ("Replaying" in stderr.getvalue() and "100%" in stderr.getvalue()) == shown
    assert shown or stderr.getvalue() == ""
