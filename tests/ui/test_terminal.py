"""Whole sessions in a real pseudo-terminal, read as a person would read the screen."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

COLUMNS, LINES = 80, 24


class Terminal:
    """A program on a screen of 80 by 24."""

    def __init__(self, arguments: list[str], home: Path, **environment: str) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self.screen)
        self.program = pexpect.spawn(
            sys.executable,
            ["-m", "quizdock", "--home", str(home), *arguments],
            dimensions=(LINES, COLUMNS),
            timeout=20,
            env={
                **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
                "TERM": "xterm-256color",
                "QUIZDOCK_NOW": "2026-11-23T20:15",
                **environment,
            },
        )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, seen: Callable[[str], bool]) -> str:
        """Read until the screen fulfils the condition."""
        while not seen(self.text):
            try:
                self._read(self.program.read_nonblocking(65536, timeout=20))
            except (pexpect.EOF, pexpect.TIMEOUT) as error:
                raise AssertionError(f"never seen; the screen is:\n{self.text}") from error
        return self.text

    def send(self, keys: str) -> None:
        self.program.send(keys)

    def end(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                self._read(self.program.read_nonblocking(65536, timeout=20))
            except pexpect.EOF:
                break
        self.program.close()
        return int(self.program.exitstatus if self.program.exitstatus is not None else -1)

    def _read(self, data: bytes) -> None:
        if b"\x1b[6n" in data:  # prompt_toolkit asks where the cursor is
            self.program.send(f"\x1b[{self.screen.cursor.y + 1};1R")
        self._stream.feed(data)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    content = tmp_path / "content"
    content.mkdir()
    (content / "small.toml").write_text(
        """
format = 1
deck = { id = "small", title = "Small", lang = "en" }

[[flashcard]]
id = "front"
front = "What is on the front?"
back = "The answer is on the back"

[[question]]
id = "choice"
ask = "Which of these is right?"
type = "choice"
answer = "the right one"
wrong = ["a wrong one"]
""",
        encoding="utf-8",
    )
    yield tmp_path


def test_a_session_reveals_grades_undoes_and_ends_with_a_summary(home: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "small"], home)
    shown = terminal.wait(lambda text: "show the answer" in text)
    assert "What is on the front?" in shown
    assert "The answer is on the back" not in shown
    terminal.send(" ")
    terminal.wait(lambda text: "The answer is on the back" in text and "0–5" in text)
    terminal.send("4")
    shown = terminal.wait(lambda text: "Which of these is right?" in text and "undo" in text)
    assert "✓ Saved: 4, next in 1 d" in shown
    terminal.send("u")
    terminal.wait(lambda text: "Taken back: small/front" in text and "show the answer" in text)
    terminal.send(" ")
    terminal.wait(lambda text: "0–5" in text)
    terminal.send("5")
    shown = terminal.wait(lambda text: "Which of these is right?" in text and "undo" in text)
    terminal.send("1" if "1  the right one" in shown else "2")
    terminal.wait(lambda text: "✓ Right" in text and "takes 4" in text)
    terminal.send("\r")
    shown = terminal.wait(lambda text: "Done for today." in text)
    assert "2 reviews · 0 drills" in shown
    assert "Tomorrow: 2 cards due." in shown
    assert terminal.end() == 0


def test_ctrl_c_leaves_cleanly_with_everything_saved_and_says_so(home: Path) -> None:
    terminal = Terminal(["--lang", "en", "study", "small"], home)
    terminal.wait(lambda text: "show the answer" in text)
    terminal.send(" ")
    terminal.wait(lambda text: "0–5" in text)
    terminal.send("3")
    terminal.wait(lambda text: "Which of these is right?" in text and "undo" in text)
    terminal.send("\x03")
    shown = terminal.wait(lambda text: "Interrupted. Every answer shown as saved is saved." in text)
    assert "Traceback" not in shown
    assert terminal.end() == 130


def test_an_exam_in_french_ends_with_its_result_and_the_mistakes(home: Path) -> None:
    terminal = Terminal(["--lang", "fr", "exam", "small", "--seed", "1"], home)
    terminal.wait(lambda text: "Entrée" in text)
    terminal.send("\r")
    shown = terminal.wait(lambda text: "Which of these is right?" in text and "›" in text.split("right?")[1])
    terminal.send("2" if "1  the right one" in shown else "1")
    terminal.wait(lambda text: "Résultat" in text and "Entrée" in text)
    terminal.send("\r")
    terminal.wait(lambda text: "a wrong one" in text)
    assert terminal.end() == 0


def test_a_screen_without_colour_carries_the_same_words(home: Path) -> None:
    terminal = Terminal(["--lang", "en"], home, NO_COLOR="1")
    terminal.wait(lambda text: "quizdock study" in text)
    assert "To repeat" in terminal.text
    assert terminal.end() == 0
    assert all(cell.fg == "default" for line in terminal.screen.buffer.values() for cell in line.values()), (
        "NO_COLOR is respected"
    )


EVERY_TYPED_FORM = """
format = 1
deck = { id = "typed", title = "Typed", lang = "en" }

[[question]]
id = "match"
ask = "Which part does what?"
type = "match"
pairs = [{ item = "namespaces", partner = "isolate" }, { item = "cgroups", partner = "limit" }]
wrong = ["encrypt"]

[[question]]
id = "order"
ask = "From the source to a running application:"
type = "order"
answer = ["write", "build", "run"]

[[list]]
id = "states"
title = "States"
members = ["created", "running", "paused"]
intruders = [{ text = "frozen", why = "One says paused." }]
derive = ["recall"]

[[machine]]
id = "life"
title = "Life"
states = ["CREATED", "RUNNING", "PAUSED"]
start = "CREATED"
transitions = [
    { from = "CREATED", event = "start", to = "RUNNING" },
    { from = "RUNNING", event = "pause", to = "PAUSED" },
    { from = "PAUSED", event = "unpause", to = "RUNNING" },
]
forbidden = [{ from = "CREATED", event = "pause", why = "Nothing runs yet." }]
paths = [{ from = "CREATED", to = "PAUSED" }]
derive = ["path"]
"""


def called(screen: str, text: str) -> str:
    """The letter or number that stands before a text on offer."""
    [name] = re.findall(rf"\b(\w)  {re.escape(text)}\b", screen)
    return str(name)


def test_a_match_an_order_a_list_and_a_path_are_typed(home: Path) -> None:
    (home / "content" / "typed.toml").write_text(EVERY_TYPED_FORM, encoding="utf-8")
    terminal = Terminal(["--lang", "en", "study", "typed"], home)

    shown = terminal.wait(lambda text: "Which part does what?" in text and "I don't know" in text)
    assert "One letter for each entry, for example c b:" in shown
    terminal.send("a\r")
    shown = terminal.wait(lambda text: "type 2 letters, one for each entry" in text and "I don't know" in text)
    terminal.send(f"{called(shown, 'isolate')} {called(shown, 'encrypt')}\r")
    shown = terminal.wait(lambda text: "◐ Partly right: 50 %" in text and "0–5" in text)
    assert "cgroups → encrypt" in shown
    assert "cgroups → limit" in shown
    terminal.send("4")

    shown = terminal.wait(lambda text: "From the source" in text and "I don't know" in text)
    assert "The numbers in the right order, for example 2 3 1:" in shown
    terminal.send("".join(called(shown, step) for step in ("write", "build", "run")) + "\r")
    shown = terminal.wait(lambda text: "✓ Right" in text and "takes 4" in text)
    assert "write → build → run" in shown
    terminal.send("\r")

    terminal.wait(lambda text: "Name all 3" in text and "I don't know" in text)
    terminal.send("Running, frozen, pasued, created\r")
    shown = terminal.wait(lambda text: "◐ Partly right: 67 % (a typo was not counted)" in text and "0–5" in text)
    assert "3 of 3 named, 1 intruder." in shown
    assert "frozen — One says paused." in shown
    terminal.send("4")

    terminal.wait(lambda text: "lead from CREATED to PAUSED" in text and "I don't know" in text)
    terminal.send("pause, start\r")
    shown = terminal.wait(lambda text: "✗ Wrong" in text and "0–5" in text)
    assert "CREATED refuses “pause”." in shown
    assert "Nothing runs yet." in shown
    terminal.send("1")
    terminal.wait(lambda text: "once more" in text and "I don't know" in text)
    terminal.send("start, pause\r")
    terminal.wait(lambda text: "✓ Right" in text and "takes 4" in text)
    terminal.send("\r")
    terminal.wait(lambda text: "4 reviews · 1 drill" in text)
    assert terminal.end() == 0


def test_ctrl_c_leaves_a_half_typed_answer_cleanly(home: Path) -> None:
    (home / "content" / "typed.toml").write_text(EVERY_TYPED_FORM, encoding="utf-8")
    terminal = Terminal(["--lang", "fr", "study", "typed"], home, NO_COLOR="1")
    terminal.wait(lambda text: "Which part does what?" in text and "Entrée" in text)
    terminal.send("a b")
    terminal.wait(lambda text: "› a b" in text)
    terminal.send("\x03")
    shown = terminal.wait(lambda text: "interrompue" in text)
    assert "Traceback" not in shown
    assert terminal.end() == 130
